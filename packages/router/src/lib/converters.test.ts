import { describe, expect, it } from 'vitest'
import {
  BaseConverter,
  type ConverterArguments,
  type ConverterClass,
  Rule,
  UrlMap,
  ValidationError,
} from '../index.ts'

const NONE = 'not found'

/** The value that a rule gives for a path, or NONE. */
function converted(rule: string, path: string, converters: Record<string, ConverterClass> = {}): unknown {
  const outcome = new UrlMap([new Rule(rule, { endpoint: 'e' })], { converters }).matcher.match(path, 'GET')
  return outcome.kind === 'match' ? outcome.values['x'] : NONE
}

function built(rule: string, x: unknown, converters: Record<string, ConverterClass> = {}): string {
  return new UrlMap([new Rule(rule, { endpoint: 'e' })], { converters }).bind('h').build('e', { x })
}

describe('numbers (S37)', () => {
  it.each([
    ['<int:x>', '0', 0],
    ['<int:x>', '007', 7],
    ['<int:x>', '9007199254740991', 9007199254740991],
    ['<int:x>', '9007199254740992', NONE],
    ['<int:x>', '00000000000000000000000012', 12],
    ['<int:x>', '1'.repeat(5000), NONE],
    ['<int:x>', '-1', NONE],
    ['<int:x>', '+1', NONE],
    ['<int:x>', '1e5', NONE],
    ['<int:x>', '0x10', NONE],
    ['<int:x>', '1_000', NONE],
    ['<int:x>', '%D9%A3', NONE],
    ['<int:x>', '%EF%BC%93', NONE],
    ['<int:x>', '', NONE],
    ['<int(signed=True):x>', '-12', -12],
    ['<int(signed=True):x>', '-0', 0],
    ['<int(signed=True):x>', '--1', NONE],
    ['<int(signed=True):x>', '-', NONE],
    ['<int(signed=True):x>', '-9007199254740992', NONE],
    ['<int(min=2, max=4):x>', '1', NONE],
    ['<int(min=2, max=4):x>', '4', 4],
    ['<int(min=2, max=4):x>', '5', NONE],
    ['<int(fixed_digits=3):x>', '012', 12],
    ['<int(fixed_digits=3):x>', '12', NONE],
    ['<bigint:x>', '9007199254740993', 9007199254740993n],
    ['<bigint:x>', '9'.repeat(4300), BigInt('9'.repeat(4300))],
    ['<bigint:x>', '9'.repeat(4301), NONE],
    ['<bigint(signed=True, max=5):x>', '-7', -7n],
    ['<float:x>', '1.5', 1.5],
    ['<float:x>', '1', NONE],
    ['<float:x>', '1.', NONE],
    ['<float:x>', '.5', NONE],
    ['<float:x>', 'nan', NONE],
    ['<float:x>', '1.5e3', NONE],
    ['<float:x>', `${'9'.repeat(400)}.0`, NONE],
    ['<float(signed=True, min=1.5):x>', '-1.5', NONE],
    ['<float(max=2.5):x>', '2.5', 2.5],
  ])('%s takes %.30s', (parameter, text, expected) => {
    expect(converted(`/${parameter}`, `/${text}`)).toBe(expected)
  })

  it('too large for int go to the next rule', () => {
    const map = new UrlMap([
      new Rule('/<int:n>', { endpoint: 'int' }),
      new Rule('/<bigint:n>', { endpoint: 'bigint' }),
    ])
    expect(map.bind('h').match('/9007199254740991').endpoint).toBe('int')
    expect(map.bind('h').match('/9007199254740992').values).toEqual({ n: 9007199254740992n })
  })

  it('out of the range of an int are not found, also among other parts', () => {
    expect(converted('/v<int:x>-<y>', `/v${'9'.repeat(30)}-a`)).toBe(NONE)
    expect(converted('/v<int(max=3):x>', '/v4')).toBe(NONE)
  })
})

