import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { TemplateSyntaxError } from '../errors.ts'
import { defaultSyntax, resolveSyntax, type SyntaxOptions } from './delimiters.ts'
import { lex } from './lex.ts'
import { Lexer } from './lexer.ts'
import { TokenStream } from './token-stream.ts'
import { countNewlines, Token } from './tokens.ts'

/** The pieces of a source as `type:text`, those of one character by the text alone. */
function pieces(source: string, options: Partial<SyntaxOptions> = {}): string {
  return Array.from(lex(source, { syntax: resolveSyntax(options) }), ({ type, value }) =>
    type === 'operator' ? value : `${type}:${JSON.stringify(value)}`,
  ).join(' ')
}

/** What the parser sees, without types where the text tells them. */
function tokens(source: string, options: Partial<SyntaxOptions> = {}): string {
  const stream = new TokenStream(new Lexer(source, { syntax: resolveSyntax(options) }))
  return Array.from(stream, ({ type, value }) => {
    if (type === 'data' || type === 'string') return JSON.stringify(value)
    if (type === 'integer' || type === 'float') return `${type}:${value}`
    return type.endsWith('_begin') ? '<' : type.endsWith('_end') ? '>' : String(value)
  }).join(' ')
}

function errorOf(source: string, options: Partial<SyntaxOptions> = {}): string {
  try {
    tokens(source, options)
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return `${error.lineno}:${error.column} ${error.message}`
    throw error
  }
  return 'no error'
}

describe('pieces for tools', () => {
  it.each([
    ['a{{ b }}', 'data:"a" variable_begin:"{{" whitespace:" " name:"b" whitespace:" " variable_end:"}}"'],
    ['{# c #}', 'comment_begin:"{#" comment:" c " comment_end:"#}"'],
    ['{##}', 'comment_begin:"{#" comment_end:"#}"'],
    ['{% raw %}{{ x }}{% endraw %}', 'raw_begin:"{% raw %}" data:"{{ x }}" raw_end:"{% endraw %}"'],
    [
      '{{ 1.5+0x1F }}',
      'variable_begin:"{{" whitespace:" " float:"1.5" + integer:"0x1F" whitespace:" " variable_end:"}}"',
    ],
    ["{{'a\\n'}}", 'variable_begin:"{{" string:"\'a\\\\n\'" variable_end:"}}"'],
    ['{{a//b}}', 'variable_begin:"{{" name:"a" // name:"b" variable_end:"}}"'],
  ])('%s', (source, expected) => {
    expect(pieces(source)).toBe(expected)
  })

  it('gives the prefixes of lines', () => {
    expect(pieces('# if x\n  a ## b\n', { lineStatementPrefix: '#', lineCommentPrefix: '##' })).toBe(
      'linestatement_begin:"#" whitespace:" " name:"if" whitespace:" " name:"x" linestatement_end:"\\n" ' +
        'data:"  a" linecomment_begin:" ##" linecomment:" b" linecomment_end:""',
    )
  })

  it('gives lines and columns, counting from 1', () => {
    const places = Array.from(lex('a\nb {{ c\n  .d }}\r\ne'), ({ line, column, value }) => [
      line,
      column,
      value,
    ])
    expect(places).toEqual([
      [1, 1, 'a\nb '],
      [2, 3, '{{'],
      [2, 5, ' '],
      [2, 6, 'c'],
      [2, 7, '\n  '],
      [3, 3, '.'],
      [3, 4, 'd'],
      [3, 5, ' '],
      [3, 6, '}}'],
      [3, 8, '\ne'],
    ])
  })

  it('leaves nothing out where no white space is stripped', () => {
    const options = { lineStatementPrefix: '%%', lineCommentPrefix: '##', keepTrailingNewline: true }
    const syntax = resolveSyntax(options)
    fc.assert(
      fc.property(templateText, (source) => {
        let text = ''
        try {
          for (const piece of lex(source.replaceAll('-', '+'), { syntax })) text += piece.value
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateSyntaxError)
        }
        expect(source.replaceAll('-', '+').replace(/\r\n?/g, '\n').startsWith(text)).toBe(true)
      }),
    )
  })
})

