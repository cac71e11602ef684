import { hasSurrogates } from './code-points.ts'
import { isLess } from './compare.ts'

/**
 * A stable sort with Python's order: `sorted(items, key=…, reverse=…)`.
 *
 * @param keys What to compare, one for each item. Default: the items themselves.
 * @returns A new array.
 * @throws {TypeError} if two keys have no order.
 */
export function sorted(
  items: readonly unknown[],
  keys: readonly unknown[] = items,
  reverse: boolean = false,
): unknown[] {
  const order: number[] = new Array(items.length)
  for (let index = 0; index < items.length; index++) order[index] = index
  // Descending keeps the order of equal items: compare the other way round instead of turning the result.
  order.sort(comparator(keys, reverse))
  return order.map((index) => items[index])
}

function comparator(keys: readonly unknown[], reverse: boolean): (a: number, b: number) => number {
  const sign = reverse ? -1 : 1
  if (keys.every((key) => typeof key === 'number' && !Number.isNaN(key))) {
    const numbers = keys as readonly number[]
    return (a, b) => {
      const left = numbers[a]!
      const right = numbers[b]!
      return left < right ? -sign : left > right ? sign : 0
    }
  }
  if (keys.every((key) => typeof key === 'string' && !hasSurrogates(key))) {
    const texts = keys as readonly string[]
    return (a, b) => {
      const left = texts[a]!
      const right = texts[b]!
      return left < right ? -sign : left > right ? sign : 0
    }
  }
  return (a, b) => (isLess(keys[a], keys[b]) ? -sign : isLess(keys[b], keys[a]) ? sign : 0)
}