describe('text', () => {
  it.each([
    ['<x>', 'a', 'a'],
    ['<x>', '', NONE],
    ['<string(length=2):x>', 'ab', 'ab'],
    ['<string(length=2):x>', 'abc', NONE],
    ['<string(length=2):x>', '%F0%9F%98%80%F0%9F%98%80', '😀😀'],
    ['<string(minlength=2):x>', 'a', NONE],
    ['<string(minlength=2):x>', 'abcd', 'abcd'],
    ['<string(maxlength=2):x>', 'abc', NONE],
    ['<string(maxlength=2):x>', 'ab', 'ab'],
    ['<any(a, "b c"):x>', 'b%20c', 'b c'],
    ['<any(a, ab):x>', 'ab', 'ab'],
    ['<any(a, ab):x>', 'abc', NONE],
    ['<uuid:x>', '01234567-89AB-cdef-0123-456789abcdef', '01234567-89ab-cdef-0123-456789abcdef'],
    ['<uuid:x>', '0123456789abcdef0123456789abcdef', NONE],
    ['<uuid:x>', '01234567-89ab-cdef-0123-456789abcdeg', NONE],
    ['<path:x>', 'a/b/c', 'a/b/c'],
    ['<path:x>', 'a', 'a'],
    ['<path:x>.<y>', 'a/b.c', 'a/b'],
    ['<path:x>/end', 'a/end/b/end', 'a/end/b'],
    ['<path:y>/m/<path:x>', 'a/m/b/m/c', 'b/m/c'],
    ['<y><x>', 'abc', 'c'],
    ['<int:y><x>', '12', '2'],
    ['<y>-<x>', 'a-b-c', 'c'],
    ['<x>.<float:y>.z', 'a.b.1.5.z', 'a.b'],
    ['<string(maxlength=2):y><any(bc, c):x>', 'abc', 'c'],
    ['<y><x>', '%F0%9F%98%80', NONE],
  ])('%s takes %s', (parameter, text, expected) => {
    expect(converted(`/${parameter}`, `/${text}`)).toBe(expected)
  })
})

describe('toUrl', () => {
  it.each([
    ['<int:x>', 7, '/7'],
    ['<int:x>', 7.9, '/7'],
    ['<int:x>', ' 42 ', '/42'],
    ['<int:x>', 10n ** 20n, '/100000000000000000000'],
    ['<int:x>', 1e21, '/1000000000000000000000'],
    ['<int(fixed_digits=4):x>', -7, '/-007'],
    ['<bigint:x>', 2n ** 64n, '/18446744073709551616'],
    ['<float:x>', 3, '/3.0'],
    ['<float:x>', 0.1, '/0.1'],
    ['<float:x>', -0, '/-0.0'],
    ['<float:x>', '2.50', '/2.5'],
    ['<float:x>', 1e-7, '/1e-07'],
    ['<float:x>', 1e16, '/1e+16'],
    ['<float:x>', 123456789.12345679, '/123456789.12345679'],
    ['<float:x>', 4n, '/4.0'],
    ['<x>', 'a b/ü%?#', '/a%20b/%C3%BC%25%3F%23'],
    ['<x>', 1.5, '/1.5'],
    ['<x>', true, '/true'],
    ['<x>', new URL('http://e.org/'), '/http://e.org/'],
    ['<x>', '\ud800', '/%EF%BF%BD'],
    ['<path:x>', 'a/b', '/a/b'],
    ['<any(a, "b c"):x>', 'b c', '/b%20c'],
    ['<uuid:x>', 'a b', '/a%20b'],
  ])('%s writes %s', (parameter, value, expected) => expect(built(`/${parameter}`, value)).toBe(expected))

  it.each([
    ['<int:x>', 'abc', "parameter 'x': expected an integer, got 'abc'"],
    ['<int:x>', Number.NaN, 'expected an integer, got number'],
    ['<float:x>', 'x', "expected a finite number, got 'x'"],
    ['<float:x>', Infinity, 'expected a finite number'],
    ['<float:x>', ' ', "expected a finite number, got ' '"],
    ['<x>', ['a'], 'expected a string or a number, got an array'],
    ['<x>', {}, 'expected a string or a number, got an object'],
    ['<any(a, b):x>', 'c', "'c' is not one of 'a', 'b'"],
  ])('%s refuses %s and names the parameter', (parameter, value, problem) => {
    expect(() => built(`/${parameter}`, value)).toThrow(problem)
  })
})

class ListConverter extends BaseConverter<string[]> {
  override toJs(value: string): string[] {
    return value.split('+')
  }
  override toUrl(value: unknown): string {
    return (value as string[]).map((item) => super.toUrl(item)).join('+')
  }
}

class EvenConverter extends BaseConverter<number> {
  override regex = '[0-9]+'
  override weight = 10
  override toJs(value: string): number {
    if (Number(value) % 2 === 1) throw new ValidationError('odd')
    return Number(value)
  }
  override toUrl(value: unknown): string {
    if (Number(value) % 2 === 1) throw new ValidationError('odd')
    return String(value)
  }
}

class PairConverter extends BaseConverter {
  override regex: RegExp = /[a-zA-Z]+\/[a-zA-Z]+/
}

