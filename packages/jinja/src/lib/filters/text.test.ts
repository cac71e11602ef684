import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = {
  text: 'a\n\n b\nc\n',
  long: 'Hello there, wrapped-up long--long world of 😀😀😀😀😀😀😀😀😀😀😀😀',
}

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('upper, lower, capitalize, title', () => {
  check([
    ["'straße'|upper", 'STRASSE'],
    ["'ÀBΣ'|lower", 'àbς'],
    ['5|upper', '5'],
    ["'<b>'|safe|upper", '<B>'],
    ["'hELLO wORLD'|capitalize", 'Hello world'],
    ["'ﬁn'|capitalize", 'Fin'],
    ['"foo bar-baz (qux) [x] <y> it\'s a_b"|title', "Foo Bar-Baz (Qux) [X] <Y> It's A_b"],
    ["'ÄRGER 1st'|title", 'Ärger 1st'],
    ['none|lower', 'none'],
  ])
})

describe('center and trim', () => {
  check([
    ["'x'|center(5)|e", '  x  '],
    ["'😀'|center(4)", ' 😀  '],
    ["'long'|center(2)", 'long'],
    ["'a'|center|length", '80'],
    ["'  a '|trim", 'a'],
    ["'xxaxx'|trim('x')", 'a'],
    ["'\\u00a0a\\u001c'|trim", 'a'],
    ["'abc'|trim('')", 'abc'],
  ])
})

describe('replace', () => {
  check([
    ["'aaaargh'|replace('a', \"d'oh, \", 2)", "d'oh, d'oh, aargh"],
    ["'abc'|replace('', '-')", '-a-b-c-'],
    ['12|replace(1, 3)', '32'],
    ["'aaa'|replace('a', 'b', 0)", 'aaa'],
    ["'aaa'|replace('aa', 'b')", 'ba'],
  ])
})

describe('format', () => {
  check([
    ["'%s and %d'|format('x', 3)", 'x and 3'],
    ["'%(a)s'|format(a=1)", '1'],
    ["'%5.1f|%-4s|'|format(2.25, 'ab')", '  2.2|ab  |'],
    ["'%%'|format", '%'],
  ])
})

describe('wordcount and string', () => {
  check([
    ["'one, two three-four ünï_x 5'|wordcount", '6'],
    ["''|wordcount", '0'],
    ['5|string ~ 1', '51'],
    ['none|string', 'None'],
  ])
})

describe('truncate', () => {
  check([
    ["'foo bar baz qux'|truncate(9)", 'foo...'],
    ["'foo bar baz qux'|truncate(9, True)", 'foo ba...'],
    ["'foo bar baz qux'|truncate(11)", 'foo bar baz qux'],
    ["'foo bar baz qux'|truncate(11, False, '...', 0)", 'foo bar...'],
    ["'foobar'|truncate(5, leeway=0)", 'fo...'],
    ["'a😀b😀c😀d😀e'|truncate(6, True, '…', 0)", 'a😀b😀c…'],
    ["'😀😀😀😀😀😀'|truncate(4, leeway=2)", '😀😀😀😀😀😀'],
    ['missing|truncate', ''],
    ['[1,2]|truncate(9)', '[1, 2]'],
  ])
})

describe('indent', () => {
  check([
    ['text|indent', 'a\n\n     b\n    c\n'],
    ['text|indent(2, true)', '  a\n\n   b\n  c\n'],
    ["text|indent('> ', true, true)", '> a\n> \n>  b\n> c\n> '],
    ['text|indent(0)', 'a\n\n b\nc\n'],
    ["''|indent(2, true)", '  '],
  ])
})

describe('wordwrap', () => {
  check([
    ['long|wordwrap(10)', 'Hello\nthere,\nwrapped-up\nlong--long\nworld of 😀\n😀😀😀😀😀😀😀😀😀😀\n😀'],
    ['long|wordwrap(10, false)', 'Hello\nthere,\nwrapped-up\nlong--long\nworld of\n😀😀😀😀😀😀😀😀😀😀😀😀'],
    [
      'long|wordwrap(10, break_on_hyphens=false)',
      'Hello\nthere,\nwrapped-up\nlong--long\nworld of 😀\n😀😀😀😀😀😀😀😀😀😀\n😀',
    ],
    ["'abcdefghijkl mn'|wordwrap(5)", 'abcde\nfghij\nkl mn'],
    ["'abcdefghijkl mn'|wordwrap(5, false)", 'abcdefghijkl\nmn'],
    ["'a b c'|wordwrap(3, wrapstring='+')", 'a b+c'],
    ['text|wordwrap(20)', 'a\n\n b\nc'],
    ["'a  b'|wordwrap(2)", 'a\nb'],
    ["''|wordwrap", ''],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ["'x'|center('3')", 'TypeError', "'str' object cannot be interpreted as an integer"],
    ['none|truncate(2)', 'AssertionError', 'expected length >= 3, got 2'],
    ["'x'|indent(1.5)", 'TypeError', "can't multiply sequence by non-int of type 'float'"],
    ['42|indent', 'TypeError', "unsupported operand type(s) for +=: 'int' and 'str'"],
    ['42|wordwrap(1)', 'AttributeError', "'int' object has no attribute 'splitlines'"],
    ["'a'|wordwrap(1, wrapstring=1)", 'AttributeError', "'int' object has no attribute 'join'"],
    ["[1, 2]|truncate(1, end='', leeway=0)", 'AttributeError', "'list' object has no attribute 'rsplit'"],
    ['(1, 2)|indent', 'TypeError', 'can only concatenate tuple (not "str") to tuple'],
    ["'a'|attr('b', 'c')", 'TypeError', 'do_attr() takes 3 positional arguments but 4 were given'],
    ["'a'|wordwrap(0)", 'ValueError', 'invalid width 0 (must be > 0)'],
    ["'a'|length(1)", 'TypeError', 'len() takes exactly one argument (2 given)'],
    ["'a'|upper(1)", 'TypeError', 'do_upper() takes 1 positional argument but 2 were given'],
    ["'a'|replace", 'TypeError', "do_replace() missing 2 required positional arguments: 'old' and 'new'"],
    [
      "'%s'|format('a', x=1)",
      'FilterArgumentError',
      "can't handle positional and keyword arguments at the same time",
    ],
    ["'x'|trim(1)", 'TypeError', 'strip arg must be None or str'],
    ['missing|wordwrap', 'UndefinedError', "'missing' is undefined"],
    ['missing|indent', 'UndefinedError', "'missing' is undefined"],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
