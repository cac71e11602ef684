import { createRequire, register } from 'node:module'
import { pathToFileURL } from 'node:url'

let isEnabled = false

/**
 * Makes this process able to import TypeScript. Node 22.18 and newer strip types themselves, as do Bun and Deno, and a
 * loader that was given with `--import` goes before ours; only where none of them is there, ours does it.
 */
export async function enableTypeScript(): Promise<void> {
  if (isEnabled) return
  isEnabled = true
  if (stripsTypes()) {
    silenceTypeStrippingWarning()
    return
  }
  // From then on each import asks the loader's thread, so the many files of the framework come before.
  await import('../app.ts')
  register(pathToFileURL(hooksFile()))
}

/** The loader runs in a thread of its own, which needs it as a file that Node can read: the built one. */
function hooksFile(): string {
  return createRequire(import.meta.url)
    .resolve('phial/package.json')
    .replace(/package\.json$/, 'dist/lib/cli/typescript-hooks.js')
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
