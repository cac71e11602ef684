/**
 * The runtimes of `tools/runtimes` that are installed. They are named as in its `package.json`: `node26`, `bun`.
 *
 *   node scripts/runtimes.mjs             a line for each: name, version, executable
 *   node scripts/runtimes.mjs node26      its executable alone; exit code 1 if it is not installed
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../tools/runtimes/', import.meta.url))

/** Runtimes by name, those that are not installed too. */
export function knownRuntimes() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return Object.entries(optionalDependencies).map(([name, range]) => {
    const path = executable(name)
    return { name, version: range.replace(/^npm:.*@/, ''), path: existsSync(path) ? path : null }
  })
}

/** The executable of a runtime, or null if it is not installed. An unknown name throws. */
export function runtimePath(name) {
  const known = knownRuntimes()
  const found = known.find((runtime) => runtime.name === name)
  if (found !== undefined) return found.path
  const names = known.map((runtime) => runtime.name).join(', ')
  throw new Error(`There is no runtime '${name}' in tools/runtimes/package.json. It has ${names}.`)
}

function executable(name) {
  const modules = join(folder, 'node_modules')
  return name.startsWith('node') ? join(modules, name, 'bin/node') : join(modules, '.bin', name)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name] = process.argv.slice(2)
  if (name === undefined) {
    for (const { name, version, path } of knownRuntimes()) {
      console.log(`${name.padEnd(10)} ${version.padEnd(9)} ${path ?? 'not installed'}`)
    }
  } else {
    const path = runtimePath(name)
    if (path === null) {
      console.error(`${name} is not installed: npm ci --prefix tools/runtimes --workspaces=false`)
      process.exitCode = 1
    } else {
      console.log(path)
    }
  }
}
