import { register } from 'node:module'

/**
 * Makes this process able to import TypeScript. Node 22.18 and newer strip types themselves, as do Bun and Deno, and a
 * loader that was given with `--import` goes before ours; only where none of them is there, ours does it.
 */
export function enableTypeScript(): void {
  if (stripsTypes()) {
    silenceTypeStrippingWarning()
    return
  }
  // Its neighbour has the ending that this file itself has: `.js` when built, `.ts` when run from the source.
  register(import.meta.url.replace(/typescript(\.[jt]s)$/, 'typescript-hooks$1'))
}

function stripsTypes(): boolean {
  const features = process.features as { readonly typescript?: string | false }
  return (
    Boolean(features.typescript) ||
    process.versions['bun'] !== undefined ||
    process.versions['deno'] !== undefined
  )
}

/** Node 22 and early 24 warn for every process that stripping is experimental: nothing a user could act on. */
function silenceTypeStrippingWarning(): void {
  const emitWarning = process.emitWarning as (...args: unknown[]) => void
  process.emitWarning = ((...args: unknown[]) => {
    if (String(args[0]).startsWith('Type Stripping is an experimental feature')) return
    emitWarning.apply(process, args)
  }) as typeof process.emitWarning
}
