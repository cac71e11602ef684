/** Runs one of the benchmarks: `node bench/run.mjs <name> [options]`. Each lies in a folder of that name. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${here}${entry.name}/run.mjs`))
  .map((entry) => entry.name)
const [name, ...rest] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`node bench/run.mjs <name> [options], where <name> is one of: ${names.join(', ')}.`)
  process.exit(2)
}
// The peers are installed here alone, so that the framework's own tree stays free of them.
if (!existsSync(`${here}node_modules`)) {
  const installed = spawnSync('npm', ['ci', '--prefix', here, '--workspaces=false'], { stdio: 'inherit' })
  if (installed.status !== 0) process.exit(1)
}
process.argv = [process.argv[0], `${here}${name}/run.mjs`, ...rest]
await import(new URL(`./${name}/run.mjs`, import.meta.url).href)
