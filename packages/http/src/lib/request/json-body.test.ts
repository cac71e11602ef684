import { describe, expect, it } from 'vitest'
import { decodeJson, parseJson } from './json-body.ts'

describe('parseJson', () => {
  it('S16: never gives a __proto__ key, however it is spelt', () => {
    for (const text of [
      '{"__proto__":{"x":1},"a":2}',
      '{"\\u005f_proto__":{"x":1},"a":2}',
      '{"_\\u005Fproto__":1,"a":2}',
    ]) {
      const value = parseJson(text) as Record<string, unknown>
      expect(Object.keys(value)).toEqual(['a'])
      expect(Object.assign({}, value)).not.toHaveProperty('x')
    }
    expect(parseJson('[[{"b":{"__proto__":null}}]]')).toEqual([[{ b: {} }]])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('L09: takes 100 levels and no more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(parseJson(nested(100))).toBeInstanceOf(Array)
    expect(() => parseJson(nested(101))).toThrow(/100 levels/)
    expect(() => parseJson(nested(100_000))).toThrow(SyntaxError)
    expect(() => parseJson(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`)).toThrow(/100 levels/)
  })

  it('counts no brackets in strings, and brackets that are closed', () => {
    expect(parseJson(JSON.stringify('[{'.repeat(500)))).toHaveLength(1000)
    expect(parseJson(JSON.stringify(Array.from({ length: 500 }, () => [])))).toHaveLength(500)
    expect(parseJson(`["\\"${'['.repeat(300)}"]`)).toHaveLength(1)
  })
})

describe('decodeJson', () => {
  const text = '{"a":"ü"}'
  const utf16 = (little: boolean) => {
    const bytes = new Uint8Array(text.length * 2)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), little)
    return bytes
  }
  const utf32 = (little: boolean) => {
    const bytes = new Uint8Array(text.length * 4)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < text.length; i++) view.setUint32(i * 4, text.charCodeAt(i), little)
    return bytes
  }
  const withMark = (mark: number[], bytes: Uint8Array) => new Uint8Array([...mark, ...bytes])

  it.each<[string, Uint8Array]>([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', withMark([0xef, 0xbb, 0xbf], new TextEncoder().encode(text))],
    ['UTF-16LE', utf16(true)],
    ['UTF-16BE', utf16(false)],
    ['UTF-16LE with a mark', withMark([0xff, 0xfe], utf16(true))],
    ['UTF-16BE with a mark', withMark([0xfe, 0xff], utf16(false))],
    ['UTF-32LE', utf32(true)],
    ['UTF-32BE', utf32(false)],
    ['UTF-32LE with a mark', withMark([0xff, 0xfe, 0, 0], utf32(true))],
    ['UTF-32BE with a mark', withMark([0, 0, 0xfe, 0xff], utf32(false))],
  ])('reads %s', (_name, bytes) => {
    expect(parseJson(decodeJson(bytes))).toEqual({ a: 'ü' })
  })

  it('R21: refuses bytes that are no text', () => {
    expect(() => decodeJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow()
  })
})
