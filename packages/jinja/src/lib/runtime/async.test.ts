import { describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { isPromise } from './async.ts'

describe('isPromise', () => {
  class Query {
    // biome-ignore lint/suspicious/noThenProperty: query builders are awaited by it
    then(resolve: (rows: string) => void): void {
      resolve('rows')
    }
  }

  test('S76: takes promises and instances that can be awaited', async () => {
    expect(isPromise(Promise.resolve(1))).toBe(true)
    expect(isPromise(new Query())).toBe(true)
    const page = await new Environment().fromString('{{ query }}').renderAsync({ query: new Query() })
    expect(page).toBe('rows')
  })

  test.each([
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested
    ['an object', { then: () => 'never' }],
    ['a map', new Map([['then', () => 'never']])],
    ['JSON', JSON.parse('{"then": "now"}')],
    ['nothing', null],
    ['text', 'then'],
  ])('S76: takes %s with `then` for data', async (_what, value) => {
    expect(isPromise(value)).toBe(false)
    const page = await new Environment().fromString('{{ value is mapping }}').renderAsync({ value })
    expect(page).toMatch(/^(?:True|False)$/)
  })
})