describe('delimiters', () => {
  it.each([
    [
      'of PHP',
      '<? if a ?><?= b ?><!-- c -->d',
      {
        blockStartString: '<?',
        blockEndString: '?>',
        variableStartString: '<?=',
        variableEndString: '?>',
        commentStartString: '<!--',
        commentEndString: '-->',
      },
      '< if a > < b > "d"',
    ],
    [
      'of Ruby',
      '<% if a %><%= b %><%# c %>d',
      {
        blockStartString: '<%',
        blockEndString: '%>',
        variableStartString: '<%=',
        variableEndString: '%>',
        commentStartString: '<%#',
        commentEndString: '%>',
      },
      '< if a > < b > "d"',
    ],
    [
      'of one brace',
      '{a}{b: {c: 1}}',
      { variableStartString: '{', variableEndString: '}' },
      '< a > < b : { c : integer:1 } >',
    ],
    [
      'of three braces',
      '{{ a }} {{{ b }}}',
      { variableStartString: '{{{', variableEndString: '}}}' },
      '"{{ a }} " < b >',
    ],
    [
      'of LaTeX',
      '\\BLOCK{if a}\\VAR{b}%# c\nd',
      {
        blockStartString: '\\BLOCK{',
        blockEndString: '}',
        variableStartString: '\\VAR{',
        variableEndString: '}',
        lineCommentPrefix: '%#',
      },
      '< if a > < b > "\\nd"',
    ],
    [
      'of letters',
      'BEGIN a END x VAR b END',
      {
        blockStartString: 'BEGIN',
        blockEndString: 'END',
        variableStartString: 'VAR',
        variableEndString: 'END',
      },
      '< a > " x " < b >',
    ],
  ])('%s', (_name, source, options, expected) => {
    expect(tokens(source, options)).toBe(expected)
  })

  it('refuses start strings that are equal or empty, and newlines that are none', () => {
    expect(() => resolveSyntax({ blockStartString: '{{' })).toThrow(
      'block, variable and comment start strings must be different.',
    )
    expect(() => resolveSyntax({ commentStartString: '{%' })).toThrow('must be different')
    expect(() => resolveSyntax({ variableEndString: '' })).toThrow(
      "'variableEndString' must be a string of at least one character.",
    )
    expect(() => resolveSyntax({ newlineSequence: '\n\n' })).toThrow(
      "'newline_sequence' must be one of '\\n', '\\r\\n', or '\\r'.",
    )
  })

  it('takes an empty prefix for none', () => {
    expect(resolveSyntax({ lineStatementPrefix: '', lineCommentPrefix: '' })).toEqual(defaultSyntax)
  })
})

describe('white space', () => {
  it.each([
    ['a \n {{- b -}} \n c', {}, '"a" < b > "c"'],
    ['a {%- b -%} c', {}, '"a" < b > "c"'],
    ['a {#- b -#} c', {}, '"a" "c"'],
    ['a {%- raw -%} b {%- endraw -%} c', {}, '"a" "b" "c"'],
    ['{% a %}\nb', {}, '< a > "\\nb"'],
    ['{% a %}\nb', { trimBlocks: true }, '< a > "b"'],
    ['{% a %}\n\nb', { trimBlocks: true }, '< a > "\\nb"'],
    ['{% a +%}\nb', { trimBlocks: true }, '< a > "\\nb"'],
    ['{# a #}\nb', { trimBlocks: true }, '"b"'],
    ['{# a +#}\nb', { trimBlocks: true }, '"\\nb"'],
    ['{% raw %}\nx{% endraw %}\nb', { trimBlocks: true }, '"\\nx" "b"'],
    ['{{ a }}\nb', { trimBlocks: true }, '< a > "\\nb"'],
    ['  {% a %}', { lstripBlocks: true }, '< a >'],
    ['x\n  {% a %}', { lstripBlocks: true }, '"x\\n" < a >'],
    ['x  {% a %}', { lstripBlocks: true }, '"x  " < a >'],
    ['{% a %}  {% b %}', { lstripBlocks: true }, '< a > "  " < b >'],
    ['  {%+ a %}', { lstripBlocks: true }, '"  " < a >'],
    ['  {# a #}b', { lstripBlocks: true }, '"b"'],
    ['  {{ a }}', { lstripBlocks: true }, '"  " < a >'],
    ['  {% raw %}a{% endraw %}', { lstripBlocks: true }, '"a"'],
    ['a\n', {}, '"a"'],
    ['a\n\n', {}, '"a\\n"'],
    ['a\n', { keepTrailingNewline: true }, '"a\\n"'],
    ['a\r\nb\rc\n', {}, '"a\\nb\\nc"'],
    ['a\nb{{ "c\nd" }}', { newlineSequence: '\r\n' }, '"a\\r\\nb" < "c\\r\\nd" >'],
    ['{{+ a }}', {}, '< a >'],
    ['{{ a\u00a0\u3000}}', {}, '< a >'],
  ])('%j %j', (source, options, expected) => {
    expect(tokens(source, options)).toBe(expected)
  })
})

