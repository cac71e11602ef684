import type { EnvironmentView } from '../runtime-interface.ts'
import { compareOrder, equals } from '../values/compare.ts'
import { GeneratorValue } from '../values/generator-value.ts'
import { iterate, toArray, toList } from '../values/iterate.ts'
import { indexArgument } from '../values/methods/arguments.ts'
import { add, floorDivide, modulo, multiply, subtract } from '../values/operators.ts'
import { isText } from '../values/text-value.ts'
import { collecting } from './async.ts'
import { attributeGetter, itself, keyGetter } from './attribute.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Filters that compute with the items of a sequence, or with their number. */
export const aggregateFilters: readonly Row[] = [
  collecting(define('do_min(value, case_sensitive?, attribute?)', extreme('<'), 'environment')),
  collecting(define('do_max(value, case_sensitive?, attribute?)', extreme('>'), 'environment')),
  collecting(define('sync_do_sum(iterable, attribute?, start?)', sum, 'environment')),
  collecting(define('do_batch(value, linecount, fill_with?)', batch)),
  collecting(define('sync_do_slice(value, slices, fill_with?)', slice)),
]

function extreme(operator: '<' | '>') {
  return (
    environment: EnvironmentView,
    value: unknown,
    caseSensitive: unknown = false,
    attribute: unknown = null,
  ): unknown => {
    const list = toArray(value)
    if (list.length === 0) return environment.makeUndefined('No aggregated item, sequence was empty.')
    const keyOf = keyGetter(environment, attribute, caseSensitive)
    let best = list[0]
    let bestKey = keyOf(best)
    for (let index = 1; index < list.length; index++) {
      const key = keyOf(list[index])
      if (!compareOrder(key, bestKey, operator)) continue
      best = list[index]
      bestKey = key
    }
    return best
  }
}

function sum(
  environment: EnvironmentView,
  value: unknown,
  attribute: unknown = null,
  start: unknown = 0,
): unknown {
  const get = attribute === null ? itself : attributeGetter(environment, attribute)
  const items = toArray(value)
  if (isText(start)) throw new TypeError("sum() can't sum strings [use ''.join(seq) instead]")
  let total = start
  for (const item of items) total = add(total, get(item))
  return total
}

function batch(value: unknown, size: unknown, fill: unknown = null): GeneratorValue {
  return new GeneratorValue(() => batches(value, size, fill), itself)
}

function* batches(value: unknown, size: unknown, fill: unknown): Generator<unknown[]> {
  let row: unknown[] = []
  const source = iterate(value)
  for (let step = source.next(); !step.done; step = source.next()) {
    if (equals(row.length, size)) {
      yield row
      row = []
    }
    row.push(step.value)
  }
  if (row.length === 0) return
  if (fill !== null && compareOrder(row.length, size, '<')) {
    row = add(row, multiply([fill], subtract(size, row.length))) as unknown[]
  }
  yield row
}

function slice(value: unknown, count: unknown, fill: unknown = null): GeneratorValue {
  return new GeneratorValue(() => slices(value, count, fill), itself)
}

function* slices(value: unknown, count: unknown, fill: unknown): Generator<unknown[]> {
  const list = toList(value)
  const size = floorDivide(list.length, count)
  const withExtra = Number(modulo(list.length, count))
  const columns = indexArgument(count)
  let from = 0
  for (let column = 0; column < columns; column++) {
    const end = from + Number(size) + (column < withExtra ? 1 : 0)
    const part = list.slice(from, end)
    if (fill !== null && column >= withExtra) part.push(fill)
    from = end
    yield part
  }
}
