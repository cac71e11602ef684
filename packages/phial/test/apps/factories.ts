import { Phial } from 'phial'

/** What the factory was called with is the application's name. */
export function createApp(...args: unknown[]): Phial {
  return new Phial(JSON.stringify(args), { staticFolder: null })
}

export async function makeLater(name: string): Promise<Phial> {
  await Promise.resolve()
  return new Phial(name, { staticFolder: null })
}

export function fails(): Phial {
  throw new Error('there is no database')
}
