import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkLayers } from './check-layers.mjs'

const roots: string[] = []

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

/** The violations of a tree of files, as `file:line message`. */
function check(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'phial-layers-'))
  roots.push(root)
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, 'packages', file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return checkLayers(root).map(
    ({ file, line, message }) => `${file.replace('packages/', '')}:${line} ${message}`,
  )
}

function manifest(...entries: string[]): string {
  const exports = entries.map((entry) => [
    entry === 'index' ? '.' : `./${entry}`,
    { 'phial-source': `./src/${entry}.ts`, types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
  ])
  return JSON.stringify({ exports: { ...Object.fromEntries(exports), './package.json': './package.json' } })
}

const clean = {
  'markup/package.json': manifest('index'),
  'http/package.json': manifest('index'),
  'phial/package.json': manifest(),
  'phial/src/lib/app.ts': 'export type App = string\n',
  'router/package.json': manifest(),
  'signer/package.json': manifest(),
  'serve/package.json': manifest('index'),
  'serve/src/index.ts': "export { serve } from './lib/node/serve.ts'\n",
  'serve/src/lib/node/serve.ts': "export { createServer as serve } from 'node:http'\n",
  'markup/src/index.ts': "export type { Text } from './lib/text.ts'\nexport { text } from './lib/text.ts'\n",
  'markup/src/lib/text.ts': "export type Text = string\nexport const text = 'a'\n",
  'http/src/index.ts': "export { page } from './lib/page.ts'\n",
  'http/src/lib/page.ts': "import { text } from '@phial/markup'\nexport const page = text\n",
}

describe('checkLayers', () => {
  it('finds nothing in a tree that keeps the rules', () => {
    expect(check(clean)).toEqual([])
  })

  it.each([
    [
      'upwards',
      'markup/src/lib/up.ts',
      "import { page } from '@phial/http'\nvoid page\n",
      'markup must not import http',
    ],
    [
      'upwards by type',
      'markup/src/lib/up.ts',
      "import type { Page } from '@phial/http'\nexport type P = Page\n",
      'markup must not import http',
    ],
    [
      'upwards by import()',
      'http/src/lib/up.ts',
      "export const load = () => import('phial')\n",
      'http must not import phial',
    ],
    [
      'upwards by the type of import()',
      'http/src/lib/up.ts',
      "export type P = import('phial').P\n",
      'http must not import phial',
    ],
    [
      'sideways',
      'router/src/lib/side.ts',
      "export { text } from '@phial/markup'\n",
      'router must not import markup',
    ],
    [
      'from itself by name',
      'http/src/lib/self.ts',
      "export { page } from '@phial/http'\n",
      'is this package itself',
    ],
    [
      'private files',
      'http/src/lib/deep.ts',
      "export { text } from '@phial/markup/src/lib/text.ts'\n",
      'is private to markup',
    ],
    [
      'out of the package by path',
      'http/src/lib/path.ts',
      "export { text } from '../../../markup/src/lib/text.ts'\n",
      'leaves the package',
    ],
    ['Node', 'http/src/lib/read.ts', "export { readFileSync } from 'node:fs'\n", "'node:fs' belongs into"],
    [
      'Node without its room',
      'phial/src/lib/als.ts',
      "export { AsyncLocalStorage } from 'node:async_hooks'\n",
      "'node:async_hooks' belongs into",
    ],
    [
      'Node by its short name',
      'http/src/lib/read.ts',
      "export { readFileSync } from 'fs'\n",
      "'fs' belongs into",
    ],
    [
      'async_hooks beside its room',
      'phial/src/lib/context/other.ts',
      "export { AsyncLocalStorage } from 'node:async_hooks'\n",
      "'node:async_hooks' belongs into",
    ],
    [
      'Node outside of the gateway',
      'serve/src/lib/options.ts',
      "export { readFileSync } from 'node:fs'\n",
      "'node:fs' belongs into",
    ],
    [
      'the gateway from outside',
      'serve/src/lib/other.ts',
      "export { serve } from './node/serve.ts'\n",
      'lies in a room for Node',
    ],
    ['require', 'http/src/lib/r.ts', "export const r = require('a')\n", "'require' belongs into"],
    ['the process', 'router/src/lib/env.ts', 'export const a = process.env\n', "'process' belongs into"],
    [
      'the process by globalThis',
      'router/src/lib/env.ts',
      'export const a = globalThis.process\n',
      "'process' belongs into",
    ],
    ['Buffer', 'signer/src/lib/b.ts', "export const b = Buffer.from('a')\n", "'Buffer' belongs into"],
    [
      'the console',
      'signer/src/lib/c.ts',
      "export const c = () => console.log('a')\n",
      "'console' belongs into",
    ],
    [
      'timers',
      'http/src/lib/t.ts',
      'export const t = () => setTimeout(() => 1, 1)\n',
      "'setTimeout' belongs into",
    ],
    [
      'a Node room from outside',
      'http/src/lib/a.ts',
      "export { b } from './node/b.ts'\n",
      'lies in a room for Node',
    ],
    ['an index', 'http/src/lib/headers/index.ts', 'export const a = 1\n', 'no index.ts inside lib'],
    ['a long file', 'http/src/lib/long.ts', '// long\n'.repeat(501), '501 lines, at most 500'],
    ['export *', 'http/src/star.ts', "export * from './lib/page.ts'\n", "no 'export *'"],
    ['a default export', 'http/src/default.ts', "export default 'a'\n", 'no default export'],
    ['code in an entry', 'http/src/code.ts', 'export const a = 1\n', 'holds names, no code'],
    ['a package without a layer', 'other/src/lib/a.ts', 'export const a = 1\n', "'other' has no layer"],
  ])('finds %s', (_rule, file, text, message) => {
    const violations = check({
      ...clean,
      'http/package.json': manifest('index', 'star', 'default', 'code'),
      'http/src/star.ts': '',
      'http/src/default.ts': '',
      'http/src/code.ts': '',
      'http/src/lib/node/b.ts': 'export const b = 1\n',
      'other/package.json': manifest(),
      [file]: text,
    })
    expect(violations).toHaveLength(1)
    expect(violations[0]).toContain(message)
    expect(violations[0]).toContain(`${file}:`)
  })

  it.each([
    ['an entry that is not exported', { 'http/src/more.ts': '' }, 'http/src/more.ts:1 is no entry'],
    [
      'an export without its file',
      { 'http/package.json': manifest('index', 'more') },
      "http/package.json:1 './more' names ./src/more.ts, which is missing",
    ],
    [
      'an export without its conditions',
      { 'http/package.json': '{ "exports": { ".": { "phial-source": "./src/index.ts" } } }' },
      "http/package.json:1 '.' must be",
    ],
    [
      'an export that leads into lib',
      { 'http/package.json': manifest('index', 'lib/page') },
      "http/package.json:1 './lib/page' must have a condition phial-source that names a file right in src",
    ],
    ['a package without package.json', { 'jinja/src/index.ts': '' }, 'jinja/package.json:1 is missing'],
  ])('finds %s', (_rule, files, message) => {
    const violations = check({ ...clean, ...files })
    expect(violations).toHaveLength(1)
    expect(violations[0]).toContain(message)
  })

  it('finds files that name each other, by value or by type', () => {
    const a = "import { b } from './b.ts'\nexport const a = () => b\n"
    expect(
      check({
        ...clean,
        'http/src/lib/a.ts': a,
        'http/src/lib/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
      }),
    ).toEqual([
      expect.stringContaining('import cycle: packages/http/src/lib/a.ts → packages/http/src/lib/b.ts →'),
    ])
    expect(
      check({
        ...clean,
        'http/src/lib/a.ts': a,
        'http/src/lib/b.ts': "import type { a } from './a.ts'\nexport const b: typeof a | 1 = 1\n",
      }),
    ).toHaveLength(1)
  })

  it('lets the parts of an application name its type, but not load it', () => {
    const app = "import { part } from './part.ts'\nexport const app = () => part\n"
    const parts = (statement: string): Record<string, string> => ({
      ...clean,
      'phial/src/lib/app.ts': app,
      'phial/src/lib/part.ts': `${statement}\nexport const part = (x: typeof app) => x\n`,
    })
    expect(check(parts("import type { app } from './app.ts'"))).toEqual([])
    expect(check(parts("import { app } from './app.ts'"))).toHaveLength(1)
  })

  it('lets rooms do what they are for', () => {
    expect(
      check({
        ...clean,
        'http/package.json': manifest('index', 'files-node'),
        'http/src/files-node.ts': "export { b } from './lib/node/b.ts'\n",
        'http/src/lib/node/b.ts':
          "import { readFileSync } from 'node:fs'\nexport const b = () => readFileSync(process.execPath)\n",
        'http/src/lib/later.ts': "export const later = () => import('./node/b.ts')\n",
        'http/src/lib/types.ts': '/** table of lines */\n'.repeat(600),
        'http/src/lib/page.test.ts': "import { a } from 'phial'\nconsole.log(a)\n",
        'http/src/lib/time.test.ts':
          "import { growthOf } from '../../../../tests/linear-time.ts'\nvoid growthOf\n",
        'phial/src/lib/context/current.ts': "export { AsyncLocalStorage } from 'node:async_hooks'\n",
        'phial/src/lib/cli/bin.ts': 'process.exit(0)\n',
      }),
    ).toEqual([])
  })

  it('is not fooled by names that only look like globals', () => {
    expect(
      check({
        ...clean,
        'http/src/lib/names.ts':
          'export function run(process: { env: string }, x: { console: number }): string {\n' +
          '  const { console } = x\n  return process.env + console + x.console\n}\n' +
          'export type B = Buffer | typeof process\nexport const o = { setTimeout: 1 }\n',
      }),
    ).toEqual([])
  })
})
