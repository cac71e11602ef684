import { describe, expect, it } from 'vitest'
import {
  center,
  expandTabs,
  ljust,
  lstrip,
  removePrefix,
  removeSuffix,
  replace,
  rjust,
  rstrip,
  strip,
  textWidth,
  translate,
  zfill,
} from '../../text.ts'

describe('padding', () => {
  it('puts the odd blank where Python puts it', () => {
    expect([3, 4, 5, 6].map((width) => center('ab', width, '.'))).toEqual(['.ab', '.ab.', '..ab.', '..ab..'])
    expect([2, 3, 4].map((width) => center('a', width, '.'))).toEqual(['a.', '.a.', '.a..'])
  })

  it('counts characters, not code units', () => {
    expect(textWidth('a😀\ud800')).toBe(3)
    expect(ljust('😀', 3, '😀')).toBe('😀😀😀')
    expect(rjust('😀', 2)).toBe(' 😀')
    expect(ljust('long', 2)).toBe('long')
  })

  it('fills with zeros behind the sign', () => {
    expect(['7', '-7', '+7', '', '--7'].map((text) => zfill(text, 4))).toEqual([
      '0007',
      '-007',
      '+007',
      '0000',
      '-0-7',
    ])
  })

  it('refuses what is no width and no fill', () => {
    expect(() => ljust('a', 1.5)).toThrow('Expected a width in whole characters, got 1.5.')
    expect(() => ljust('a', 5, 'ab')).toThrow('Expected one character to fill with, got "ab".')
    expect(() => ljust('a', 5, '')).toThrow(TypeError)
  })

  it('expands tabs by columns', () => {
    expect(expandTabs('a\tbc\td')).toBe('a       bc      d')
    expect(expandTabs('ab\tc\n\td', 4)).toBe('ab  c\n    d')
    expect(expandTabs('a\tb', 0)).toBe('ab')
    expect(() => expandTabs('a', 0.5)).toThrow(TypeError)
  })
})

describe('stripping', () => {
  it('takes white space as Python sees it', () => {
    expect(strip('\x1c\x85\u00a0 a \u3000')).toBe('a')
    expect(strip('\ufeffa\ufeff')).toBe('\ufeffa\ufeff')
    expect(lstrip('  a ')).toBe('a ')
    expect(rstrip('  a ')).toBe('  a')
  })

  it('takes characters of a set', () => {
    expect(strip('xyaxyb😀x', 'xy😀')).toBe('axyb')
    expect(strip('aaa', 'a')).toBe('')
    expect(strip(' a ', '')).toBe(' a ')
  })

  it('takes a prefix and a suffix', () => {
    expect(removePrefix('prefix', 'pre')).toBe('fix')
    expect(removePrefix('prefix', 'x')).toBe('prefix')
    expect(removeSuffix('prefix', 'fix')).toBe('pre')
    expect(removeSuffix('prefix', '')).toBe('prefix')
  })
})

describe('replacing', () => {
  it('takes text, not patterns', () => {
    expect(replace('a.a.a', '.', '$&')).toBe('a$&a$&a')
    expect(replace('aaa', 'a', 'b', 2)).toBe('bba')
    expect(replace('aaa', 'a', 'b', 0)).toBe('aaa')
    expect(replace('aaaa', 'aa', 'a')).toBe('aa')
  })

  it('puts text between characters', () => {
    expect(replace('a😀', '', '-')).toBe('-a-😀-')
    expect(replace('ab', '', '-', 2)).toBe('-a-b')
    expect(replace('', '', '-')).toBe('-')
  })

  it('translates characters', () => {
    const table = new Map<number, string | number | null>([
      [97, 'AA'],
      [98, null],
      [0x1f600, 99],
    ])
    expect(translate('abc😀', table)).toBe('AAcc')
  })
})
