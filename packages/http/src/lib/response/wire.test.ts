import { describe, expect, it } from 'vitest'
import { Response } from './response.ts'
import { finishHeaders, utf8Length } from './wire.ts'

function sent(response: Response, isHead = false): Record<string, string> {
  const list = finishHeaders(response, isHead)
  const headers: Record<string, string> = {}
  for (let i = 0; i < list.length; i += 2) headers[list[i]!.toLowerCase()] = list[i + 1]!
  return headers
}

function* pieces(): Generator<string | Uint8Array> {
  yield 'a'
  yield new Uint8Array(1)
}

describe('finishHeaders', () => {
  it('counts bytes, not characters', () => {
    expect(sent(new Response('hello'))['content-length']).toBe('5')
    expect(sent(new Response('ü€😀'))['content-length']).toBe('9')
    expect(sent(new Response(new Uint8Array(7)))['content-length']).toBe('7')
    expect(sent(new Response(null))['content-length']).toBe('0')
  })

  it('leaves streams without a length', () => {
    expect(sent(new Response(pieces()))).not.toHaveProperty('content-length')
  })

  it('S21: says nothing about the body of 204 and 304', () => {
    expect(sent(new Response('x', { status: 204, headers: { 'Content-Length': '1' } }))).not.toHaveProperty(
      'content-length',
    )
    expect(sent(new Response('x', { status: 304, headers: { ETag: '"a"', 'Last-Modified': 'x' } }))).toEqual({
      etag: '"a"',
    })
  })

  it('S21: refuses framing of its own and a wrong length', () => {
    expect(() => sent(new Response('x', { headers: { 'Transfer-Encoding': 'chunked' } }))).toThrow(
      /Transfer-Encoding/,
    )
    expect(() => sent(new Response('abc', { headers: { 'Content-Length': '2' } }))).toThrow(/3 bytes/)
    expect(() => sent(new Response(pieces(), { headers: { 'Content-Length': '-1' } }))).toThrow(
      /number of bytes/,
    )
  })

  it('keeps the length that a HEAD without content announces', () => {
    expect(sent(new Response(null, { headers: { 'Content-Length': '10' } }), true)['content-length']).toBe(
      '10',
    )
  })
})

describe('utf8Length', () => {
  it.each(['', 'abc', 'ü', '€', '😀', '\ud800', 'a\udc00b', '\ud83d\ud83d\ude00'])(
    'counts %j as TextEncoder does',
    (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
    },
  )
})
