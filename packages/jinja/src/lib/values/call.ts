import type { ContextView } from '../runtime-interface.ts'
import type { Kwargs } from './kwargs.ts'
import { optionsOf } from './kwargs.ts'
import { Float } from './number.ts'
import { isCallableObject } from './protocol.ts'
import type { Pass, Signature } from './signature.ts'
import { bindArguments, signatureOf } from './signature.ts'
import { typeName } from './type-name.ts'
import { refuseUndefined, Undefined } from './undefined.ts'

/** Whether a template can call the value. Undefined values count, though the call raises: as in Python. */
export function isCallable(value: unknown): boolean {
  return typeof value === 'function' || isCallableObject(value) || value instanceof Undefined
}

/**
 * Calls a value with the arguments of a template.
 *
 * Functions of the engine (filters, methods of Python's types, everything made by `withSignature`) get keyword
 * arguments by the names of their parameters. Plain JavaScript functions get them as one object at the end; floats
 * arrive as numbers and missing values as `undefined` there.
 *
 * @param self The object that a method was taken from, else `undefined`.
 * @throws {TypeError} if the value cannot be called or the arguments do not fit.
 */
export function callValue(
  callee: unknown,
  self: unknown,
  args: readonly unknown[],
  kwargs: Kwargs | null,
  context: ContextView | undefined,
): unknown {
  if (typeof callee === 'function') {
    const signature = signatureOf(callee)
    if (signature === undefined) return Reflect.apply(callee, self, plainArguments(args, kwargs))
    return Reflect.apply(callee, self, signedArguments(signature, args, kwargs, context))
  }
  if (isCallableObject(callee)) return callee.__call__(args, kwargs)
  refuseUndefined(callee)
  throw new TypeError(`'${typeName(callee)}' object is not callable`)
}

function signedArguments(
  signature: Signature,
  args: readonly unknown[],
  kwargs: Kwargs | null,
  context: ContextView | undefined,
): readonly unknown[] {
  const bound =
    signature.parameters === undefined ? plainArguments(args, kwargs) : bindArguments(signature, args, kwargs)
  return signature.pass === undefined ? bound : [passedArgument(signature.pass, context), ...bound]
}

/** What a function that asks for the context, or a part of it, gets. */
export function passedArgument(pass: Pass, context: ContextView | undefined): unknown {
  if (context === undefined) throw new TypeError(`a function that takes the ${pass} was called without one`)
  switch (pass) {
    case 'context':
      return context
    case 'evalContext':
      return context.evalContext
    case 'environment':
      return context.environment
  }
}

/** The arguments as plain JavaScript functions take them. */
function plainArguments(args: readonly unknown[], kwargs: Kwargs | null): unknown[] {
  const plain = args.map(plainValue)
  if (kwargs !== null && kwargs.size > 0) {
    const options = optionsOf(kwargs)
    for (const name of kwargs.keys()) options[name] = plainValue(options[name])
    plain.push(options)
  }
  return plain
}

function plainValue(value: unknown): unknown {
  if (value instanceof Float) return value.valueOf()
  return value instanceof Undefined ? undefined : value
}
