import { describe, expect, expectTypeOf, it } from 'vitest'
import { MissingKeyError } from './errors.ts'
import { CombinedMultiDict, ImmutableMultiDict, iterMultiItems, MultiDict } from './multi-dict.ts'

const pairs: [string, string][] = [
  ['a', '1'],
  ['b', '2'],
  ['a', '3'],
]

describe('MultiDict', () => {
  it('gives the first value, or the fallback', () => {
    const dict = new MultiDict(pairs)
    expect(dict.get('a')).toBe('1')
    expect(dict.get('z')).toBeNull()
    expect(dict.get('z', 'q')).toBe('q')
    expect(dict.getList('a')).toEqual(['1', '3'])
    expect(dict.getList('z')).toEqual([])
    expect([dict.size, dict.has('a'), dict.has('z')]).toEqual([2, true, false])
  })

  it('converts, and falls back where that fails', () => {
    const dict = new MultiDict([
      ['page', '2'],
      ['page', 'x'],
      ['bad', 'x'],
      ['blank', ' '],
    ])
    const page = dict.get('page', 1, Number)
    expectTypeOf(page).toEqualTypeOf<number>()
    expectTypeOf(dict.get('page', null, Number)).toEqualTypeOf<number | null>()
    expect(page).toBe(2)
    expect(dict.get('bad', 1, Number)).toBe(1)
    expect(dict.get('blank', 1, Number)).toBe(1)
    expect(dict.get('bad', null, (text) => JSON.parse(text) as unknown)).toBeNull()
    expect(dict.getList('page', Number)).toEqual([2])
  })

  it('requires a key', () => {
    const dict = new MultiDict(pairs)
    expect(dict.require('b')).toBe('2')
    expect(() => dict.require('z')).toThrow(MissingKeyError)
    expect(() => dict.require('z')).toThrow('There is no value under the key "z".')
  })

  it.each([
    ['pairs', pairs],
    ['an object of lists', { a: ['1', '3'], b: '2', none: [] }],
    [
      'a Map',
      new Map<string, string | Set<string>>([
        ['a', new Set(['1', '3'])],
        ['b', '2'],
      ]),
    ],
    ['URLSearchParams', new URLSearchParams('a=1&b=2&a=3')],
    ['another one', new MultiDict(pairs)],
  ])('is made from %s', (_, init) => {
    expect([...new MultiDict<string>(init as [string, string][]).lists()]).toEqual([
      ['a', ['1', '3']],
      ['b', ['2']],
    ])
    expect([...iterMultiItems<string>(init as [string, string][])]).toHaveLength(3)
  })

  it('changes', () => {
    const dict = new MultiDict([['a', '1']])
    dict.add('a', '2')
    dict.setList('b', ['x', 'y'])
    expect(dict.setDefault('a', 'q')).toBe('1')
    expect(dict.setDefault('c', 'q')).toBe('q')
    expect(dict.setListDefault('d', ['1', '2'])).toEqual(['1', '2'])
    dict.update({ a: '9', e: ['5', '6'] })
    dict.set('c', 'r')
    expect(dict.toString()).toBe(
      'MultiDict([["a", "1"], ["a", "2"], ["a", "9"], ["b", "x"], ["b", "y"], ["c", "r"], ["d", "1"], ["d", "2"], ["e", "5"], ["e", "6"]])',
    )
    dict.setList('b', [])
    expect(dict.has('b')).toBe(false)
    expect(dict.pop('d')).toBe('1')
    expect(dict.popList('a')).toEqual(['1', '2', '9'])
    expect(dict.popItem()).toEqual(['e', '5'])
    expect(dict.pop('zz', null)).toBeNull()
    expect(() => dict.pop('zz')).toThrow(MissingKeyError)
    expect(dict.delete('c')).toBe(true)
    expect(() => dict.popItem()).toThrow('MultiDict is empty')
  })

  it('iterates over first values, or all', () => {
    const dict = new MultiDict(pairs)
    expect([...dict]).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
    expect([...dict.items({ multi: true })]).toEqual([
      ['a', '1'],
      ['a', '3'],
      ['b', '2'],
    ])
    expect([...dict.keys()]).toEqual(['a', 'b'])
    expect([...dict.values()]).toEqual(['1', '2'])
    expect([...dict.listValues()]).toEqual([['1', '3'], ['2']])
    expect(dict.toDict({ flat: false })).toEqual({ a: ['1', '3'], b: ['2'] })
    expect(JSON.stringify(dict)).toBe('{"a":"1","b":"2"}')
  })

  it('keeps keys of Object.prototype as data (S16)', () => {
    const dict = new MultiDict([['__proto__', 'x']])
    expect(dict.get('constructor')).toBeNull()
    const plain = dict.toDict()
    expect(Object.keys(plain)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect(Object.getPrototypeOf(plain)).toBeNull()
  })

  it('takes 80,000 integer keys in less than a second (R28)', () => {
    const start = performance.now()
    const dict = new MultiDict<number>()
    for (let i = 0; i < 80_000; i++) dict.add(String(i * 2 ** 16), i)
    expect(dict.size).toBe(80_000)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('copies deeply enough that the original stays', () => {
    const dict = new MultiDict(pairs)
    const copy = dict.copy()
    copy.add('a', '4')
    dict.getList('a').push('5')
    expect(dict.getList('a')).toEqual(['1', '3'])
  })
})

describe('ImmutableMultiDict', () => {
  it('refuses every change', () => {
    const dict: MultiDict = new ImmutableMultiDict(pairs)
    const changes: (() => unknown)[] = [
      () => dict.set('a', 'x'),
      () => dict.add('a', 'x'),
      () => dict.setList('a', []),
      () => dict.setDefault('z', 'x'),
      () => dict.setListDefault('z', ['x']),
      () => dict.update({ a: 'x' }),
      () => dict.delete('a'),
      () => dict.clear(),
      () => dict.pop('a'),
      () => dict.popList('a'),
      () => dict.popItem(),
      () => dict.popItemList(),
    ]
    for (const change of changes) {
      expect(change).toThrow(
        new TypeError('This ImmutableMultiDict cannot be changed. Change a copy: dict.copy().'),
      )
    }
    expect([...dict.items({ multi: true })]).toHaveLength(3)
  })

  it('has a changeable copy', () => {
    const copy = new ImmutableMultiDict(pairs).copy()
    copy.set('a', 'x')
    expect(copy.get('a')).toBe('x')
  })
})

describe('CombinedMultiDict', () => {
  const combined = new CombinedMultiDict([
    new MultiDict([
      ['a', 'x'],
      ['b', '2'],
    ]),
    new MultiDict([
      ['a', '7'],
      ['c', '3'],
    ]),
  ])

  it('reads the first dictionary that has the key', () => {
    expect(combined.get('a')).toBe('x')
    expect(combined.require('c')).toBe('3')
    expect(combined.getList('a')).toEqual(['x', '7'])
    expect([combined.size, combined.has('c'), combined.has('z')]).toEqual([3, true, false])
    expect(() => combined.require('z')).toThrow(MissingKeyError)
  })

  it('converts the first value that can be', () => {
    expect(combined.get('a', 0, Number)).toBe(7)
    expect(combined.get('z', 0, Number)).toBe(0)
  })

  it('iterates over all', () => {
    expect([...combined]).toEqual([
      ['a', 'x'],
      ['b', '2'],
      ['c', '3'],
    ])
    expect([...combined.items({ multi: true })]).toHaveLength(4)
    expect([...combined.lists()]).toEqual([
      ['a', ['x', '7']],
      ['b', ['2']],
      ['c', ['3']],
    ])
  })

  it('cannot be changed but copied', () => {
    expect(() => (combined as MultiDict).add('a', 'b')).toThrow(TypeError)
    expect([...combined.copy().lists()]).toEqual([...combined.lists()])
  })
})
