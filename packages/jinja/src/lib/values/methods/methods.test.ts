import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import type { ContextView, EnvironmentView } from '../../runtime-interface.ts'
import { callValue } from '../call.ts'
import { dictOf } from '../dict.ts'
import { Kwargs } from '../kwargs.ts'
import { callMethod, getAttribute, getItem } from '../lookup.ts'
import { toFloat } from '../number.ts'
import { repr } from '../python-text.ts'
import { IntRange } from '../range.ts'
import { tupleOf } from '../tuple.ts'
import { Undefined } from '../undefined.ts'
import { allMethods } from './all.ts'
import { installMethods } from './table.ts'

installMethods(allMethods)

const environment = {
  sandboxed: false,
  getattr: (object: unknown, name: string) => getAttribute(object, name),
  getitem: (object: unknown, key: unknown) => getItem(object, key),
  makeUndefined: (_: unknown, object: unknown, name: unknown) => new Undefined(null, object, name),
  call: (context: ContextView, callee: unknown, args: readonly unknown[], kwargs: Kwargs | null) =>
    callValue(callee, undefined, args, kwargs, context),
} as unknown as EnvironmentView
const context: ContextView = { environment, evalContext: { environment, autoescape: false } }

type Case = readonly [self: unknown, call: string, args: readonly unknown[], result: string]

function call(self: unknown, name: string, args: readonly unknown[], named: object = {}): unknown {
  return callMethod(self, name, args, new Kwargs(Object.entries(named)), context)
}

function check(cases: readonly Case[]): void {
  it.each(cases)('%s.%s(…%j) gives %s', (self, name, args, result) => {
    expect(repr(call(self, name, args))).toBe(result)
  })
}

describe('text', () => {
  check([
    ['ß ǆ', 'upper', [], "'SS Ǆ'"],
    ['ΑΣ', 'lower', [], "'ας'"],
    ["they're", 'title', [], '"They\'Re"'],
    ['aBc', 'swapcase', [], "'AbC'"],
    ['Straße', 'casefold', [], "'strasse'"],
    ['ab', 'center', [5, '*'], "'**ab*'"],
    ['😀', 'center', [3], "' 😀 '"],
    ['-5', 'zfill', [4], "'-005'"],
    ['a\tb', 'expandtabs', [4], "'a   b'"],
    ['xxaxx', 'strip', ['x'], "'a'"],
    ['\x1c a\u00a0', 'strip', [], "'a'"],
    ['a b  c', 'split', [], "['a', 'b', 'c']"],
    ['a,b,c', 'split', [',', 1], "['a', 'b,c']"],
    ['a,b,c', 'rsplit', [',', 1], "['a,b', 'c']"],
    ['a\r\nb\x0bc', 'splitlines', [], "['a', 'b', 'c']"],
    ['a\nb', 'splitlines', [true], "['a\\n', 'b']"],
    ['a=b=c', 'partition', ['='], "('a', '=', 'b=c')"],
    ['a=b=c', 'rpartition', ['='], "('a=b', '=', 'c')"],
    [', ', 'join', [['a', 'b']], "'a, b'"],
    ['aaa', 'replace', ['a', 'b', 2], "'bba'"],
    ['abc', 'startswith', [tupleOf(['x', 'a'])], 'True'],
    ['abc', 'startswith', ['b', 1], 'True'],
    ['😀bc', 'find', ['c'], '2'],
    ['abcabc', 'rfind', ['b'], '4'],
    ['aaa', 'count', ['a', 1], '2'],
    ['', 'count', [''], '1'],
    ['abc', 'removeprefix', ['a'], "'bc'"],
    ['abc', 'translate', [dictOf([97, 'x', 98, null])], "'xc'"],
    ['abc', 'translate', ['a'], "'abc'"],
    ['é', 'encode', [], "b'\\xc3\\xa9'"],
    ['aé😀', 'encode', ['ascii', 'ignore'], "b'a'"],
    ['é', 'encode', ['ascii', 'replace'], "b'?'"],
    ['é', 'encode', ['ascii', 'xmlcharrefreplace'], "b'&#233;'"],
    ['é€😀', 'encode', ['ascii', 'backslashreplace'], "b'\\\\xe9\\\\u20ac\\\\U0001f600'"],
    ['a{x}', 'format_map', [{ x: 1 }], "'a1'"],
    ['a', 'format_map', [5], "'a'"],
    ['', 'maketrans', ['ab', 'xy', 'c'], '{97: 120, 98: 121, 99: None}'],
    ['', 'maketrans', [{ a: 'b' }], "{97: 'b'}"],
    ['a=b', 'partition', [new Markup('=')], "('a', Markup('='), 'b')"],
    ['ab', 'partition', [new Markup('=')], "('ab', '', '')"],
    ['½', 'isnumeric', [], 'True'],
    ['²', 'isdigit', [], 'True'],
    ['²', 'isdecimal', [], 'False'],
    ['Hello World', 'istitle', [], 'True'],
    ['', 'isalpha', [], 'False'],
    ['', 'isascii', [], 'True'],
  ])

  it.each<readonly [self: unknown, name: string, args: readonly unknown[], error: string]>([
    ['a', 'index', ['b'], 'ValueError: substring not found'],
    ['a', 'split', [''], 'ValueError: empty separator'],
    ['a', 'split', [1], 'TypeError: must be str or None, not int'],
    ['a', 'center', ['3'], "TypeError: 'str' object cannot be interpreted as an integer"],
    ['a', 'center', [2 ** 40], 'OverflowError: the width 1099511627776 is above the limit of 1048576'],
    ['a', 'join', [[1]], 'TypeError: sequence item 0: expected str instance, int found'],
    ['a', 'startswith', [['a']], 'TypeError: startswith first arg must be str or a tuple of str, not list'],
    ['a', 'encode', ['nosuch'], 'LookupError: unknown encoding: nosuch'],
    [
      'é',
      'encode',
      ['ascii'],
      "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)",
    ],
    ['{}', 'format_map', [{}], 'ValueError: Format string contains positional fields'],
    ['a', 'maketrans', ['ab', 'x'], 'ValueError: the first two maketrans arguments must have equal length'],
    ['a', 'center', [new Undefined()], "TypeError: 'Undefined' object cannot be interpreted as an integer"],
  ])('%s.%s(…%j) raises %s', (self, name, args, error) => {
    const [type, message] = [error.slice(0, error.indexOf(':')), error.slice(error.indexOf(':') + 2)]
    expect(() => call(self, name, args)).toThrow(expect.objectContaining({ name: type, message }))
  })
})

