import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { awaitInsertions } from './awaiting.ts'
import { functionBodyOf } from './function-body.ts'
import { insertAll } from './insertions.ts'

const compiles = (module: string): boolean => {
  try {
    new Script(`(async () => { 'use strict'; ${functionBodyOf(module)}})`)
    return true
  } catch {
    return false
  }
}

it.each([
  `import a, { b as c } from 'x' with { type: 'json' }\nimport * as d from "y"; import 'z'`,
  `export const a = 1\nexport function f() {}\nexport class K {}\nexport { a as b, f }\nexport * from 'x'\nexport * as n from 'y'`,
  `export default function () {}\nexport { x } from 'y' with { type: 'json' }`,
  `export default class {}`,
  `export default async () => {}`,
  `export default { a: 1 }`,
  `const url = import.meta.url; function f() { return import.meta.dirname + import.meta['x'] }`,
  `const m = await import('x'); for await (const x of m) {}`,
  `#!/usr/bin/env node\nimport 'x'`,
])('a module as a function: %j', (module) => {
  expect(compiles(module)).toBe(true)
})

it.each(['export const', 'const x = ;', 'export default'])('what is wrong stays wrong: %s', (module) => {
  expect(compiles(module)).toBe(false)
})

it('modules as they are published still compile when awaits are marked', () => {
  const require = createRequire(import.meta.url)
  const place = (line: number, column: number) => ({ url: 'file:///a.js', line, column })
  let marked = 0
  for (const name of ['vitest', 'vite', 'tsx', 'fast-check', 'rolldown']) {
    const folder = dirname(require.resolve(`${name}/package.json`))
    const files = readFiles(folder)
    for (const file of files) {
      const source = readFileSync(file, 'utf8')
      if (source.length > 200_000 || !compiles(source)) continue
      const insertions = awaitInsertions(source, place)
      if (insertions === null) continue
      marked++
      expect(compiles(insertAll(source, insertions)), file).toBe(true)
    }
  }
  expect(marked).toBeGreaterThan(20)
}, 60_000)

/** The modules of a package that is installed. */
function readFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name))
}
