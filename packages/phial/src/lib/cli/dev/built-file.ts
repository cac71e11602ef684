import { createRequire } from 'node:module'

/** A file of this folder that Node itself is to read: the built one. */
export function builtFile(name: string): string {
  return createRequire(import.meta.url)
    .resolve('phial/package.json')
    .replace(/package\.json$/, `dist/lib/cli/dev/${name}`)
}
