import { describe, expect, it } from 'vitest'
import { inspectChildren, inspectValue, lineOf } from './inspect-value.ts'

class User {
  id = 1
  name = 'Ann'
  get age(): number {
    throw new Error('called')
  }
}

const circular: Record<string, unknown> = { a: 1 }
circular['self'] = circular

describe('a value in one line', () => {
  it.each<[unknown, string]>([
    ["it's\n", "'it\\'s\\n'"],
    [-0, '-0'],
    [12n, '12n'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('x'), 'Symbol(x)'],
    [[1, 'a', [2]], "[1, 'a', [2]]"],
    [{ a: 1, 'b-c': [] }, "{ a: 1, 'b-c': [] }"],
    [new User(), "User { id: 1, name: 'Ann' }"],
    [new Map([['k', { v: 1 }]]), 'Map(1) { k => { v: 1 } }'],
    [new Set([1, 2]), 'Set(2) { 1, 2 }'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'Invalid Date'],
    [/a+/g, '/a+/g'],
    [new TypeError('no'), 'TypeError: no'],
    [function f() {}, '[Function: f]'],
    [User, '[class User]'],
    [Object.create(null), '[no prototype] {}'],
    [circular, '{ a: 1, self: [circular] }'],
    [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: {…} } } }'],
    [new URL('http://x/y'), "URL 'http://x/y'"],
    [Uint8Array.of(1, 2), 'Uint8Array(2) [1, 2]'],
    [new Headers({ accept: 'x', cookie: 'y' }), "Headers { accept: 'x', cookie: •••••• }"],
    [Promise.resolve(1), 'Promise { 1 }'],
    [Array.from({ length: 20 }, (_, i) => i), '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 8 more]'],
  ])('%#', (value, text) => {
    expect(lineOf(value)).toBe(text)
  })
})

it('S124 hides what is secret by its name', () => {
  expect(inspectValue('x', 0, 'password').text).toBe('••••••')
  expect(inspectValue({ user: 'a', apiKey: 'k', nested: { access_token: 't' } }).text).toBe(
    "{ user: 'a', apiKey: ••••••, nested: { access_token: •••••• } }",
  )
  expect(inspectValue({ password: 'x' }, 1).children![0]!.value.text).toBe('••••••')
  expect(inspectChildren({ secret: { deep: 1 } }, [0])).toBeNull()
  // What holds no secret is shown.
  expect(inspectValue(true, 0, 'hasPassword').text).toBe('true')
  expect(inspectValue(5, 0, 'key').text).toBe('5')
})

it('runs nothing of the program', () => {
  let called = 0
  const trap = (): never => {
    called++
    throw new Error('called')
  }
  const proxy = new Proxy(
    {},
    { get: trap, ownKeys: trap, getPrototypeOf: trap, has: trap, getOwnPropertyDescriptor: trap },
  )
  const value = {
    proxy,
    get bad() {
      return trap()
    },
    toString: trap,
    toJSON: trap,
    [Symbol.toPrimitive]: trap,
  }
  expect(lineOf(value)).toContain('proxy: Proxy, bad: [Getter]')
  expect(inspectValue(value, 2).children).toHaveLength(5)
  expect(lineOf(proxy)).toBe('Proxy')
  expect(lineOf(Object.create(proxy))).toBe('Proxy {}')
  expect(called).toBe(0)
})

it('gives children on demand, by path', () => {
  const value = { list: [{ a: 1 }, new Map([['k', [7]]])] }
  expect(inspectChildren(value, [])!.map(({ key }) => key)).toEqual(['list'])
  expect(inspectChildren(value, [0, 1, 0])).toEqual([
    { key: '0', value: { type: 'number', text: '7', size: 0, children: null } },
  ])
  expect(inspectChildren(value, [5])).toBeNull()
})

it('L24 cuts what is large, with a mark', () => {
  expect(lineOf('x'.repeat(5000))).toMatch(/^'x{1024}'… \(5000 characters\)$/)
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 'y'.repeat(1000)]))
  expect(lineOf(wide).length).toBeLessThanOrEqual(1200)
  expect(inspectValue(wide, 1).children).toHaveLength(201)
  const start = performance.now()
  const huge = new Array(5_000_000).fill(0)
  expect(inspectValue(huge)).toMatchObject({ size: 5_000_000, text: `[${'0, '.repeat(12)}… 4999988 more]` })
  expect(inspectValue(new Map(Array.from({ length: 1e5 }, (_, i) => [i, i]))).size).toBe(1e5)
  expect(performance.now() - start).toBeLessThan(500)
  let deep: unknown = 1
  for (let i = 0; i < 100_000; i++) deep = { deep }
  expect(lineOf(deep)).toBe('{ deep: { deep: { deep: {…} } } }')
})
