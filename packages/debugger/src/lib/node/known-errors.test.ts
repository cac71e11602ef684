import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { knownHints } from './known-errors.ts'

const caught = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    return error
  }
}

it.each<[string, () => unknown, string | null]>([
  ['a missing module', () => import('./missing.mjs' as string), null],
  ['a relative path', () => readFile('missing.txt'), `(\`${process.cwd()}\`)`],
  ['an absolute path', () => readFile('/missing.txt'), null],
  ['a value that leads to itself', () => { const a: { a?: unknown } = {}; a.a = a; return JSON.stringify(a) }, 'toJSON()'], // biome-ignore format: a table
  ['a big integer', () => JSON.stringify(1n), '`String(value)`'],
  ['an endless recursion', () => { const again = (): number => again() + 1; return again() }, 'calls itself without an end'], // biome-ignore format: a table
  ['no error at all', () => { throw 1 }, 'throw new Error'], // biome-ignore format: a table
  ['any other', () => { throw new Error('require is something else') }, null], // biome-ignore format: a table
])('%s', async (_name, work, text) => {
  const hints = knownHints(await caught(work))
  if (text === null) expect(hints.filter(({ title }) => title !== 'A module is missing')).toEqual([])
  else expect(hints.map((hint) => hint.text).join()).toContain(text)
})

it('bears errors that are broken', () => {
  const hostile = Object.defineProperty(new Error('x'), 'code', { get: () => { throw new Error('code') } }) // biome-ignore format: it is one thought
  expect(knownHints(hostile)).toEqual([])
})