describe('Markup', () => {
  check([
    [new Markup('<b>'), 'upper', [], "Markup('<B>')"],
    [new Markup('a,b'), 'split', [','], "[Markup('a'), Markup('b')]"],
    [new Markup('a=b'), 'partition', ['='], "(Markup('a'), Markup('='), Markup('b'))"],
    [new Markup('<br>'), 'join', [['<', new Markup('<b>')]], "Markup('&lt;<br><b>')"],
    [new Markup('a'), 'replace', ['a', '<'], "Markup('&lt;')"],
    [new Markup('%s'), 'format', [], "Markup('%s')"],
    [new Markup('{}'), 'format', ['<'], "Markup('&lt;')"],
    [new Markup('<b>a</b> &amp; &eacute;'), 'striptags', [], "'a & é'"],
    [new Markup('&lt;&notin;&notit;&#x41;'), 'unescape', [], "'<∉¬it;A'"],
    [new Markup('a'), 'startswith', ['a'], 'True'],
  ])
})

describe('a list', () => {
  it('changes in place and gives None', () => {
    const list: unknown[] = [3, 1]
    for (const [name, args] of [
      ['append', [2]],
      ['extend', [[5, 4]]],
      ['insert', [0, 9]],
      ['remove', [1]],
      ['sort', []],
      ['reverse', []],
    ] as const) {
      expect(call(list, name, args)).toBeNull()
    }
    expect(list).toEqual([9, 5, 4, 3, 2])
    expect(call(list, 'pop', [])).toBe(2)
    expect(call(list, 'pop', [0])).toBe(9)
    call(list, 'clear', [])
    expect(list).toEqual([])
  })

  it('can be sorted by a key, and the other way round', () => {
    const list: unknown[] = ['bb', 'a', 'ccc']
    call(list, 'sort', [], { key: (text: string) => -text.length })
    expect(list).toEqual(['ccc', 'bb', 'a'])
    call(list, 'sort', [], { reverse: false })
    expect(list).toEqual(['a', 'bb', 'ccc'])
    expect(() => call(list, 'sort', [], { by: 1 })).toThrow("'by' is an invalid keyword argument for sort()")
  })

  check([
    [[1, true, 1.5], 'count', [1], '2'],
    [['a', 'b'], 'index', ['b'], '1'],
    [[1], 'copy', [], '[1]'],
    [tupleOf([1, 2, 1]), 'count', [1], '2'],
    [tupleOf([1, 2]), 'index', [2], '1'],
  ])

  it('has no place for what is not in it', () => {
    expect(() => call([1, 2], 'index', [5])).toThrow('5 is not in list')
    expect(() => call([], 'pop', [])).toThrow('pop from empty list')
    expect(() => call([1], 'remove', [2])).toThrow('list.remove(x): x not in list')
  })
})