describe('lines that are statements or comments', () => {
  const options = { lineStatementPrefix: '#', lineCommentPrefix: '##' }
  it.each([
    ['# if a:\n  b\n# endif', '< if a : > "  b\\n" < endif >'],
    ['  # if a\nb', '< if a > "b"'],
    ['a # b', '"a # b"'],
    ['# if a(\n  b)\nc', '< if a ( b ) > "c"'],
    ['# a\n\n  \n b', '< a > " b"'],
    ['# a', '< a >'],
    ['#- a\nb', '< a > "b"'],
    ['a ## b\nc', '"a" "\\nc"'],
    ['## b\nc', '"\\nc"'],
    ['a ## b', '"a"'],
    ['# for x in y\n{{ x }} ## z\n# endfor', '< for x in y > < x > "\\n" < endfor >'],
  ])('%j', (source, expected) => {
    expect(tokens(source, options)).toBe(expected)
  })
})

describe('literals', () => {
  it.each([
    ['1_000', 'integer:1000'],
    ['0', 'integer:0'],
    ['00_0', 'integer:0'],
    ['0b1_01', 'integer:5'],
    ['0O17', 'integer:15'],
    ['0XfF', 'integer:255'],
    ['9007199254740993', 'integer:9007199254740993'],
    ['0xffffffffffffffffff', 'integer:4722366482869645213695'],
    ['1.0', 'float:1.0'],
    ['1_0.5_0', 'float:10.5'],
    ['2e3', 'float:2000.0'],
    ['1.5E-3', 'float:0.0015'],
    ['1e400', 'float:Infinity'],
    ['007.5', 'float:7.5'],
    // What is no number as a whole is several tokens, as in Python.
    ['1__0', 'integer:1 __0'],
    ['1_', 'integer:1 _'],
    ['0o8', 'integer:0 o8'],
    ['012', 'integer:0 integer:12'],
    ['1.', 'integer:1 .'],
    ['.5', '. integer:5'],
    ['1e', 'integer:1 e'],
    ['1.2.3', 'float:1.2 . integer:3'],
    ['a.0.1', 'a . integer:0 . integer:1'],
    ["'a\"b'", '"a\\"b"'],
    ['"\\t\\x41\\u00e9\\U0001F600\\101\\\\"', '"\\tA\u00e9\u{1f600}A\\\\"'],
    ["'\\d\\''", '"\\\\d\'"'],
    ["'a\\\nb'", '"ab"'],
    // Jinja resolves escapes after it has escaped what lies beyond ASCII.
    ["'\\\u00e9\\\u20ac'", '"\\\\xe9\\\\u20ac"'],
    ['\u00e9t\u00e9_1', '\u00e9t\u00e9_1'],
    ['\u5909\u6570', '\u5909\u6570'],
  ])('%s', (source, expected) => {
    expect(tokens(`{{ ${source} }}`)).toBe(`< ${expected} >`)
  })
})

describe('errors', () => {
  it.each([
    ['{{ ? }}', "1:4 unexpected char '?' at 3"],
    ['a\n{{ b\n ? }}', "3:2 unexpected char '?' at 8"],
    ['\u{1f40d}{{ \u{1f40d} }}', "1:6 unexpected char '\u{1f40d}' at 4"],
    ["{{ 'a }}", '1:4 unexpected char "\'" at 3'],
    ["{{ 'a\\' }}", '1:4 unexpected char "\'" at 3'],
    ['{{ \\ }}', "1:4 unexpected char '\\\\' at 3"],
    ['{{ a) }}', "1:5 unexpected ')'"],
    ['{{ (a] }}', "1:6 unexpected ']', expected ')'"],
    ['{{ [(a] }}', "1:7 unexpected ']', expected ')'"],
    ['a\n{# b', '2:3 Missing end of comment tag'],
    ['a\n{% raw %} b', '2:10 Missing end of raw directive'],
    ['{{ \u00b2 }}', '1:4 Invalid character in identifier'],
    ['{{ a\u00b2 }}', '1:4 Invalid character in identifier'],
    ["{{ '\\x4' }}", '1:4 truncated \\xXX escape'],
    ["{{ '\\u123' }}", '1:4 truncated \\uXXXX escape'],
    ["{{ '\\U0011' }}", '1:4 truncated \\UXXXXXXXX escape'],
    ["{{ '\\U00110000' }}", '1:4 illegal Unicode character'],
    ["{{ '\\N' }}", '1:4 malformed \\N character escape'],
    [`{{ ${'1'.repeat(4301)} }}`, '1:4 expected an integer of at most 4300 digits, got 4301'],
  ])('%j', (source, expected) => {
    expect(errorOf(source)).toBe(expected)
  })

  it('come only when the lexer reaches the place', () => {
    const lexer = new Lexer('{{ a }}{{ ? }}')
    for (let i = 0; i < 4; i++) lexer.next()
    expect(() => lexer.next()).toThrow("unexpected char '?' at 10")
  })

  it('are none for a comment or raw text that is empty at the end, as in Jinja', () => {
    expect(tokens('a{#')).toBe('"a"')
    expect(tokens('a{% raw %}')).toBe('"a"')
  })
})

