import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { awaitInsertions } from './awaiting.ts'
import { insertAll, mapInsertions } from './insertions.ts'

const place = (line: number, column: number) => ({ url: 'file:///app.ts', line, column })

const rewrite = (source: string): string | null => {
  const insertions = awaitInsertions(source, place)
  return insertions === null ? null : insertAll(source, insertions)
}

/** Runs a module's body as an async function: what it returns, and what frames the error passed. */
async function run(source: string): Promise<{ value: unknown; awaited: unknown[][] }> {
  const awaited: unknown[][] = []
  const key = Symbol.for('phial.debugger.awaited')
  const global = globalThis as unknown as Record<symbol, unknown>
  global[key] = (_error: unknown, mark: unknown[] | undefined, _url: string, name: string, names: string) => {
    if (mark === undefined) return
    const evaluate = mark[0] as (code: string) => unknown
    const values = names.split(',').map((each) => {
      try {
        return `${each}=${JSON.stringify(evaluate(each))}`
      } catch {
        return null
      }
    })
    awaited.push([
      name,
      mark[1],
      mark[2],
      values.filter((each) => each !== null && !each.endsWith('undefined')).join(' '),
    ])
  }
  try {
    const body = rewrite(source) ?? source
    const value: unknown = await new Function(`'use strict'; return (async () => {${body}\n})()`)()
    return { value, awaited }
  } catch (error) {
    return { value: `threw ${String(error)}`, awaited }
  } finally {
    delete global[key]
  }
}

describe('what waits is marked', () => {
  it.each([
    [
      'a function',
      `async function f(id) { const n = 2\n const row = await g(id, n); return row }
      async function g(id, n) { throw new Error('no') }
      return f(7)`,
      [['f', 2, 14, 'id=7 n=2']],
    ],
    [
      'three functions deep, callers in order',
      `const c = async () => { await 0; throw new Error('no') }
      const b = async (x) => await c(x + 1)
      async function a(x) { for (const y of [x]) { await b(y) } }
      return a(1)`,
      [
        ['c', 1, 25, ''],
        ['b', 2, 30, 'x=1'],
        ['a', 3, 52, 'x=1 y=1'],
      ],
    ],
    [
      'variables of a block',
      `async function f() { if (true) { const inner = 5; await Promise.reject(new Error('no')) } }
      return f()`,
      [['f', 1, 51, 'inner=5']],
    ],
    [
      'destructured parameters and declarations',
      `async function f({ a, b: [c], ...d }, e = 9) { let { x, y: { z } = { z: 4 } } = { x: 3 }; await Promise.reject(new Error('no')) }
      return f({ a: 1, b: [2], q: 0 })`,
      [['f', 1, 91, 'a=1 c=2 d={"q":0} e=9 x=3 z=4']],
    ],
    [
      'methods of classes and objects',
      `class A { #p = 3; static async make(n) { await new A().go(n) } async go(n) { const p = this.#p; await null; throw new Error('no') } }
      const o = { async run(n) { await A.make(n) }, async *[Symbol.iterator]() {} }
      return o.run(1)`,
      [
        ['go', 1, 97, 'n=1 p=3'],
        ['make', 1, 42, 'n=1'],
        ['run', 2, 34, 'n=1'],
      ],
    ],
    [
      'for await',
      `async function f() { let n = 0; for await (const x of [1, Promise.reject(new Error('no'))]) { n += x } }
      return f()`,
      [['f', 1, 37, 'n=1']],
    ],
    [
      'a catch binding',
      `async function f() { try { throw { code: 5 } } catch ({ code }) { await Promise.reject(new Error('no')) } }
      return f()`,
      [['f', 1, 67, 'code=5']],
    ],
    [
      'an async generator',
      `async function* g() { const k = 4; yield 1; await Promise.reject(new Error('no')) }
      async function f() { const seen = []; for await (const v of g()) seen.push(v); return seen }
      return f()`,
      [
        ['g', 1, 45, 'k=4'],
        ['f', 2, 49, 'seen=[1]'],
      ],
    ],
  ])('%s', async (_name, source, expected) => {
    const { value, awaited } = await run(source)
    expect(value).toBe('threw Error: no')
    expect(awaited).toEqual(expected)
  })
})

