import type { ContextView } from '../../runtime-interface.ts'
import { passedArgument } from '../call.ts'
import type { Kwargs } from '../kwargs.ts'
import type { Signature } from '../signature.ts'
import { bindArguments, checkPositional, readSignature, withSignature } from '../signature.ts'

/** A method (or read-only attribute) that a Python type has and JavaScript's value does not. */
export interface Method {
  readonly signature: Signature
  /** An attribute: computed when it is read. */
  readonly isProperty?: boolean
  /** Called with the value, what `signature.pass` says, and the arguments in the order of the parameters. */
  // biome-ignore lint/suspicious/noExplicitAny: each method knows its own parameters.
  invoke(self: any, ...args: any[]): unknown
}

export type MethodTable = ReadonlyMap<string, Method>

type Row = readonly [string, Method]

/**
 * A method with positional parameters.
 *
 * @param parameters As `readSignature` takes them.
 */
export function method(name: string, parameters: string, invoke: Method['invoke']): Row {
  return [name, { signature: { ...signatureFor(name, parameters), positionalOnly: true }, invoke }]
}

/** A method whose parameters can also be given by name. */
export function keywordMethod(name: string, parameters: string, invoke: Method['invoke']): Row {
  return [name, { signature: signatureFor(name, parameters), invoke }]
}

/** A method with more settings in its signature. */
export function specialMethod(
  name: string,
  parameters: string,
  more: Partial<Signature>,
  invoke: Method['invoke'],
): Row {
  return [name, { signature: { ...signatureFor(name, parameters), ...more }, invoke }]
}

/** An attribute. */
export function property(name: string, invoke: Method['invoke']): Row {
  return [name, { signature: { name }, isProperty: true, invoke }]
}

function signatureFor(name: string, parameters: string): Signature {
  return readSignature(`${name}(${parameters})`)
}

/** Calls a method of the tables. */
export function callBuiltIn(
  { signature, invoke }: Method,
  self: unknown,
  args: readonly unknown[],
  kwargs: Kwargs | null,
  context: ContextView | undefined,
): unknown {
  if (signature.positionalOnly === true) checkPositional(signature, args.length, kwargs, self)
  const bound = bindArguments(signature, args, kwargs)
  if (signature.pass !== undefined) return invoke(self, passedArgument(signature.pass, context), ...bound)
  switch (bound.length) {
    case 0:
      return invoke(self)
    case 1:
      return invoke(self, bound[0])
    default:
      return invoke(self, ...bound)
  }
}

/** The method as a function of its own, for templates that store it: `{% set f = text.upper %}`. */
export function bindMethod({ signature, invoke }: Method, self: unknown): (...args: unknown[]) => unknown {
  return withSignature(signature, (...args: unknown[]) => invoke(self, ...args))
}
