import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { failurePlace } from './failure-place.ts'

let folder: string
let importer: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phial-place-'))
  importer = join(folder, 'app.ts')
  writeFileSync(
    importer,
    "// import 'other'\nimport { a } from './lib/a'\nimport b from 'left-pad/sub'\nconst c = await import('@scope/c')\nexport { d } from \"./d.ts\"\n",
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

it.each<[what: string, detail: string, place: object | null]>([
  [
    'the line alone',
    'file:///app/a.ts:2\nconst a = \n          ^\n\nSyntaxError: x',
    { url: 'file:///app/a.ts', line: 2, column: 11 },
  ],
  [
    'with those around it',
    'file:///app/a.ts:9\nbefore\n  let sum = = 0\n            ^\nafter\n\nSyntaxError',
    { line: 9, column: 13 },
  ],
  ['several marks', 'file:///app/a.ts:1\nimport { b } from\n         ^\n', { line: 1, column: 10 }],
  ['a path', '/app/a b.cjs:3\nx y\n  ^\n', { url: 'file:///app/a%20b.cjs', line: 3, column: 3 }],
  ['no mark', 'file:///app/a.ts:3\nx\n\nSyntaxError', { line: 3, column: null }],
  ['a stack', 'Error: x\n    at file:///app/a.ts:3:4', null],
  ['nothing', '', null],
])('reads what Node prints: %s', (_what, detail, place) => {
  const found = failurePlace(new SyntaxError('x'), detail)
  if (place === null) expect(found).toBeNull()
  else expect(found).toMatchObject(place)
})

it.each<[missing: string, kind: string, place: [line: number, column: number] | null]>([
  ['./lib/a', 'module', [2, 19]],
  ['left-pad', 'package', [3, 15]],
  ['@scope/c', 'package', [4, 24]],
  ['./d.ts', 'module', [5, 19]],
  ['./elsewhere.ts', 'module', null],
])('finds the import of %s', (missing, kind, place) => {
  const name = missing.startsWith('.') ? join(folder, missing) : missing
  const error = Object.assign(new Error(`Cannot find ${kind} '${name}' imported from ${importer}`), {
    code: 'ERR_MODULE_NOT_FOUND',
  })
  const found = failurePlace(error, '')
  expect(found && [found.url, found.line, found.column]).toEqual(
    place && [pathToFileURL(importer).href, ...place],
  )
})

it('knows no place of other errors', () => {
  for (const thrown of [
    null,
    'text',
    new Error('x'),
    Object.assign(new Error('Cannot find it'), { code: 'ERR_MODULE_NOT_FOUND' }),
  ])
    expect(failurePlace(thrown, '')).toBeNull()
})
