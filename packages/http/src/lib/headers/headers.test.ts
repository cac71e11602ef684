import { describe, expect, it } from 'vitest'
import { Headers } from './headers.ts'

describe('Headers', () => {
  it('keeps order and spelling, and compares names without case', () => {
    const headers = new Headers([
      ['X-B', '1'],
      ['x-a', '2'],
      ['X-b', '3'],
    ])
    expect(headers.toList()).toEqual([
      ['X-B', '1'],
      ['x-a', '2'],
      ['X-b', '3'],
    ])
    expect(headers.getAll('x-b')).toEqual(['1', '3'])
    expect(headers.getFirst('X-B')).toBe('1')
    expect(headers.has('X-A')).toBe(true)
    expect(headers.size).toBe(3)
  })

  it('has the meaning of Fetch: joined values, sorted iteration, Set-Cookie apart', () => {
    const headers = new Headers({ 'Set-Cookie': ['a=1', 'b=2'], Accept: 'text/html' })
    headers.append('accept', 'text/plain')
    expect(headers.get('ACCEPT')).toBe('text/html, text/plain')
    expect(headers.get('missing')).toBeNull()
    expect([...headers]).toEqual([
      ['accept', 'text/html, text/plain'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(headers).toBeInstanceOf(globalThis.Headers)
    expect([...new globalThis.Headers(headers as unknown as [string, string][])]).toEqual([...headers])
  })

  it('joins cookies by semicolons (RFC 6265 §4.2.1)', () => {
    const headers = new Headers([
      ['Cookie', 'a=1'],
      ['cookie', 'b=2'],
    ])
    expect(headers.get('Cookie')).toBe('a=1; b=2')
  })

  it('replaces all values by one where the first stood', () => {
    const headers = new Headers([
      ['A', '1'],
      ['B', '2'],
      ['a', '3'],
    ])
    headers.set('a', 4)
    expect(headers.toList()).toEqual([
      ['a', '4'],
      ['B', '2'],
    ])
  })

  it('writes parameters, underscores as dashes', () => {
    const headers = new Headers()
    headers.set('Content-Disposition', 'attachment', { filename: 'a b.txt', foo_bar: 'x', left_out: null })
    expect(headers.get('Content-Disposition')).toMatch(/^attachment; filename="a b\.txt"; foo-bar=x/)
  })

  it('updates names as a whole and extends by adding', () => {
    const headers = new Headers([
      ['A', '1'],
      ['B', '2'],
    ])
    headers.extend([
      ['A', 'x'],
      ['C', 'y'],
    ])
    expect(headers.getAll('A')).toEqual(['1', 'x'])
    headers.update([
      ['a', 'p'],
      ['a', 'q'],
    ])
    expect(headers.getAll('A')).toEqual(['p', 'q'])
    expect(headers.get('B')).toBe('2')
  })

  it('says which header has no value', () => {
    for (const value of [null, undefined]) {
      expect(() => new Headers({ 'X-A': 'a', ETag: value } as never)).toThrow(
        `The header "ETag" has no value, but ${value}. Leave it out, or give text.`,
      )
    }
  })

  it('pops, sets defaults and clears', () => {
    const headers = new Headers({ A: '1' })
    expect(headers.setDefault('A', '2')).toBe('1')
    expect(headers.setDefault('B', 2)).toBe('2')
    expect(headers.pop('a')).toBe('1')
    expect(headers.pop('a', 'none')).toBe('none')
    headers.clear()
    expect(headers.size).toBe(0)
  })

  it('S03: takes names of Object.prototype as names', () => {
    const headers = new Headers([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(headers.get('__proto__')).toBe('x')
    expect(headers.get('constructor')).toBe('y')
    expect(headers.get('toString')).toBeNull()
  })

  it('S04: does not take underscores for dashes', () => {
    const headers = new Headers({ X_Forwarded_For: '6.6.6.6' })
    expect(headers.get('X-Forwarded-For')).toBeNull()
  })

  const bad: [what: string, value: string][] = [
    ['a line feed', 'a\nSet-Cookie: x=1'],
    ['a carriage return', 'a\rb'],
    ['NUL', 'a\0b'],
    ['DEL', 'a\x7fb'],
    ['U+010A, whose low byte is a line feed', 'aĊb'],
    ['U+560A, whose low byte is a line feed', 'a嘊b'],
  ]
  it.each(bad)('S18: refuses a value with %s and stores nothing', (_what, value) => {
    const headers = new Headers({ A: '1' })
    expect(() => headers.set('X-Name', value)).toThrow(/X-Name/)
    expect(() => headers.add('X-Name', value)).toThrow(TypeError)
    expect(headers.toList()).toEqual([['A', '1']])
  })

  it.each(['', 'a b', 'a:b', 'a\n', 'ü', '(x)'])('S18: refuses %j as a name', (name) => {
    expect(() => new Headers([[name, 'x']])).toThrow(/must be a token/)
  })

  it('views a list without copying it', () => {
    const list = ['A', '1']
    const headers = Headers.over(list)
    headers.set('B', '2')
    expect(list).toEqual(['A', '1', 'B', '2'])
    list.push('C', '3')
    expect(headers.get('c')).toBe('3')
  })

  it('cannot be changed as the headers of a request, but copied', () => {
    const headers = Headers.over(['A', '1'], { readonly: true })
    for (const change of [
      () => headers.set('A', '2'),
      () => headers.add('A', '2'),
      () => headers.delete('A'),
      () => headers.clear(),
    ]) {
      expect(change).toThrow(/cannot be changed/)
    }
    const copy = headers.copy()
    copy.set('A', '2')
    expect(copy.get('A')).toBe('2')
    expect(headers.get('A')).toBe('1')
  })

  it('S19: a copy is its own', () => {
    const headers = new Headers({ A: '1' })
    const copy = headers.copy()
    copy.add('B', '2')
    expect(headers.has('B')).toBe(false)
  })
})