describe('the stream', () => {
  it('looks ahead, goes back and ends', () => {
    const stream = new TokenStream(new Lexer('{{ a.b }}'))
    expect(stream.next().type).toBe('variable_begin')
    expect(stream.look().type).toBe('dot')
    expect(stream.current.value).toBe('a')
    expect(stream.skipIf('name:b')).toBe(false)
    expect(stream.nextIf('name:a')?.value).toBe('a')
    stream.push(new Token(1, 1, 'name', 'pushed'))
    stream.skip()
    expect(stream.next().value).toBe('pushed')
    expect(stream.next().value).toBe('b')
    expect(stream.expect('variable_end').column).toBe(8)
    expect(stream.eos).toBe(true)
    expect(stream.next().type).toBe('eof')
    expect(stream.look().type).toBe('eof')
  })

  it('keeps the order of tokens that are pushed and looked at', () => {
    const stream = new TokenStream([])
    stream.push(new Token(1, 1, 'name', 'a'))
    stream.push(new Token(1, 1, 'name', 'b'))
    stream.next()
    expect(stream.look().value).toBe('b')
    expect(Array.from(stream, (token) => token.value)).toEqual(['a', 'b'])
  })

  it('tells what it expected', () => {
    expect(() => new TokenStream(new Lexer('{{ a')).expect('block_begin')).toThrow(
      "expected token 'begin of statement block', got 'begin of print statement'",
    )
    expect(() => new TokenStream(new Lexer('')).expect('name:endfor')).toThrow(
      "unexpected end of template, expected 'endfor'.",
    )
  })
})

it('counts newlines of all kinds', () => {
  expect(countNewlines('a\nb\r\nc\rd')).toBe(3)
})

const templateText = fc
  .array(
    fc.oneof(
      fc.constantFrom('{{', '}}', '{%', '%}', '{#', '#}', '-', '+', '%%', '##', '\n', '\r\n', ' ', '\t'),
      fc.constantFrom(
        'raw',
        'endraw',
        'if',
        'x',
        "'",
        '"',
        '\\',
        '1',
        '1.5',
        '0x',
        '.',
        '(',
        ')',
        '[',
        '{',
        '}',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

describe('linear time', () => {
  const prefixes = { lineStatementPrefix: '#', lineCommentPrefix: '//' }
  it.each([
    ['openers', '{', {}],
    ['half openers', '{ ', {}],
    ['long lines of tags', '{{ a }} ', {}],
    ['comments', '{# a', {}],
    ['closed comments', '{##}', {}],
    ['raw that is none', '{% raw', {}],
    ['raw with blanks', '{%          raw          ', {}],
    ['raw text', '{% raw %}{% {%   endraw ', {}],
    ['blanks', ' ', {}],
    ['newlines', '\n', {}],
    ['blanks before tags', '   {%- a -%}   ', { lstripBlocks: true }],
    ['names', '{{ a a a ', {}],
    ['wide names', '{{ \u00e9', {}],
    ['quotes', `{{ '"`, {}],
    ['escapes', "{{ '\\", {}],
    ['digits', '{{ 1_1', {}],
    ['signs', '{{ --++', {}],
    ['line statements', '  # a\n  ', prefixes],
    ['line comments', '   // ', prefixes],
    ['blank lines', '# a  \n   \n', prefixes],
  ])('%s', (_name, piece, options) => {
    const syntax = resolveSyntax(options)
    const run = (n: number) => {
      // Once as it is repeated, once with only its beginning repeated by the last character.
      for (const source of [piece.repeat(n), piece + piece.at(-1)!.repeat(n)]) {
        try {
          for (const _ of lex(source, { syntax }));
        } catch (error) {
          if (!(error instanceof TemplateSyntaxError)) throw error
        }
      }
    }
    expect(growthOf(run)).toBeLessThan(1.7)
  })
})
