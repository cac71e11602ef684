import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Rule, RuleSyntaxError, UrlMap } from '../index.ts'

/** The problem, and the rule with the caret under it. */
function errorOf(rule: string): string[] {
  try {
    new UrlMap([new Rule(rule, { endpoint: 'e' })])
  } catch (error) {
    if (error instanceof RuleSyntaxError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('a rule that cannot be read', () => {
  it.each([
    ['/<int:x', '       ^', "expected '>' after the parameter name, got the end of the rule"],
    ['/<1x>', '  ^', 'expected a parameter or converter name'],
    ['/a/<int(:x>', '        ^', 'expected an argument'],
    ['/<int(min=1:x>', '           ^', "expected ',' or ')' after the converter argument, got \":\""],
    ['/<int(min=-2):x>', '          ^', 'negative numbers are not possible here'],
    ['/<any("a, b):x>', '      ^', 'expected a closing "'],
    ['/<int()x>', '       ^', "expected ':' and the parameter name"],
    ['/<>', '  ^', 'got ">"'],
    ['/<__proto__>', '  ^', 'cannot be a parameter name'],
    ['/<x>/<x>', '     ^', "'x' is used twice"],
    ['/<itn:x>', ' ^', "the converter 'itn' does not exist. Did you mean 'int'?"],
    ['/<qqqq:x>', ' ^', 'Known ones: default, string, any'],
    ['/<string(bogus=1):x>', ' ^', "unknown argument 'bogus' (known: minlength, maxlength, length)"],
    ['/<int(1,2,3,True,5):x>', ' ^', 'too many arguments'],
    ['/<int(4, fixed_digits=4):x>', ' ^', "argument 'fixed_digits' is given twice"],
    ['/<int(min=1, min=2):x>', '             ^', "argument 'min' is given twice"],
    ['/<string(length=x):x>', ' ^', "argument 'length' must be an integer, got 'x'"],
    ['/<int(signed=maybe):x>', ' ^', "argument 'signed' must be True or False"],
    ['/<string(minlength=3, maxlength=2):x>', ' ^', "'maxlength' (2) is below 'minlength' (3)"],
    ['/<any(True, a):x>', ' ^', 'write "True" in quotes'],
    ['noslash', '^', 'must start with a slash'],
    ['', '^', 'must start with a slash'],
  ])('%j is shown with a caret', (rule, caret, problem) => {
    const [message, shown, place] = errorOf(rule)
    expect(message).toContain(problem)
    expect(shown).toBe(`  ${rule}`)
    expect(place).toBe(`  ${caret}`)
  })

  it('keeps text and place as data', () => {
    expect(() => new UrlMap([new Rule('/a/<b', { endpoint: 'e' })])).toThrow(
      expect.objectContaining({ name: 'RuleSyntaxError', rule: '/a/<b', index: 5 }),
    )
  })

  it('is a RuleSyntaxError for any text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '(',
      ')',
      ':',
      ',',
      '=',
      '"',
      "'",
      ' ',
      '\n',
      '-',
      'int',
      'any',
      'x',
      '1',
      'é',
      '.',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const error = errorOf(`/${pieces.join('')}`)
        expect(error.length === 0 || error.length === 3).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('converter arguments', () => {
  const match = (rule: string, path: string): unknown =>
    new UrlMap([new Rule(rule, { endpoint: 'e' })]).bind('h').match(path).values

  it('may be quoted, with anything in the quotes', () => {
    const rule = `/<any('a b', "c,d", u"(x):y>", plain, "it's"):v>/t`
    for (const item of ['a b', 'c,d', '(x):y>', 'plain', "it's"]) {
      expect(match(rule, `/${encodeURIComponent(item)}/t`)).toEqual({ v: item })
    }
  })

  it('may be positional, named and spaced', () => {
    expect(match('/<string( 2 , maxlength = 3 ):v>', '/abc')).toEqual({ v: 'abc' })
    expect(match('/<int():v>', '/5')).toEqual({ v: 5 })
    expect(match('/<any(a,b,):v>', '/b')).toEqual({ v: 'b' })
    expect(match('/<int(signed=true):v>', '/-5')).toEqual({ v: -5 })
    expect(match('/<string(maxlength=None):v>', '/abcdef')).toEqual({ v: 'abcdef' })
  })
})
