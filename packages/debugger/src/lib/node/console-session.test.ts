import { describe, expect, it } from 'vitest'
import type { LiveFrame } from '../live-frame.ts'
import { ConsoleSession } from './console-session.ts'

class Account {
  #balance = 10
  label = 'main'
  frame(extra: number): LiveFrame {
    let sum = 5
    const items = [1, 2]
    // biome-ignore lint/security/noGlobalEval: it is what the debugger keeps of a frame
    const evaluate = (code: string): unknown => eval(code)
    void [sum, items, extra, this.#balance]
    sum = 5
    return {
      kind: 'application',
      functionName: 'frame',
      url: import.meta.url,
      shownFile: null,
      line: 1,
      column: 1,
      isAwaiting: false,
      content: null,
      evaluate,
      read: null,
      scopes: [{ type: 'local', names: ['sum', 'items', 'extra'] }],
    }
  }
}

const open = (): ConsoleSession =>
  new ConsoleSession(new Account().frame(7), { timeout: 300, asyncTimeout: 300 })

async function lines(...inputs: string[]): Promise<string[]> {
  const session = open()
  const shown: string[] = []
  for (const input of inputs) {
    const { ok, value, error, output, changes } = await session.evaluate(input)
    const parts = [...output, ok ? (value?.text ?? '-') : error!.split('\n')[0]!]
    shown.push(
      [...parts, ...changes.map((change) => `${change.name} is now ${change.value.text}`)].join(' | '),
    )
  }
  return shown
}

describe('the console of a frame', () => {
  it.each<[string[], string[]]>([
    [['sum + extra'], ['12']],
    [['sum = 6'], ['6 | sum is now 6']],
    [
      ['sum = 6', 'sum * 2', '_ + 1'],
      ['6 | sum is now 6', '12', '13'],
    ],
    [['{ a: 1 }'], ['{ a: 1 }']],
    [
      ['const x = 5', 'x + 1', 'x = 7', 'x'],
      ['undefined', '6', '7', '7'],
    ],
    [
      ['items.push(3)', 'items.length'],
      ['3 | items is now [1, 2, 3]', '3'],
    ],
    [['const x = 5; x * 2'], ['10']],
    [
      ['let { a, b: [c] } = { a: 1, b: [2] }', 'a + c'],
      ['undefined', '3'],
    ],
    [
      ['function f(n) { return n * sum }', 'f(2)'],
      ['undefined', '10'],
    ],
    [
      ['class K { v = 1 }', 'new K().v'],
      ['undefined', '1'],
    ],
    [
      ['for (const i of items) sum += i', 'sum'],
      ['8 | sum is now 8', '8'],
    ],
    [['if (sum > 1) { "large" } else { "small" }'], ["'large'"]],
    [['await Promise.resolve(sum)'], ['5']],
    [
      ['const y = await Promise.resolve(3); sum = y; y + 1', 'y'],
      ['4 | sum is now 3', '3'],
    ],
    [['const z = await 1\nz + 1'], ['2']],
    [['this.label'], ["'main'"]],
    [['extra + arguments.length'], ['8']],
    [["(await import('node:path')).basename('/a/b')"], ["'b'"]],
    [
      ["import { basename as base } from 'node:path'", "base('/a/b')"],
      ['undefined', "'b'"],
    ],
    [["import * as p from 'node:path'; p.basename('/a/b')"], ["'b'"]],
    [
      ["import path, { sep } from 'node:path'", 'path.sep === sep'],
      ['undefined', 'true'],
    ],
    [["(await import('./inspect-value.ts')).lineOf(1)"], ["'1'"]],
    [["require('node:path').basename('/a/b')"], ["'b'"]],
    [["import.meta.url.split('/').at(-1)"], ["'console-session.test.ts'"]],
    [["console.log('a %d', sum); sum"], ['a 5 | 5']],
    [['dump()'], ['{ sum: 5, items: [1, 2], extra: 7 }']],
    [['typo = 5'], ['ReferenceError: typo is not defined']],
    [['throw new TypeError("no")'], ['TypeError: no']],
    [['throw 1'], ['Thrown: 1']],
    [['sum +'], ['SyntaxError: Unexpected end of input']],
    [['await new Promise(() => {})'], ['The promise was still pending after 300 ms.']],
    [['"a;b" // comment'], ["'a;b'"]],
    [['undefined'], ['undefined']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what somebody types
    [['`t${sum}`'], ["'t5'"]],
  ])('%j', async (inputs, expected) => {
    expect(await lines(...inputs)).toEqual(expected)
  })

  it('knows imports by the names that were written', async () => {
    const import_db = { find: (id: number) => `row ${id}` }
    const frame: LiveFrame = {
      ...new Account().frame(7),
      // biome-ignore lint/security/noGlobalEval: it is what the debugger keeps of a frame
      evaluate: (code) => eval(code) as unknown,
      scopes: [{ type: 'module', names: ['import_db', 'exports'] }],
    }
    void import_db
    const session = new ConsoleSession(frame)
    expect((await session.evaluate('find(3)')).value!.text).toBe("'row 3'")
    expect((await session.evaluate('dump()')).value!.text).toBe('{}')
  })

  it('reads and writes private members', async () => {
    const { value } = await open().evaluate('this.#balance += 1')
    expect(value!.text).toBe('11')
  })

  it('stops a loop that does not end', async () => {
    const { error } = await open().evaluate('for (;;) {}')
    expect(error).toBe('The input ran for more than 300 ms and was stopped.')
  })

  it('makes no global', async () => {
    const before = Object.keys(globalThis)
    await lines('const q = 1', 'function g() {}', 'typo = 1', 'var v = 2')
    expect(Object.keys(globalThis)).toEqual(before)
  })

  it('explains itself', async () => {
    const { output, value } = await open().evaluate('help()')
    expect(output.join()).toContain('dump()')
    expect(value).toBeNull()
  })

  it('gives the children of a value', async () => {
    const session = open()
    const { result } = await session.evaluate('({ a: { b: [sum] } })')
    expect(session.children(result!, [0, 0])).toMatchObject([{ key: '0', value: { text: '5' } }])
    expect(session.children(99, [])).toBeNull()
  })

  it('completes names and members, and runs no getter', async () => {
    const session = open()
    expect(session.complete('su')).toEqual(['sum'])
    expect(session.complete('1 + items.fla')).toEqual(['flat', 'flatMap'])
    await session.evaluate('const trap = { get bad() { sum = 0 }, inner: { deep: 1 } }')
    expect(session.complete('trap.inner.d')).toEqual(['deep'])
    expect(session.complete('trap.bad.x')).toEqual([])
    expect((await session.evaluate('sum')).value!.text).toBe('5')
  })
})
