import { describe, expect, it } from 'vitest'
import { Catalogue } from './catalogue.ts'

describe('a catalogue', () => {
  const german = new Catalogue('de', {
    Hello: 'Hallo',
    Empty: '',
    'menu\u0004Open': 'Öffnen',
    apple: ['Apfel', 'Äpfel'],
    'company\u0004apple': ['Firma', 'Firmen'],
  })

  it('translates messages, with and without context', () => {
    expect(german.gettext('Hello')).toBe('Hallo')
    expect(german.pgettext('menu', 'Open')).toBe('Öffnen')
    expect(german.ngettext('apple', 'apples', 1)).toBe('Apfel')
    expect(german.ngettext('apple', 'apples', 2)).toBe('Äpfel')
    expect(german.npgettext('company', 'apple', 'apples', 0)).toBe('Firmen')
    expect(german.gettext('apple')).toBe('Apfel')
  })

  it('gives back what it does not have', () => {
    expect(german.gettext('Empty')).toBe('Empty')
    expect(german.gettext('constructor')).toBe('constructor')
    expect(german.pgettext('other', 'Open')).toBe('Open')
    expect(german.ngettext('pear', 'pears', 1)).toBe('pear')
    expect(german.npgettext('x', 'pear', 'pears', 3)).toBe('pears')
  })

  // The order of the forms is that of the Plural-Forms header of gettext.
  it.each([
    ['ru', ['one', 'few', 'many'], { 1: 'one', 2: 'few', 5: 'many', 21: 'one', 111: 'many' }],
    ['pl', ['one', 'few', 'many'], { 1: 'one', 3: 'few', 5: 'many', 21: 'many', 22: 'few' }],
    ['cs', ['one', 'few', 'other'], { 1: 'one', 4: 'few', 5: 'other' }],
    ['fr', ['one', 'other'], { 0: 'one', 1: 'one', 2: 'other', 1000000: 'other' }],
    ['ja', ['other'], { 1: 'other', 2: 'other' }],
    [
      'ar',
      ['zero', 'one', 'two', 'few', 'many', 'other'],
      { 0: 'zero', 1: 'one', 2: 'two', 3: 'few', 11: 'many', 100: 'other' },
    ],
  ])('knows the plural forms of %s', (locale, forms, expected) => {
    const catalogue = new Catalogue(locale, { x: forms })
    for (const [n, form] of Object.entries(expected))
      expect(catalogue.ngettext('x', 'y', Number(n))).toBe(form)
  })

  it('takes forms by category', () => {
    const catalogue = new Catalogue('pl', { x: { one: 'plik', few: 'pliki', other: 'plików' } })
    expect([1, 2, 5].map((n) => catalogue.ngettext('x', 'y', n))).toEqual(['plik', 'pliki', 'plików'])
  })

  it('refuses what is no locale', () => {
    expect(() => new Catalogue('not a locale', {})).toThrow(RangeError)
  })
})
