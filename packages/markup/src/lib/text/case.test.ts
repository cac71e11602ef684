import { describe, expect, it } from 'vitest'
import { capitalize, caseFold, swapCase, title } from '../../text.ts'

describe('case', () => {
  it.each([
    ['', ''],
    ['hELLO wORLD', 'Hello world'],
    ['ß', 'Ss'],
    ['ﬁn', 'Fin'],
    ['ǆ', 'ǅ'],
    ['ǲx', 'ǲx'],
    ['ŉ', 'ʼN'],
    ['ᾳ', 'ᾼ'],
    ['ᾀ', 'ᾈ'],
    ['ᾲ', 'Ὰͅ'],
    ['აბ', 'აბ'],
    ['ΑΣ', 'Ας'],
    ['𐐨x', '𐐀x'],
  ])('capitalizes %j to %j', (text, expected) => {
    expect(capitalize(text)).toBe(expected)
  })

  it.each([
    ["they're bill's", "They'Re Bill'S"],
    ['x1y éa', 'X1Y Éa'],
    ['', ''],
  ])('makes a title of %j: %j', (text, expected) => {
    expect(title(text)).toBe(expected)
  })

  it.each([
    ['aBc', 'AbC'],
    ['ß1', 'SS1'],
    ['αΣ ΣΣ', 'Ας σς'],
    ['ǅ', 'ǅ'],
  ])('swaps %j to %j', (text, expected) => {
    expect(swapCase(text)).toBe(expected)
  })

  it.each([
    ['Straße ẞ', 'strasse ss'],
    ['ΣΑΣ', 'σασ'],
    ['Iıİ', 'iıi̇'],
    ['Ꭰꭰᏸ', 'ᎠᎠᏰ'],
  ])('folds %j to %j', (text, expected) => {
    expect(caseFold(text)).toBe(expected)
  })
})
