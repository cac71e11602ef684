import { Markup } from '@phial/markup'
import { describe, expect, test } from 'vitest'
import { Float } from '../values/number.ts'
import { Undefined } from '../values/undefined.ts'
import { nativeConcat } from './native-concat.ts'

describe('nativeConcat', () => {
  test('a single value stays what it is', () => {
    const list = [1]
    const missing = new Undefined(null, undefined, 'x')
    expect(nativeConcat([list])).toBe(list)
    expect(nativeConcat([missing])).toBe(missing)
    expect(nativeConcat([null])).toBeNull()
  })

  test('text is read as a literal', () => {
    expect(nativeConcat(['5'])).toBe(5)
    expect(nativeConcat([1, 2])).toBe(12)
    expect(nativeConcat(['0.000', 7])).toBe(0.0007)
    expect(nativeConcat(['[', 1, ', ', new Float(2), ']'])).toEqual([1, new Float(2)])
    expect(nativeConcat([new Markup('5')])).toBe(5)
  })

  test('text that is no literal stays text', () => {
    expect(nativeConcat(['a'])).toBe('a')
    expect(nativeConcat(['a', 1])).toBe('a1')
    expect(nativeConcat([true, false])).toBe('TrueFalse')
    expect(nativeConcat([' ', 5])).toBe(' 5')
    const html = new Markup('<b>')
    expect(nativeConcat([html])).toBe(html)
  })

  test('nothing is none', () => {
    expect(nativeConcat([])).toBeNull()
    expect(nativeConcat([''])).toBe('')
  })
})
