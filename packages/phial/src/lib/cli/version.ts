import { createRequire } from 'node:module'

/** The versions of the runtime and of Phial, a line each. */
export function versionText(): string {
  const { version } = createRequire(import.meta.url)('phial/package.json') as { version: string }
  return `${runtimeText()}\nPhial ${version}\n`
}

/** The name of the runtime and its version. */
export function runtimeText(): string {
  const { bun, deno, node } = process.versions as Record<string, string | undefined>
  if (bun !== undefined) return `Bun ${bun}`
  if (deno !== undefined) return `Deno ${deno}`
  return `Node.js ${node}`
}
