import { FlaskJsonProvider, JsonProvider, json, Phial } from 'phial'
import { describe, expect, it } from 'vitest'

describe('a value as JSON', () => {
  const json = new JsonProvider()

  it.each<[value: unknown, text: string]>([
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [{ at: new Map([['a', new Set([1])]]) }, '{"at":{"a":[1]}}'],
    [{ n: 2n ** 64n, text: 'bigint-' }, '{"n":18446744073709551616,"text":"bigint-"}'],
    [{ bytes: new Uint8Array([1, 2]) }, '{"bytes":[1,2]}'],
    [new Float64Array([0.5]), '[0.5]'],
    [new BigInt64Array([-1n]), '[-1]'],
    [new Uint8Array(), '[]'],
    [{ 0: 'a', 1: {} }, '{"0":"a","1":{}}'],
    [{ toJSON: () => ({ a: 1 }) }, '{"a":1}'],
    [[undefined, Number.NaN, null], '[null,null,null]'],
  ])('%#', (value, text) => {
    expect(json.dumps(value)).toBe(text)
  })

  it.each([
    [undefined, 'undefined'],
    [() => 1, 'a function'],
    [Symbol('x'), 'Symbol(x)'],
  ])('%s is none', (value, name) => {
    expect(() => json.dumps(value)).toThrow(`JSON cannot hold ${name}.`)
  })
})

describe('json', () => {
  it('is that of the current application, or the usual one', () => {
    const app = new Phial('site', { staticFolder: null, jsonProvider: new FlaskJsonProvider() })
    const value = { b: 1, a: 'ü' }
    expect(json.dumps(value)).toBe('{"b":1,"a":"ü"}')
    expect(app.appContext().run(() => json.dumps(value))).toBe('{"a": "\\u00fc", "b": 1}')
    expect(json.loads('{"a":[1]}')).toEqual({ a: [1] })
    expect(json.dumps([1], 2)).toBe('[\n  1\n]')
    expect(() => json.loads('{')).toThrow(SyntaxError)
  })
})
