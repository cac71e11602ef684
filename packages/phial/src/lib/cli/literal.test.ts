import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiteralSyntaxError, parseLiterals } from './literal.ts'

describe('parseLiterals', () => {
  it.each<[text: string, values: unknown[]]>([
    ['', []],
    ['  ', []],
    ["'dev'", ['dev']],
    ['"a", \'b\', `c`', ['a', 'b', 'c']],
    ["'it\\'s\\n\\x41\\u00e9'", ["it's\nAé"]],
    ['1, -2.5, .5, 1e3', [1, -2.5, 0.5, 1000]],
    ['true, false, null, undefined,', [true, false, null, undefined]],
    ['[1, [2], []]', [[1, [2], []]]],
    ["{ debug: true, 'a b': { c: [1] }, }", [{ debug: true, 'a b': { c: [1] } }]],
  ])('reads %s', (text, values) => {
    expect(parseLiterals(text)).toEqual(values)
  })

  it.each<[text: string, message: string, index: number]>([
    ['process.exit()', "'process' is no literal", 0],
    ["'a", 'the string is not closed', 0],
    ['1 2', "expected ',', found '2'", 2],
    ['[1', "expected ',' or ']', found the end", 2],
    ['{ a 1 }', "expected ':', found '1'", 4],
    ['{ 1: 2 }', "expected a key, found '1'", 2],
    ['1, -', "expected a literal, found '-'", 3],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is tested
    ['`a${b}`', 'a template with values is no literal', 2],
    ["'\\u12'", 'the escape needs 4 hexadecimal digits', 3],
    ['['.repeat(60), 'too many brackets in each other', 50],
  ])('refuses %s', (text, message, index) => {
    const error = failureOf(() => parseLiterals(text))
    expect(error).toBeInstanceOf(LiteralSyntaxError)
    expect(error).toMatchObject({ message, index })
  })

  it('keeps __proto__ as a key like any other', () => {
    const [value] = parseLiterals('{ "__proto__": { polluted: true } }') as [object]
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect('polluted' in value).toBe(false)
  })

  it('reads what JSON writes', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 })), (values) => {
        const text = JSON.stringify(values)
        expect(parseLiterals(text.slice(1, -1))).toEqual(JSON.parse(text))
      }),
    )
  })
})

function failureOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return null
}
