import { Markup } from '@phial/markup'
import { describe, expect, test } from 'vitest'
import { SecurityError } from '../errors.ts'
import { Dict } from '../values/dict.ts'
import { IntRange } from '../values/range.ts'
import { tupleOf } from '../values/tuple.ts'
import { growth } from './growth.ts'
import { defaultLimits, Fuel, resolveLimits } from './limits.ts'
import { isInternalAttribute, isSafeCallable, modifiesKnownMutable, unsafe } from './policy.ts'

describe('modifiesKnownMutable', () => {
  test.each<[unknown, string, boolean]>([
    [[], 'append', true],
    [[], 'sort', true],
    [[], 'index', false],
    [[], 'copy', false],
    [{}, 'clear', true],
    [{}, 'setdefault', true],
    [{}, 'keys', false],
    [Object.create(null), 'update', true],
    [new Dict(), 'pop', true],
    [new Map(), 'popitem', true],
    [new Set(), 'add', true],
    [new Set(), 'union', false],
    ['', 'upper', false],
    ['', 'pop', false],
    [null, 'clear', false],
    [undefined, 'clear', false],
    [new Date(), 'clear', false],
  ])('%o.%s: %s', (object, name, expected) => {
    expect(modifiesKnownMutable(object, name)).toBe(expected)
  })
})

test('what leads into the language is internal (S70)', () => {
  for (const name of ['constructor', '__proto__', '__class__', '__defineGetter__']) {
    expect(isInternalAttribute({}, name), name).toBe(true)
  }
  for (const name of ['call', 'apply', 'bind', 'prototype', 'name', 'toString']) {
    expect(isInternalAttribute(class {}, name), name).toBe(true)
  }
  for (const name of ['items', '_x', 'name', 'length', 'call', 'caller', 'arguments']) {
    expect(isInternalAttribute({}, name), name).toBe(false)
  }
})

describe('isSafeCallable', () => {
  test('refuses what makes code', () => {
    const makers = [
      // biome-ignore lint/security/noGlobalEval: it is not called.
      globalThis.eval,
      Function,
      (async () => {}).constructor,
      function* () {}.constructor,
      async function* () {}.constructor,
    ]
    for (const maker of makers) expect(isSafeCallable(maker)).toBe(false)
  })

  test('refuses what is marked', () => {
    expect(isSafeCallable(unsafe(() => 1))).toBe(false)
    expect(isSafeCallable(Object.assign(() => 1, { unsafe_callable: true }))).toBe(false)
    expect(isSafeCallable(Object.assign(() => 1, { alters_data: true }))).toBe(false)
  })

  test('lets everything else be called', () => {
    class Plain {}
    for (const callee of [() => 1, function named() {}, Plain, Math.max, String, 5, null, undefined, {}]) {
      expect(isSafeCallable(callee)).toBe(true)
    }
  })
})

describe('limits (L20)', () => {
  test('have defaults, and refuse what is none', () => {
    expect(resolveLimits()).toEqual(defaultLimits)
    expect(resolveLimits({ steps: 5 })).toEqual({ ...defaultLimits, steps: 5 })
    expect(resolveLimits({ steps: Number.POSITIVE_INFINITY }).steps).toBe(Number.POSITIVE_INFINITY)
    for (const value of [0, -1, Number.NaN, '5' as unknown as number, null as unknown as number]) {
      expect(() => resolveLimits({ output: value })).toThrow('the limit output must be a number above 0')
    }
  })

  test('steps run out', () => {
    const fuel = new Fuel(resolveLimits({ steps: 3 }))
    for (let i = 0; i < 3; i++) fuel.step()
    expect(() => fuel.step()).toThrow(SecurityError)
    expect(() => fuel.step()).toThrow('the template takes more steps than the sandbox allows (3)')
  })

  test('output runs out', () => {
    const fuel = new Fuel(resolveLimits({ output: 10 }))
    fuel.print(10)
    expect(() => fuel.print(1)).toThrow('the output is longer than the sandbox allows (10 characters)')
  })

  test('what is made costs what it is long', () => {
    const limits = resolveLimits({ steps: 100, output: 1000 })
    const list = Array.from({ length: 101 })
    for (const value of [list, tupleOf(list), new Set(list.map((_, i) => i)), new IntRange(0, 101)]) {
      expect(() => new Fuel(limits).made(value)).toThrow(SecurityError)
    }
    for (const value of [[1], 'x'.repeat(1000), 5, null, undefined, {}, 10n ** 1000n]) {
      expect(new Fuel(limits).made(value)).toBe(value)
    }
    expect(() => new Fuel(limits).made('x'.repeat(1001))).toThrow('a value is longer than the sandbox allows')
    expect(() => new Fuel(limits).made(new Markup('x'.repeat(1001)))).toThrow(SecurityError)
    expect(() => new Fuel(limits).made(1n << 70_000n)).toThrow('more digits than the sandbox allows')
  })
})

