import { describe, expect, it, vi } from 'vitest'
import { UndefinedError } from '../errors.ts'
import { callValue } from './call.ts'
import { equals } from './compare.ts'
import { lengthOf, toArray } from './iterate.ts'
import { getAttribute, getItem } from './lookup.ts'
import { add, concat } from './operators.ts'
import { toText } from './python-text.ts'
import { hasHtml } from './text-value.ts'
import { isTrue } from './truth.ts'
import type { UndefinedClass } from './undefined.ts'
import {
  ChainableUndefined,
  DebugUndefined,
  isUndefined,
  MISSING,
  makeLoggingUndefined,
  StrictUndefined,
  Undefined,
} from './undefined.ts'

/** A name that the context lacks. */
function missing(type: UndefinedClass): Undefined {
  return new type(null, MISSING, 'x')
}

describe('the message of an undefined value', () => {
  it.each<readonly [object: unknown, name: unknown, message: string]>([
    [MISSING, 'x', "'x' is undefined"],
    [{}, 'x', "'dict object' has no attribute 'x'"],
    [{}, 5, 'dict object has no element 5'],
    [[], 5, 'list object has no element 5'],
    [null, 'x', "'None' has no attribute 'x'"],
    ['a', 'x', "'str object' has no attribute 'x'"],
    [MISSING, null, 'None is undefined'],
  ])('for a member of %o: %s', (object, name, message) => {
    expect(new Undefined(null, object, name).undefinedMessage()).toBe(message)
  })

  it('may be given', () => {
    expect(() => new Undefined('not today').fail()).toThrow(new UndefinedError('not today'))
    expect(() => new Undefined('no', MISSING, null, RangeError).fail()).toThrow(RangeError)
  })
})

type Outcome = string | number | boolean | readonly unknown[]

const RAISES = "'x' is undefined"

const USES: readonly (readonly [use: string, run: (value: Undefined) => unknown, ...outcomes: Outcome[]])[] =
  [
    // What comes of it for: Undefined, ChainableUndefined, DebugUndefined, StrictUndefined
    ['printing', toText, '', '', '{{ x }}', RAISES],
    ['joining', (value) => concat([value, 'a'], false), 'a', 'a', '{{ x }}a', RAISES],
    ['truth', isTrue, false, false, false, RAISES],
    ['a loop', toArray, [], [], [], RAISES],
    ['length', lengthOf, 0, 0, 0, RAISES],
    ['==', (value) => equals(value, 1), false, false, false, RAISES],
    ['== itself', (value) => equals(value, value), true, true, true, RAISES],
    ['+', (value) => add(value, 1), RAISES, RAISES, RAISES, RAISES],
    ['an attribute', (value) => getAttribute(value, 'y') === value, RAISES, true, RAISES, RAISES],
    ['an item', (value) => getItem(value, 0) === value, RAISES, true, RAISES, RAISES],
    ['a call', (value) => callValue(value, undefined, [], null, undefined), RAISES, RAISES, RAISES, RAISES],
    ['being defined', (value) => !isUndefined(value), false, false, false, false],
    ['having HTML', hasHtml, false, true, false, false],
  ]

describe.each([
  ['Undefined', Undefined, 2],
  ['ChainableUndefined', ChainableUndefined, 3],
  ['DebugUndefined', DebugUndefined, 4],
  ['StrictUndefined', StrictUndefined, 5],
] as const)('%s', (_, type, column) => {
  it.each(USES.map((row) => [row[0], row[column] as Outcome, row[1]] as const))(
    '%s: %j',
    (__, outcome, run) => {
      const value = missing(type)
      if (outcome === RAISES) expect(() => run(value)).toThrow(new UndefinedError(RAISES))
      else expect(run(value)).toEqual(outcome)
    },
  )
})

describe('DebugUndefined', () => {
  it('prints what was missing', () => {
    expect(toText(new DebugUndefined(null, { a: 1 }, 'b'))).toBe("{{ no such element: dict object['b'] }}")
    expect(toText(new DebugUndefined('why'))).toBe('{{ undefined value printed: why }}')
  })
})

describe('a logging class', () => {
  it('reports each use', () => {
    const logger = { warn: vi.fn(), error: vi.fn() }
    const value = missing(makeLoggingUndefined(logger))
    toText(value)
    isTrue(value)
    toArray(value)
    expect(logger.warn).toHaveBeenCalledTimes(3)
    expect(logger.warn).toHaveBeenCalledWith("Template variable warning: 'x' is undefined")
    expect(() => add(value, 1)).toThrow(UndefinedError)
    expect(logger.error).toHaveBeenCalledWith("Template variable error: 'x' is undefined")
  })

  it('keeps the behaviour of another', () => {
    const logger = { warn: vi.fn(), error: vi.fn() }
    expect(() => toText(missing(makeLoggingUndefined(logger, StrictUndefined)))).toThrow(UndefinedError)
  })
})
