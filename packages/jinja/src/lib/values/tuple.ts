/**
 * A Python tuple: prints as `(1, 2)`, is a dict key by its items, and never equals a list. It is an array, so that
 * functions written in JavaScript can take it as one.
 */
export class Tuple<Item = unknown> extends Array<Item> {
  // Written out, as engines take four times as long for the constructor that classes have by default.
  constructor(length = 0) {
    super(length)
  }
}

/** A tuple with the given items. The array is not kept. */
export function tupleOf<Item>(items: ArrayLike<Item>): Tuple<Item> {
  const length = items.length
  const tuple = new Tuple<Item>(length)
  for (let index = 0; index < length; index++) tuple[index] = items[index]!
  return tuple
}

/** A tuple of two, as a mapping's items are. */
export function pairOf<First, Second>(first: First, second: Second): Tuple<First | Second> {
  // Setting indices of a sized array is three times as fast as passing the items to the constructor.
  const tuple = new Tuple<First | Second>(2)
  tuple[0] = first
  tuple[1] = second
  return tuple
}

export function isTuple(value: unknown): value is Tuple {
  return value instanceof Tuple
}