describe('growth', () => {
  const named = (entries: Record<string, unknown>): Map<string, unknown> => new Map(Object.entries(entries))
  const big = 'x'.repeat(1000)

  test.each<
    ['filters' | 'methods' | 'functions', string, unknown, unknown[], Record<string, unknown>, number]
  >([
    ['filters', 'replace', big, ['', big], {}, 1000 * 1000],
    ['filters', 'replace', big, ['x'], { new: big }, 1000 * 1000],
    ['methods', 'replace', new Markup(big), ['x', big], {}, 1000 * 1000],
    ['filters', 'join', Array.from({ length: 500 }), [big], {}, 500_000],
    ['methods', 'join', big, [Array.from({ length: 500 })], {}, 499_000],
    ['filters', 'batch', [], [1e9], {}, 1e9],
    ['filters', 'slice', [], [], { slices: 1e9 }, 1e9],
    ['filters', 'center', '', [1e9], {}, 1e9],
    ['filters', 'indent', 'a\n'.repeat(100), [1e6], {}, 1e8],
    ['filters', 'indent', 'a\n'.repeat(100), [big], {}, 1e5],
    ['filters', 'tojson', [], [], { indent: 1e9 }, 1e9],
    ['filters', 'round', 1, [1e9], {}, 1e9],
    ['filters', 'wordwrap', big, [1], { wrapstring: '\n' }, 1000],
    ['filters', 'wordwrap', big, [1, true, big], {}, 1e6],
    ['filters', 'format', '%s'.repeat(100), [big], {}, 1e5],
    ['methods', 'format', '{0}'.repeat(100), [big], {}, 1e5],
    ['methods', 'format', '{a}'.repeat(100), [], { a: [[big]] }, 1e5],
    ['methods', 'format_map', '{a}'.repeat(100), [new Map([['a', big]])], {}, 1e5],
    ['methods', 'expandtabs', '\t'.repeat(100), [1e6], {}, 1e8],
    ['methods', 'zfill', '', [10n ** 30n], {}, 1e9],
    ['methods', 'translate', big, [new Map([[120, big]])], {}, 1e6],
    ['functions', 'lipsum', undefined, [1e6], {}, 1e8],
  ])('%s %s of %o can be as long as its arguments make it', (table, name, subject, args, more, least) => {
    expect(growth[table].get(name)!(subject, args, named(more))).toBeGreaterThanOrEqual(least)
  })

  test.each<['filters' | 'methods' | 'functions', string, unknown, unknown[]]>([
    ['filters', 'replace', big, ['y', 'z']],
    ['filters', 'join', [1, 2], [', ']],
    ['filters', 'indent', big, [4]],
    ['filters', 'center', big, []],
    ['filters', 'tojson', [1], [2]],
    ['methods', 'format', '{} {}', [1, 'a']],
    ['methods', 'expandtabs', 'a\tb', []],
    ['methods', 'translate', big, [{}]],
    ['functions', 'lipsum', undefined, []],
  ])('%s %s as everybody uses it stays small', (table, name, subject, args) => {
    expect(growth[table].get(name)!(subject, args, null)).toBeLessThan(10_000)
  })
})
