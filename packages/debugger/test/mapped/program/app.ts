interface Row {
  readonly id: number
  readonly name?: string
}

type Names = readonly string[]

// Compilers take this away, so lines move.
export interface Unused extends Row {
  readonly more: Names
}

async function load(id: number): Promise<Row> {
  const table = 'users' as const
  await Promise.resolve()
  if (id === 42) throw new TypeError(`no row in ${table satisfies string}`)
  return { id }
}

function sync(names: Names): string {
  const first = names[0] as string
  for (const name of names) {
    const upper: string = name.toUpperCase()
    if (upper === 'B') throw new Error(`bad ${first}`)
  }
  return first
}

export default {
  async fetch(request: { url: string }): Promise<unknown> {
    const wanted: number = 42
    if (request.url.endsWith('/sync')) return sync(['a', 'b'])
    const row = await load(wanted)
    return row
  },
}
