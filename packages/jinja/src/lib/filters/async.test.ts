import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
environment.filters.set('later', async (value: unknown) => `${value}!`)
environment.tests.set('late', async (value: unknown) => value === 2)

async function* numbers(): AsyncGenerator<number> {
  yield 3
  yield 1
  yield 2
}

function contextOf(): Record<string, unknown> {
  return {
    stream: numbers(),
    promise: Promise.resolve([3, 1, 2]),
    list: [3, 1, 2],
    iterator: [3, 1, 2][Symbol.iterator](),
  }
}

const SOURCES = ['stream', 'promise', 'list', 'iterator'] as const

describe('filters of asynchronous items', () => {
  it.each([
    ['first', '3'],
    ['list', '[3, 1, 2]'],
    ['join("-")', '3-1-2'],
    ['sum', '6'],
    ['min', '1'],
    ['max', '3'],
    ['sort', '[1, 2, 3]'],
    ['unique|list', '[3, 1, 2]'],
    ['batch(2)|list', '[[3, 1], [2]]'],
    ['slice(2)|list', '[[3, 1], [2]]'],
    ['groupby("real")|map("first")|list', '[1, 2, 3]'],
    ['map("abs")|list', '[3, 1, 2]'],
    ['map("later")|join(" ")', '3! 1! 2!'],
    ['map(attribute="real")|list', '[3, 1, 2]'],
    ['select("odd")|list', '[3, 1]'],
    ['reject("odd")|list', '[2]'],
    ['select("late")|list', '[2]'],
    ['selectattr("real", "gt", 1)|list', '[3, 2]'],
    ['rejectattr("real", "gt", 1)|list', '[1]'],
    ['select|map("string")|select("in", "12")|join', '12'],
  ])('%s', async (filter, output) => {
    for (const source of SOURCES) {
      const template = environment.fromString(`{{ ${source}|${filter} }}`)
      expect([source, await template.renderAsync(contextOf())]).toEqual([source, output])
    }
  })

  it('are not asked for more than is needed', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<number> {
      for (;;) yield ++given
    }
    const template = environment.fromString('{{ endless|map("abs")|select("even")|first }}')
    expect(await template.renderAsync({ endless: endless() })).toBe('2')
    expect(given).toBe(2)
  })

  it('may raise, now or later', async () => {
    const failing = Promise.reject(new Error('no data'))
    await expect(environment.fromString('{{ x|join }}').renderAsync({ x: failing })).rejects.toThrow(
      'no data',
    )
    await expect(environment.fromString('{{ [1]|map("nope")|list }}').renderAsync()).rejects.toThrow(
      "No filter named 'nope'.",
    )
  })

  it('may be data with a member `then`', async () => {
    const template = environment.fromString('{{ rows|map(attribute="then")|list }}')
    expect(await template.renderAsync({ rows: [JSON.parse('{"then": 1}')] })).toBe('[1]')
  })
})
