import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AnyConverter,
  type ConverterArguments,
  FloatConverter,
  IntegerConverter,
  PathConverter,
  Rule,
  StringConverter,
  UrlMap,
} from '../index.ts'

const text = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
/** What a path parameter can hold and a URL can bring back: no empty segments, no line breaks behind the first place. */
const segments = fc
  .array(
    text.filter((value) => !value.includes('/') && !/[\n]/.test(value)),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('/'))

const KINDS = {
  '<K>': text.filter((value) => !value.includes('/')),
  '<int:K>': fc.nat(),
  '<int(signed=True):K>': fc.integer(),
  '<bigint:K>': fc.bigInt({ min: 0n }),
  '<float(signed=True):K>': fc
    .double({ min: -1e15, max: 1e15, noNaN: true })
    .filter((value) => value === 0 || Math.abs(value) > 1e-4),
  '<uuid:K>': fc.uuid(),
  '<any(a, "b c", "d/e"):K>': fc.constantFrom('a', 'b c', 'd/e'),
  '<path:K>': segments,
}

/** A rule with one parameter for each segment, and values for it. */
const ruleAndValues = fc
  .array(fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])), { minLength: 1, maxLength: 4 })
  .chain((kinds) => {
    // An encoded slash is a character of a segment, except in a path parameter; a slash in `any` is one of its item.
    const rule = kinds.map((kind, index) => `s${index}/${kind.replace('K', `p${index}`)}`).join('/')
    return fc.tuple(...kinds.map((kind) => KINDS[kind] as fc.Arbitrary<unknown>)).map((values) => ({
      rule: `/${rule}`,
      values: Object.fromEntries(values.map((value, index) => [`p${index}`, value])),
    }))
  })
  .filter(({ values, rule }) => !rule.includes('<any') || !Object.values(values).includes('d/e'))

describe('building and matching', () => {
  it('give the values back', () => {
    fc.assert(
      fc.property(ruleAndValues, ({ rule, values }) => {
        const urls = new UrlMap([new Rule(rule, { endpoint: 'e' })], { mergeSlashes: false }).bind(
          'example.org',
        )
        const found = urls.match(urls.build('e', values)).values
        expect(Object.keys(found)).toEqual(Object.keys(values))
        for (const [name, value] of Object.entries(values)) {
          expect(found[name]).toEqual(value)
        }
      }),
      { numRuns: 500 },
    )
  })
})

// The same converters, matched by their regular expressions.
class RegexString extends StringConverter {
  override linear = null
}
class RegexInteger extends IntegerConverter {
  override linear = null
}
class RegexFloat extends FloatConverter {
  override linear = null
}
class RegexPath extends PathConverter {
  override linear = null
}
class RegexAny extends AnyConverter {
  override linear = null
  constructor(args: ConverterArguments) {
    super(args)
    this.linear = null
  }
}
const regexConverters = {
  default: RegexString,
  string: RegexString,
  int: RegexInteger,
  float: RegexFloat,
  path: RegexPath,
  any: RegexAny,
}

const PARAMETERS = [
  '<K>',
  '<int:K>',
  '<int(signed=True):K>',
  '<float:K>',
  '<path:K>',
  '<string(length=2):K>',
  '<string(maxlength=2):K>',
  '<any(a,ab,b1):K>',
]
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PARAMETERS) },
  { weight: 2, arbitrary: fc.constantFrom('a', '-', '.', '1', 'ab', '/', '/') },
)
const anyRule = fc
  .array(piece, { minLength: 1, maxLength: 7 })
  .map((pieces) => `/${pieces.map((text, index) => text.replace('K', `p${index}`)).join('')}`)
const anyPath = fc
  .array(fc.constantFrom('a', 'b', '1', '12', '-', '.', '/', 'ab', 'b1', '1.5', '\n', 'é', '\u{1f600}'), {
    maxLength: 10,
  })
  .map((pieces) => `/${pieces.join('')}`)
const anyRules = fc.array(anyRule, { minLength: 1, maxLength: 6 })

/** An outcome without the objects in it. */
function plain(map: UrlMap, path: string): unknown {
  const outcome = map.matcher.match(path, 'GET')
  return 'rule' in outcome ? { kind: outcome.kind, rule: outcome.rule.rule, values: outcome.values } : outcome
}

describe('matching by hand', () => {
  const mapOf = (rules: readonly string[], converters = {}): UrlMap =>
    new UrlMap(
      rules.map((rule) => new Rule(rule, { endpoint: rule })),
      { converters },
    )

  it('gives what the regular expressions give', () => {
    fc.assert(
      fc.property(anyRules, fc.array(anyPath, { minLength: 5, maxLength: 5 }), (rules, paths) => {
        const [byHand, byRegex] = [mapOf(rules), mapOf(rules, regexConverters)]
        for (const path of paths) expect(plain(byHand, path)).toEqual(plain(byRegex, path))
      }),
      { numRuns: 1000 },
    )
  })

  it('gives the same for a path with and without escapes', () => {
    fc.assert(
      fc.property(anyRules, anyPath, fc.nat(), (rules, path, place) => {
        const map = mapOf(rules)
        const at = place % path.length
        const character = path.charCodeAt(at)
        fc.pre(character !== 0x2f && character < 0x80)
        const escaped = `${path.slice(0, at)}%${character.toString(16).padStart(2, '0')}${path.slice(at + 1)}`
        expect(plain(map, escaped)).toEqual(plain(map, path))
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws, whatever the path (S38)', () => {
    const map = mapOf(['/<path:p>/<int:n>', '/<a>/<b>.<c>', '/x/<uuid:u>/', '/'])
    const odd = fc.constantFrom(
      '%',
      '%F',
      '%FF',
      '%E2%82',
      '%2F',
      '/',
      '.',
      '\\',
      '\0',
      '\ud800',
      'é',
      'a',
      '1',
      ' ',
      '?',
      '#',
    )
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 12 }), (pieces) => {
        const outcome = map.matcher.match(pieces.join(''), 'GET')
        if (outcome.kind === 'redirect' && outcome.reason === 'path') {
          // S34: one slash in front, and nothing that a browser could read as a second one.
          expect(outcome.path).toMatch(/^\/(?![/\\])[!-~]*$/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
