import { describe, expect, it } from 'vitest'
import { dumpAge, parseAge } from './age.ts'
import { getContentLength } from './content-length.ts'
import {
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from './header-classes.ts'
import { Headers } from './headers.ts'
import { UserAgent } from './user-agent.ts'

describe('classes of headers', () => {
  it('tells them apart without case', () => {
    expect([isEntityHeader('Content-Type'), isEntityHeader('ETag')]).toEqual([true, false])
    expect([isHopByHopHeader('TE'), isHopByHopHeader('Content-Type')]).toEqual([true, false])
  })

  it('takes out what a 304 does not have', () => {
    const headers = new Headers([
      ['Date', 'x'],
      ['Content-Type', 'a'],
      ['Content-Location', '/'],
      ['Expires', 'e'],
    ])
    removeEntityHeaders(headers)
    expect(headers.toList().map(([name]) => name)).toEqual(['Date', 'Content-Location', 'Expires'])
    removeEntityHeaders(headers, ['EXPIRES'])
    expect(headers.toList().map(([name]) => name)).toEqual(['Date', 'Expires'])
  })

  it('takes out what concerns one connection', () => {
    const headers = new Headers([
      ['Connection', 'close'],
      ['Upgrade', 'x'],
      ['A', 'b'],
    ])
    removeHopByHopHeaders(headers)
    expect(headers.toList()).toEqual([['A', 'b']])
  })
})

describe('getContentLength', () => {
  it.each([
    [null, null, null],
    ['5', null, 5],
    [' 5 ', null, 5],
    ['5', 'gzip, Chunked', null],
    ['-5', null, 0],
    ['5_0', null, 0],
    ['', null, 0],
    ['5', 'gzip', 5],
  ])('of %j and %j is %s', (length, encoding, expected) => {
    expect(getContentLength(length, encoding)).toBe(expected)
  })
})

describe('Age', () => {
  it.each([
    [null, null],
    ['10', 10],
    ['-1', null],
    ['abc', null],
    ['1.5', null],
    ['999999999999999', null],
  ])('reads %j as %s', (header, expected) => {
    expect(parseAge(header)).toBe(expected)
  })

  it('writes whole seconds', () => {
    expect(dumpAge(1.9)).toBe('1')
    expect(() => dumpAge(-1)).toThrow(RangeError)
    expect(() => dumpAge(Number.NaN)).toThrow(RangeError)
  })
})

describe('UserAgent', () => {
  it('is its text', () => {
    expect(String(new UserAgent('curl/8'))).toBe('curl/8')
    expect(new UserAgent(null).text).toBe('')
  })
})
