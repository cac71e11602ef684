import { TemplateRuntimeError } from '../errors.ts'
import { isIterable, iterate } from '../values/iterate.ts'
import { ValueError } from '../values/python-errors.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'

/**
 * The items of a value that is assigned to several targets.
 *
 * @throws {ValueError} if there are more or fewer.
 * @throws {TypeError} if the value has none.
 */
export function unpack(value: unknown, count: number): readonly unknown[] {
  if (Array.isArray(value)) {
    if (value.length === count) return value
    throw value.length > count ? tooMany(count) : tooFew(count, value.length)
  }
  if (!isIterable(value)) throw new TypeError(`cannot unpack non-iterable ${typeName(value)} object`)
  const items: unknown[] = []
  const iterator = iterate(value)
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    if (items.length === count) throw tooMany(count)
    items.push(step.value)
  }
  if (items.length < count) throw tooFew(count, items.length)
  return items
}

function tooMany(count: number): ValueError {
  return new ValueError(`too many values to unpack (expected ${count})`)
}

function tooFew(count: number, given: number): ValueError {
  return new ValueError(`not enough values to unpack (expected ${count}, got ${given})`)
}

/** A value whose attributes templates may set: a namespace. */
export interface Assignable {
  __setattr__(name: string, value: unknown): void
}

/**
 * The value as a namespace. Asked before anything is assigned, so that an error leaves all targets as they were.
 *
 * @throws {TemplateRuntimeError} if it is none.
 */
export function asNamespace(value: unknown): Assignable {
  if (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Assignable>).__setattr__ === 'function'
  ) {
    return value as Assignable
  }
  const error = new TemplateRuntimeError('cannot assign attribute on non-namespace object')
  error.hint = 'Attributes can be set of namespaces only: {% set name = namespace() %}'
  throw error
}

/** Whether a variable has a value: the test `defined`, asked of a variable that may be missing. */
export function isDefined(value: unknown): boolean {
  return value !== undefined && !(value instanceof Undefined)
}