class RestConverter extends BaseConverter {
  override regex = '.+/.+'
}

class PrefixConverter extends BaseConverter {
  constructor(args: ConverterArguments) {
    super(args)
    this.regex = `${args.positional[0]}-(?<inner>[a-z]+)`
  }
}

describe('converters of the application', () => {
  const converters = {
    list: ListConverter,
    even: EvenConverter,
    pair: PairConverter,
    prefix: PrefixConverter,
  }

  it('turn text into values and back', () => {
    expect(converted('/<list:x>', '/a+b%20c', converters)).toEqual(['a', 'b c'])
    expect(built('/<list:x>', ['a', 'b c'], converters)).toBe('/a+b%20c')
  })

  it('refuse values by ValidationError: not found, and no URL', () => {
    expect(converted('/<even:x>', '/4', converters)).toBe(4)
    expect(converted('/<even:x>', '/5', converters)).toBe(NONE)
    expect(() => built('/<even:x>', 5, converters)).toThrow(expect.objectContaining({ name: 'BuildError' }))
  })

  it('let other errors pass', () => {
    class Broken extends BaseConverter {
      override toJs(): never {
        throw new RangeError('broken')
      }
    }
    expect(() => converted('/<broken:x>', '/a', { broken: Broken })).toThrow('broken')
  })

  it('may cross slashes, may have text around them', () => {
    expect(converted('/<pair:x>/end', '/a/B/end', converters)).toBe('a/B')
    expect(converted('/<pair:x>/', '/a/b/', converters)).toBe('a/b')
    expect(converted('/<rest:x>', '/a%2Fb/c', { rest: RestConverter })).toBe('a%2Fb/c')
    expect(converted('/v<even:x>.<ext>', '/v12.txt', converters)).toBe(12)
    expect(converted('/<y>-<even:x>', '/a-b-4', converters)).toBe(4)
    expect(converted('/<prefix(ab):x>', '/ab-cd', converters)).toBe('ab-cd')
  })

  it('are anchored on both sides (S35)', () => {
    expect(converted('/<even:x>', '/4a', converters)).toBe(NONE)
    expect(converted('/<even:x>', '/a4', converters)).toBe(NONE)
  })

  it('see no more than maxLength characters (S35)', () => {
    class Slow extends BaseConverter {
      override regex = '(?:a+)+'
      override maxLength = 20
    }
    const start = performance.now()
    expect(converted('/<slow:x>', `/${'a'.repeat(100_000)}b`, { slow: Slow })).toBe(NONE)
    expect(performance.now() - start).toBeLessThan(500)
    expect(converted('/<slow:x>', '/aaa', { slow: Slow })).toBe('aaa')
    expect(converted('/<even:x>', `/${'2'.repeat(2049)}`, converters)).toBe(NONE)
  })

  it('may match another map while converting', () => {
    const inner = new UrlMap([new Rule('/<a>/<b>/<c>', { endpoint: 'inner' })])
    class Nested extends BaseConverter<unknown> {
      override toJs(value: string): unknown {
        return inner.bind('h').match(`/1/2/${value}`).values
      }
    }
    const map = new UrlMap([new Rule('/<x>/<nested:y>/<z>', { endpoint: 'e' })], {
      converters: { nested: Nested },
    })
    expect(map.bind('h').match('/left/middle/right').values).toEqual({
      x: 'left',
      y: { a: '1', b: '2', c: 'middle' },
      z: 'right',
    })
  })

  it('refuse flags that would be lost, and expressions that are none', () => {
    class Loud extends BaseConverter {
      override regex: RegExp = /[a-z]+/i
    }
    class Broken extends BaseConverter {
      override regex = '[a-z'
    }
    expect(() => converted('/<loud:x>', '/A', { loud: Loud })).toThrow('has flags that cannot be kept')
    expect(() => converted('/a/<broken:x>', '/a', { broken: Broken })).toThrow(
      expect.objectContaining({ name: 'RuleSyntaxError', index: 3 }),
    )
  })

  it('may replace built-in ones', () => {
    expect(converted('/<x>', '/a+b', { default: ListConverter })).toEqual(['a', 'b'])
  })

  it('that extend built-in ones are matched by their own regex', () => {
    class Hex extends BaseConverter<number> {
      override regex = '[0-9a-f]+'
      override toJs(value: string): number {
        return Number.parseInt(value, 16)
      }
    }
    expect(converted('/<hex:x>', '/ff', { hex: Hex })).toBe(255)
    expect(converted('/<hex:x>', '/fg', { hex: Hex })).toBe(NONE)
  })
})
