import { readFileSync } from 'node:fs'

/** The versions of the runtime and of Phial, a line each. */
export function versionText(): string {
  const path = new URL('../../../package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string }
  return `${runtime()}\nPhial ${version}\n`
}

function runtime(): string {
  const { bun, deno, node } = process.versions as Record<string, string | undefined>
  if (bun !== undefined) return `Bun ${bun}`
  if (deno !== undefined) return `Deno ${deno}`
  return `Node.js ${node}`
}