describe('a dict', () => {
  check([
    [{ a: 1 }, 'get', ['a'], '1'],
    [{}, 'fromkeys', [['a', 'b'], 0], "{'a': 0, 'b': 0}"],
    [{ a: 1 }, 'get', ['b'], 'None'],
    [{ a: 1 }, 'get', ['b', 2], '2'],
    [{}, 'get', ['constructor'], 'None'],
    [{ a: 1 }, 'keys', [], "dict_keys(['a'])"],
    [{ a: 1 }, 'values', [], 'dict_values([1])'],
    [new Map([['a', 1]]), 'items', [], "dict_items([('a', 1)])"],
    [{ a: 1 }, 'copy', [], "{'a': 1}"],
    [dictOf([1, 'x']), 'pop', [true], "'x'"],
    [{ a: 1, b: 2 }, 'popitem', [], "('b', 2)"],
    [{ a: 1 }, 'setdefault', ['a', 5], '1'],
  ])

  it('changes in place', () => {
    const dict: Record<string, unknown> = { a: 1 }
    expect(call(dict, 'update', [{ b: 2 }], { c: 3 })).toBeNull()
    expect(call(dict, 'setdefault', ['d'])).toBeNull()
    call(dict, 'update', [[tupleOf(['__proto__', 1])]])
    expect(Object.entries(dict)).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', null],
      ['__proto__', 1],
    ])
    expect(Object.getPrototypeOf(dict)).toBe(Object.prototype)
  })

  it('raises for a key that it lacks', () => {
    expect(() => call({ a: 1 }, 'pop', ['b'])).toThrow(
      expect.objectContaining({ name: 'KeyError', message: "'b'" }),
    )
    expect(() => call({}, 'update', [5])).toThrow(TypeError)
    expect(() => call({}, 'update', [new Undefined(null, undefined, 'x')])).toThrow("'x' is undefined")
    expect(() => call({}, 'update', [[[1]]])).toThrow(/has length 1; 2 is required/)
  })
})

describe('numbers, sets, ranges, bytes and dates', () => {
  check([
    [10, 'bit_length', [], '4'],
    [true, 'bit_length', [], '1'],
    [toFloat(2), 'is_integer', [], 'True'],
    [0.75, 'as_integer_ratio', [], '(3, 4)'],
    [0.1, 'hex', [], "'0x1.999999999999ap-4'"],
    [new Set([1, 2]), 'union', [[3]], '{1, 2, 3}'],
    [new Set([1, 2]), 'intersection', [[2]], '{2}'],
    [new Set([1]), 'issubset', [[1, 2]], 'True'],
    [new IntRange(0, 10, 3), 'index', [6], '2'],
    [Uint8Array.of(195, 169), 'decode', [], "'é'"],
    [
      new Date(Date.UTC(2024, 6, 26, 9, 8, 7)),
      'strftime',
      ['%Y-%m-%d %-H:%M %a %j'],
      "'2024-07-26 9:08 Fri 208'",
    ],
    [new Date(Date.UTC(2024, 0, 1)), 'isoformat', [], "'2024-01-01T00:00:00'"],
    [new Date(Date.UTC(2024, 0, 1)), 'isocalendar', [], '(2024, 1, 1)'],
    [new Date(0), 'toISOString', [], "'1970-01-01T00:00:00.000Z'"],
  ])
})

describe('arguments', () => {
  it('may be named where Python lets them', () => {
    expect(call('a,b,c', 'split', [], { sep: ',', maxsplit: 1 })).toEqual(['a', 'b,c'])
    expect(() => call('abc', 'replace', ['a', 'b'], { count: 1 })).toThrow(
      'replace() takes no keyword arguments',
    )
  })

  it('have a number', () => {
    expect(() => call('a', 'upper', [1])).toThrow('str.upper() takes no arguments (1 given)')
    expect(() => call([], 'append', [])).toThrow('list.append() takes exactly one argument (0 given)')
    expect(() => call([], 'insert', [1])).toThrow('insert expected 2 arguments, got 1')
    expect(() => call({}, 'get', [])).toThrow('get expected at least 1 argument, got 0')
    expect(() => call([], 'pop', [1, 2])).toThrow('pop expected at most 1 argument, got 2')
  })
})
