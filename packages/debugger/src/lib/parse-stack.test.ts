import fc from 'fast-check'
import { expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import { parseStack } from './parse-stack.ts'

const one = (line: string) => parseStack(`Error: x\n    at ${line}`, 'x')[0]

it.each([
  ['view (file:///app/a.ts:7:26)', 'view', 'file:///app/a.ts', 7, 26, false],
  ['async loadUser (file:///app/a.ts:29:15)', 'loadUser', 'file:///app/a.ts', 29, 15, true],
  ['file:///app/a.ts:1:2', null, 'file:///app/a.ts', 1, 2, false],
  ['async file:///app/a.ts:1:2', null, 'file:///app/a.ts', 1, 2, true],
  ['new User (/app/user.cjs:3:4)', 'new User', 'file:///app/user.cjs', 3, 4, false],
  [
    'Object.<anonymous> (/app/a (copy)/b#1.cjs:3:4)',
    'Object.<anonymous>',
    'file:///app/a%20(copy)/b%231.cjs',
    3,
    4,
    false,
  ],
  ['a [as b] (file:///x.js:1:1)', 'a [as b]', 'file:///x.js', 1, 1, false],
  [
    'Module._compile (node:internal/modules/cjs/loader:1:2)',
    'Module._compile',
    'node:internal/modules/cjs/loader',
    1,
    2,
    false,
  ],
  ['Array.map (<anonymous>)', 'Array.map', null, null, null, false],
  ['async Promise.all (index 0)', 'Promise.all', null, null, null, true],
  ['eval (eval at f (file:///a.js:1:2), <anonymous>:3:4)', 'eval', null, null, null, false],
  ['f (C:\\app\\a.ts:5:6)', 'f', 'file:///C:/app/a.ts', 5, 6, false],
  ['native', null, null, null, null, false],
])('reads %s', (line, functionName, url, row, column, isAsync) => {
  expect(one(line)).toEqual({ functionName, url, line: row, column, isAsync })
})

it('does not take a message for frames', () => {
  const message = 'bad\n    at fake (file:///x.js:1:1)'
  const frames = parseStack(`Error: ${message}\n    at real (file:///y.js:2:2)`, message)
  expect(frames.map(({ functionName }) => functionName)).toEqual(['real'])
})

it('reads any text without an error', () => {
  fc.assert(
    fc.property(fc.string(), (text) => void parseStack(`    at ${text}\n    at ${text} (${text}:1:1)`)),
  )
})

it('is linear', () => {
  expect(growthOf((n) => void parseStack('    at f (file:///a.js:1:2)\n'.repeat(n / 32)))).toBeLessThan(1.7)
  expect(growthOf((n) => void parseStack(`    at ${' ('.repeat(n)}:1:1)`))).toBeLessThan(1.7)
  expect(growthOf((n) => void parseStack(`    at ${':1'.repeat(n)}`))).toBeLessThan(1.7)
})
