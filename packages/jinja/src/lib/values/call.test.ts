import { describe, expect, it } from 'vitest'
import type { ContextView } from '../runtime-interface.ts'
import { callValue, isCallable } from './call.ts'
import { Kwargs } from './kwargs.ts'
import { toFloat } from './number.ts'
import { bindArguments, readSignature, withSignature } from './signature.ts'
import { Undefined } from './undefined.ts'

function named(items: object): Kwargs {
  return new Kwargs(Object.entries(items))
}

describe('a plain function', () => {
  it('gets keyword arguments as one object, floats as numbers, and what is missing as undefined', () => {
    const calls: unknown[][] = []
    const fn = (...args: unknown[]): void => void calls.push(args)
    callValue(
      fn,
      undefined,
      [1, toFloat(2), new Undefined()],
      named({ a: toFloat(3), __proto__: null }),
      undefined,
    )
    callValue(fn, undefined, [], new Kwargs(), undefined)
    expect(calls[0]!.slice(0, 3)).toEqual([1, 2, undefined])
    expect(Object.entries(calls[0]![3] as object)).toEqual([['a', 3]])
    expect(Object.getPrototypeOf(calls[0]![3])).toBeNull()
    expect(calls[1]).toEqual([])
  })

  it('gets its object', () => {
    function name(this: { name: string }): string {
      return this.name
    }
    expect(callValue(name, { name: 'x' }, [], null, undefined)).toBe('x')
  })
})

describe('a function with a signature', () => {
  const parameters = readSignature('f(a, b?, *, **)')

  it('gets its arguments in order', () => {
    expect(bindArguments(parameters, [1], named({ b: 2, c: 3 }))).toEqual([1, 2, [], named({ c: 3 })])
    expect(bindArguments(parameters, [1, 2, 3], null)).toEqual([1, 2, [3], new Kwargs()])
    expect(bindArguments(readSignature('f()'), [], null)).toEqual([])
    expect(bindArguments(readSignature('f(a, b?)'), [1], null)).toEqual([1])
  })

  it('gets what it asks for first', () => {
    const context = { environment: { id: 1 }, evalContext: { id: 2 } } as unknown as ContextView
    const passed = (pass: 'context' | 'evalContext' | 'environment'): unknown =>
      callValue(
        withSignature(readSignature('f()', pass), (first: unknown) => first),
        undefined,
        [],
        null,
        context,
      )
    expect([passed('context'), passed('evalContext'), passed('environment')]).toEqual([
      context,
      context.evalContext,
      context.environment,
    ])
  })

  it.each<readonly [signature: string, args: readonly unknown[], kwargs: object, message: string]>([
    ['f(a)', [], {}, "f() missing 1 required positional argument: 'a'"],
    ['f(a, b)', [], {}, "f() missing 2 required positional arguments: 'a' and 'b'"],
    ['f(a, b, c)', [], {}, "f() missing 3 required positional arguments: 'a', 'b', and 'c'"],
    ['f(a)', [1, 2], {}, 'f() takes 1 positional argument but 2 were given'],
    ['f(a, b?)', [1, 2, 3], {}, 'f() takes from 1 to 2 positional arguments but 3 were given'],
    ['f(a)', [1], { a: 2 }, "f() got multiple values for argument 'a'"],
    ['f(a)', [1], { b: 2 }, "f() got an unexpected keyword argument 'b'"],
    ['f(a, b)', [], { b: 2 }, "f() missing 1 required positional argument: 'a'"],
  ])('%s refuses %j and %j', (signature, args, kwargs, message) => {
    expect(() => bindArguments(readSignature(signature), args, named(kwargs))).toThrow(new TypeError(message))
  })
})

describe('what can be called', () => {
  it('is a function, an object that says so, and in name an undefined value', () => {
    const object = { __call__: (args: readonly unknown[]) => args.length }
    expect([() => 1, object, new Undefined(), 5, {}, null].map(isCallable)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(callValue(object, undefined, [1, 2], null, undefined)).toBe(2)
    expect(() => callValue(5, undefined, [], null, undefined)).toThrow(
      new TypeError("'int' object is not callable"),
    )
  })
})
