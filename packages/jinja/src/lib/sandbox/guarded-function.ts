import type { TemplateFunction } from '../runtime-interface.ts'
import { Kwargs } from '../values/kwargs.ts'
import type { Method } from '../values/methods/method.ts'
import { OverflowError } from '../values/python-errors.ts'
import { IntRange } from '../values/range.ts'
import type { Signature } from '../values/signature.ts'
import { signatureOf, withSignature } from '../values/signature.ts'
import type { Estimate } from './growth.ts'
import { refuseLongResult } from './operators.ts'

/**
 * Makes a function of a registry check how long its result can become, before it runs. One that the application has put
 * there itself stays as it is.
 *
 * @param subjects How many of its arguments are what it works on: one for filters, none for functions.
 */
export function guardFunction(
  registry: Map<string, unknown>,
  name: string,
  estimate: Estimate,
  limit: number,
  subjects: 0 | 1,
): void {
  const fn = registry.get(name)
  const signature = typeof fn === 'function' ? signatureOf(fn) : undefined
  if (signature === undefined) return
  const guarded: TemplateFunction = (...bound: unknown[]) => {
    const given = signature.pass === undefined ? bound : bound.slice(1)
    const { args, named } = unbound(signature, given.slice(subjects))
    refuseLongResult(name, estimate(given[0], args, named), limit)
    return (fn as TemplateFunction)(...bound)
  }
  registry.set(name, withSignature(signature, guarded))
}

/**
 * Makes `range` refuse more numbers than a limit.
 *
 * @throws {OverflowError} from then on, as in Jinja.
 */
export function guardRange(registry: Map<string, unknown>, limit: number): void {
  const range = registry.get('range') as TemplateFunction
  const guarded: TemplateFunction = (...bound: unknown[]) => {
    const made = range(...bound)
    if (made instanceof IntRange && made.size() > limit) {
      throw new OverflowError(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${limit}).`)
    }
    return made
  }
  const signature = signatureOf(range)
  registry.set('range', signature === undefined ? guarded : withSignature(signature, guarded))
}

/** As {@link guardFunction}, for a method of Python's types. */
export function guardMethod(method: Method, estimate: Estimate, limit: number): Method {
  const { invoke, signature } = method
  return {
    ...method,
    invoke: (self: unknown, ...bound: unknown[]) => {
      const { args, named } = unbound(signature, signature.pass === undefined ? bound : bound.slice(1))
      refuseLongResult(signature.name, estimate(self, args, named), limit)
      return invoke(self, ...bound)
    },
  }
}

/** The arguments of a call from those that a function gets: what is left of them comes as an array, and as a map. */
function unbound(
  signature: Signature,
  bound: readonly unknown[],
): { args: readonly unknown[]; named: Kwargs | null } {
  let args = bound
  let named: Kwargs | null = null
  if (signature.keywords === true && args.at(-1) instanceof Kwargs) {
    named = args.at(-1) as Kwargs
    args = args.slice(0, -1)
  }
  if (signature.varargs === true) {
    const rest = args.at(-1)
    args = Array.isArray(rest) ? [...args.slice(0, -1), ...rest] : args
  }
  return { args, named }
}
