import { FilterArgumentError } from '../errors.ts'
import type { EnvironmentView } from '../runtime-interface.ts'
import { equals } from '../values/compare.ts'
import { GeneratorValue, SKIP } from '../values/generator-value.ts'
import { hashKey } from '../values/hash-key.ts'
import { isOneShot, iterate, toArray } from '../values/iterate.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { flagArgument } from '../values/methods/arguments.ts'
import { AttributeError } from '../values/python-errors.ts'
import { sorted } from '../values/sort.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { Tuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { refuseUndefined } from '../values/undefined.ts'
import { collecting } from './async.ts'
import { attributeGetter, ignoreCase, keyGetter } from './attribute.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Filters that order and group items. */
export const orderFilters: readonly Row[] = [
  collecting(define('do_sort(value, reverse?, case_sensitive?, attribute?)', sort, 'environment')),
  collecting(define('do_dictsort(value, case_sensitive?, by?, reverse?)', sortDict)),
  collecting(define('sync_do_unique(value, case_sensitive?, attribute?)', unique, 'environment')),
  collecting(define('sync_do_groupby(value, attribute, default?, case_sensitive?)', groupBy, 'environment')),
]

/** @param attribute One attribute, or several between commas: the first that differs decides. */
function sort(
  environment: EnvironmentView,
  value: unknown,
  reverse: unknown = false,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): unknown[] {
  const attributes = plainTextOf(attribute)?.split(',') ?? [attribute]
  const getters = attributes.map((name) => keyGetter(environment, name, caseSensitive))
  const list = toArray(value)
  const first = list.map(getters[0]!)
  const isSimple = getters.length === 1 && (first.every(isOneOf('string')) || first.every(isOneOf('number')))
  // Values without an order may stand in a list as long as they are equal, so they are compared inside one.
  const keys = isSimple ? first : list.map((item) => getters.map((get) => get(item)))
  return sorted(list, keys, flagArgument(reverse))
}

function isOneOf(type: 'string' | 'number') {
  return (value: unknown): boolean => typeof value === type
}

function sortDict(
  value: unknown,
  caseSensitive: unknown = false,
  by: unknown = 'key',
  reverse: unknown = false,
): unknown[] {
  const position = ['key', 'value'].indexOf(plainTextOf(by) ?? '')
  if (position < 0) throw new FilterArgumentError('You can only sort by either "key" or "value"')
  if (!isMapping(value)) {
    refuseUndefined(value)
    throw new AttributeError(`'${typeName(value)}' object has no attribute 'items'`)
  }
  const items = mappingItems(value)
  const isSensitive = isTrue(caseSensitive)
  const keys = items.map((item) => (isSensitive ? item[position] : ignoreCase(item[position])))
  return sorted(items, keys, flagArgument(reverse))
}

function unique(
  environment: EnvironmentView,
  value: unknown,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): GeneratorValue {
  const keyOf = keyGetter(environment, attribute, caseSensitive)
  const seen = new Set<unknown>()
  return new GeneratorValue(
    () => (isOneShot(value) ? iterate(value) : toArray(value)),
    (item) => {
      const key = hashKey(keyOf(item))
      if (seen.has(key)) return SKIP
      seen.add(key)
      return item
    },
  )
}

/** What `groupby` gives for each group: a tuple whose two items have names. */
class Group extends Tuple {
  get grouper(): unknown {
    return this[0]
  }

  get list(): unknown {
    return this[1]
  }
}

function groupBy(
  environment: EnvironmentView,
  value: unknown,
  attribute: unknown,
  fallback: unknown = null,
  caseSensitive: unknown = false,
): Group[] {
  const keyOf = keyGetter(environment, attribute, caseSensitive, fallback)
  const list = toArray(value)
  const keys = list.map(keyOf)
  const order = sorted(
    list.map((_, index) => index),
    keys,
  ) as number[]
  const groups: Group[] = []
  let lastKey: unknown
  for (const index of order) {
    const key = keys[index]
    if (groups.length === 0 || !equals(lastKey, key)) {
      const group = new Group(2)
      group[0] = attributeGetter(environment, attribute, fallback)(list[index])
      group[1] = []
      groups.push(group)
    }
    lastKey = key
    ;(groups.at(-1)![1] as unknown[]).push(list[index])
  }
  return groups
}