describe('programs mean what they meant', () => {
  it.each([
    [`const f = async x => (await x) + 1; return f(1)`, 2],
    [`const f = async () => await 1\nconst g = 2\nreturn (await f()) + g`, 3],
    [
      `const f = async () => ({ a: await 1, b: [await 2] }); return JSON.stringify(await f())`,
      '{"a":1,"b":[2]}',
    ],
    [`async function f(a) { return await a?.b.c(1)?.[0] ?? 'none' }; return f(null)`, 'none'],
    [
      `async function f(a) { return await a.b.c(1)[0]\`x\` }; return f({ b: { c: () => [() => 'tag'] } })`,
      'tag',
    ],
    [`async function f() { return await new Map([[1, 2]]).get(1) }; return f()`, 2],
    [`async function f() { return await new (class { then(r) { r(3) } }) }; return f()`, 3],
    [`async function f() { return typeof await 1 + await 2 }; return f()`, 'number2'],
    [`async function f() { return await await await 4 }; return f()`, 4],
    [`async function f() { return \`a\${await 1}b\${await \`c\${await 2}\`}d\` }; return f()`, 'a1bc2d'],
    [`async function f() { const { await: x } = { await: 6 }; return await x }; return f()`, 6],
    [`async function f(o) { return await o.await }; return f({ await: 7 })`, 7],
    [`async function f() { return await (async () => await 8)() }; return f()`, 8],
    [`async function f() { return await function () { return 9 }() }; return f()`, 9],
    [`async function f() { return await /a[/]b/.test('a/b') }; return f()`, true],
    [`async function f() { let n = 4; return await n / 2 / 1 }; return f()`, 2],
    [`async function f() { let n = 4; n++ / 2; if (n) /x/.test(await 'x'); return n }; return f()`, 5],
    [`async function f() { return await 1, await 2 }; return f()`, 2],
    [`async function f() { return (await 1) ? await 2 : await 3 }; return f()`, 2],
    [`async function f() { await 1\n;[1].forEach(() => {})\nreturn await 5 }; return f()`, 5],
    [`async function f() { 'use strict'; return await 1 }; return f()`, 1],
    [`const a = async () => async () => await 3; return (await a())()`, 3],
    [`const async = (x) => x; return async(4) + await async(1)`, 5],
    [
      `async function f() { const g = async (x) => { return await x }, h = async x => await x + 1; return await g(1) + await h(1) }; return f()`,
      3,
    ],
    [`async function f() { for await (const x of await [1, 2]) if (x == 2) return x }; return f()`, 2],
    [`async function f() { label: for (;;) { await 1; break label } return 1 }; return f()`, 1],
    [`async function f() { return arguments.length + await 1 }; return f(1, 2)`, 3],
    [
      `class A { m() { return 1 } }; class B extends A { async m() { return await super.m() + 1 } }; return new B().m()`,
      2,
    ],
    [`async function f() { /* await */ return 'await' // await\n }; return f()`, 'await'],
    [`async function f() { return await { a: 1 }.a }; return f()`, 1],
    [`async function f() { let i = 1; return await i++ + i }; return f()`, 3],
  ])('%s', async (source, expected) => {
    expect((await run(source)).value).toBe(expected)
  })
})

it('leaves a module alone that has nothing to mark', () => {
  expect(rewrite('const x = 1')).toBeNull()
  expect(rewrite('const x = await import("x")')).toBeNull()
  expect(rewrite('function f() { return "await" }')).toBeNull()
})

it('keeps lines where they are', () => {
  const source = 'async function f() {\n  await g(\n    1,\n  )\n}\n'
  expect(rewrite(source)!.split('\n')).toHaveLength(source.split('\n').length)
})

it('maps columns back, also through the map of a compiler', async () => {
  const { SourceMap } = await import('node:module')
  const source = 'async function f() {\n  const row = await g(1); return row\n}\n'
  const insertions = awaitInsertions(source, place)!
  const rewritten = insertAll(source, insertions).split('\n')[1]!
  const map = new SourceMap(mapInsertions(source, insertions, 'file:///app.ts') as never)
  for (const word of ['row', 'await', 'g(', 'return']) {
    const found = map.findEntry(1, rewritten.indexOf(word)) as {
      originalLine: number
      originalColumn: number
    }
    expect([found.originalLine, found.originalColumn]).toEqual([1, source.split('\n')[1]!.indexOf(word)])
  }
  const composed = mapInsertions(source, insertions, 'file:///app.ts', (line, column) => ({
    source: 'file:///real.ts',
    line: line + 10,
    column: column + 3,
  }))
  const found = new SourceMap(composed as never).findEntry(1, rewritten.indexOf('g(')) as {
    originalSource: string
    originalLine: number
    originalColumn: number
  }
  expect(found).toMatchObject({
    originalSource: 'file:///real.ts',
    originalLine: 11,
    originalColumn: source.split('\n')[1]!.indexOf('g(') + 3,
  })
})

it('is linear', () => {
  // Few tokens for their size, so that the garbage collector does not decide.
  const line = `async function f(a) { for (const x of a) { await g(x, 't${'x'.repeat(400)}', { k: [1] }) } }\n`
  const grows = (make: (n: number) => string): number => growthOf((n) => void awaitInsertions(make(n), place))
  expect(grows((n) => line.repeat(n / 512))).toBeLessThan(1.7)
  expect(grows((n) => `async () => { await ${'('.repeat(n / 16)}`)).toBeLessThan(1.7)
  expect(grows((n) => `async () => { ${'await '.repeat(n / 16)} }`)).toBeLessThan(1.7)
  expect(grows((n) => `async () => { await ${'`${'.repeat(n / 16)}`)).toBeLessThan(1.7)
})
