import type { Row } from '../filters/define.ts'
import { define } from '../filters/define.ts'
import type { EnvironmentView, TemplateFunction } from '../runtime-interface.ts'
import { isCallable } from '../values/call.ts'
import { isIterable } from '../values/iterate.ts'
import { isMapping, mappingHas } from '../values/mapping.ts'
import { isFloat, isInt, isNumber } from '../values/number.ts'
import { IntRange } from '../values/range.ts'
import { hasHtml, isText } from '../values/text-value.ts'
import { isUndefined, Undefined } from '../values/undefined.ts'
import { test } from './define.ts'

/** Tests of what a value is. */
export const valueTests: readonly Row[] = [
  test('defined', (value) => !isUndefined(value)),
  test('undefined', isUndefined),
  registered('filter', ({ filters }) => filters),
  registered('test', ({ tests }) => tests),
  test('none', (value) => value === null),
  test('boolean', (value) => typeof value === 'boolean'),
  test('false', (value) => value === false),
  test('true', (value) => value === true),
  test('integer', isInt),
  test('float', isFloat),
  test('number', (value) => isNumber(value) || typeof value === 'boolean'),
  test('string', isText),
  test('mapping', isMapping),
  test('sequence', isSequence),
  test('iterable', (value) => {
    if (value instanceof Undefined) value.toItems()
    return isIterable(value)
  }),
  define('callable(obj, /)', isCallable),
  test('escaped', hasHtml),
]

/** Whether a filter or test of a name exists. */
function registered(
  name: string,
  registryOf: (environment: EnvironmentView) => ReadonlyMap<string, TemplateFunction>,
): Row {
  return define(
    `test_${name}(value)`,
    (environment: EnvironmentView, value: unknown) => mappingHas(registryOf(environment), value),
    'environment',
  )
}

/** Has a length and items by position or key. */
function isSequence(value: unknown): boolean {
  if (value instanceof Undefined) {
    try {
      value.size()
      return true
    } catch {
      return false
    }
  }
  return (
    isText(value) ||
    Array.isArray(value) ||
    isMapping(value) ||
    value instanceof IntRange ||
    value instanceof Uint8Array
  )
}
