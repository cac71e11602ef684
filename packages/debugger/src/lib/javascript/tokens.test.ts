// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is code
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awaitInsertions } from './awaiting.ts'
import { readInput } from './console-input.ts'
import { functionBodyOf } from './function-body.ts'
import { matchBrackets, tokenize } from './tokens.ts'

/** `name:x punctuator:=`, kinds by their first letters. */
const show = (source: string): string =>
  tokenize(source)
    .map(({ kind, text }) => `${kind.slice(0, 3)}:${text}`)
    .join(' ')

describe('JavaScript as tokens', () => {
  it.each([
    ['a / b / c', 'nam:a pun:/ nam:b pun:/ nam:c'],
    ['a = /b/g.test(c)', 'nam:a pun:= reg:/b/g pun:. nam:test pun:( nam:c pun:)'],
    ['if (a) /b/.test(c)', 'key:if pun:( nam:a pun:) reg:/b/ pun:. nam:test pun:( nam:c pun:)'],
    ['f(a) / b / c', 'nam:f pun:( nam:a pun:) pun:/ nam:b pun:/ nam:c'],
    ['return /[/\\]]/', 'key:return reg:/[/\\]]/'],
    ['x = {} / 2', 'nam:x pun:= pun:{ pun:} pun:/ num:2'],
    ['{} /a/', 'pun:{ pun:} reg:/a/'],
    ['this / 2 / a', 'key:this pun:/ num:2 pun:/ nam:a'],
    ['o.if / 2', 'nam:o pun:. nam:if pun:/ num:2'],
    ['`a${b}c${`d`}`', 'tem:`a${ nam:b tem:}c${ tem:`d` tem:}`'],
    ['`${{ a: 1 }}`', 'tem:`${ pun:{ nam:a pun:: num:1 pun:} tem:}`'],
    ['#a in b?.c ?? 1_0.5e-3n', 'pri:#a key:in nam:b pun:?. nam:c pun:?? num:1_0.5e-3n'],
    ["'a\\'b' \"c\" // d", "str:'a\\'b' str:\"c\" com:// d"],
    ['#!/x\na/* b */', 'com:#!/x nam:a com:/* b */'],
    ['größe = π', 'nam:größe pun:= nam:π'],
    ["'open\nnext", "str:'open nam:next"],
  ])('%j', (source, tokens) => {
    expect(show(source)).toBe(tokens)
  })

  it('knows partners of brackets', () => {
    const tokens = tokenize('f(`a${[1]}b`)')
    const partners = matchBrackets(tokens)
    const pairs = tokens.map(({ text }, index) => `${text} ${tokens[partners[index]!]?.text ?? '-'}`)
    expect(pairs).toEqual(['f -', '( )', '`a${ }b`', '[ ]', '1 -', '] [', '}b` `a${', ') ('])
  })
})

const code = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...'async await function => ( ) { } [ ] ` ${ } / \\ \' " ; , . = import from export class # const let x 1 \n'.split(
          ' ',
        ),
      ),
    )
    .map((parts) => parts.join(' ')),
)

/** Control characters count as spaces: they are in no program. */
const SPACE = /^[\s\x00-\x20]*$/

it('any text becomes tokens that cover it', () => {
  fc.assert(
    fc.property(code, (source) => {
      let end = 0
      for (const token of tokenize(source)) {
        expect(token.start).toBeGreaterThanOrEqual(end)
        expect(token.end).toBeGreaterThan(token.start)
        expect(source.slice(end, token.start)).toMatch(SPACE)
        end = token.end
      }
      expect(source.slice(end)).toMatch(SPACE)
    }),
  )
})

it('any text is read without an error', () => {
  fc.assert(
    fc.property(code, (source) => {
      awaitInsertions(source, (line, column) => ({ url: 'file:///a.js', line, column }))
      readInput(source)
      functionBodyOf(source)
    }),
    { numRuns: 2000 },
  )
})
