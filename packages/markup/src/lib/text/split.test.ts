import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { partition, rpartition, rsplit, split, splitLines } from '../../text.ts'

describe('split and rsplit', () => {
  it.each<[text: string, separator: string | null, max: number, left: string[], right: string[]]>([
    ['', null, -1, [], []],
    ['', ',', -1, [''], ['']],
    ['  a \x1c b\u00a0c ', null, -1, ['a', 'b', 'c'], ['a', 'b', 'c']],
    [' a  b  c ', null, 1, ['a', 'b  c '], [' a  b', 'c']],
    [' a b ', null, 0, ['a b '], [' a b']],
    ['a,b,,c', ',', -1, ['a', 'b', '', 'c'], ['a', 'b', '', 'c']],
    ['a,b,c', ',', 1, ['a', 'b,c'], ['a,b', 'c']],
    ['a,b', ',', 0, ['a,b'], ['a,b']],
    ['aaa', 'aa', -1, ['', 'a'], ['a', '']],
    [',', ',', -1, ['', ''], ['', '']],
    ['\ufeffa', null, -1, ['\ufeffa'], ['\ufeffa']],
  ])('part %j at %j, %i times', (text, separator, max, left, right) => {
    expect(split(text, separator, max)).toEqual(left)
    expect(rsplit(text, separator, max)).toEqual(right)
  })

  it('are undone by join', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.integer({ min: -1, max: 5 }),
        (text, separator, max) => {
          expect(split(text, separator, max).join(separator)).toBe(text)
          expect(rsplit(text, separator, max).join(separator)).toBe(text)
        },
      ),
    )
  })

  it('refuse an empty separator', () => {
    for (const call of [split, rsplit, partition, rpartition]) {
      expect(() => call('a', '')).toThrow('Expected a separator of at least one character')
    }
  })

  it('take linear time', () => {
    for (const piece of [' ', 'a ', 'aa']) {
      expect(growthOf((n) => rsplit(piece.repeat(n), 'aaa'))).toBeLessThan(1.7)
      expect(growthOf((n) => split(piece.repeat(n)))).toBeLessThan(1.7)
    }
  })
})

describe('partition and rpartition', () => {
  it('cut at the first and the last separator', () => {
    expect(partition('a=b=c', '=')).toEqual(['a', '=', 'b=c'])
    expect(rpartition('a=b=c', '=')).toEqual(['a=b', '=', 'c'])
    expect(partition('abc', '=')).toEqual(['abc', '', ''])
    expect(rpartition('abc', '=')).toEqual(['', '', 'abc'])
  })
})

describe('splitLines', () => {
  it('knows every line end of Unicode', () => {
    expect(splitLines('a\nb\r\nc\rd\ve\ff\x1cg\x1dh\x1ei\x85j\u2028k\u2029l')).toEqual([...'abcdefghijkl'])
    expect(splitLines('a\n')).toEqual(['a'])
    expect(splitLines('\n')).toEqual([''])
    expect(splitLines('')).toEqual([])
    expect(splitLines('a\r\n\nb', true)).toEqual(['a\r\n', '\n', 'b'])
  })
})
