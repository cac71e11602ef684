import { isMarkup } from '@phial/markup/core'
import { codePoints, hasSurrogates } from './code-points.ts'
import { isMapping } from './mapping.ts'
import { indexValue } from './number.ts'
import { ValueError } from './python-errors.ts'
import { IntRange } from './range.ts'
import { sameKind } from './text-value.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/**
 * `value[start:stop:step]`. Bounds that are left out are `null`.
 *
 * @throws {TypeError} if the value cannot be sliced or a bound is not an int.
 * @throws {ValueError} if the step is zero.
 */
export function getSlice(value: unknown, start: unknown, stop: unknown, step: unknown): unknown {
  if (typeof value === 'string' || isMarkup(value)) {
    const text = value.toString()
    const bounds = sliceBounds(start, stop, step, hasSurrogates(text) ? -1 : text.length)
    if (bounds === undefined) {
      const characters = codePoints(text)
      return sameKind(
        value,
        pick(characters, sliceBounds(start, stop, step, characters.length)!, []).join(''),
      )
    }
    if (bounds.step === 1)
      return sameKind(value, text.slice(bounds.start, Math.max(bounds.start, bounds.stop)))
    return sameKind(value, pick(text.split(''), bounds, []).join(''))
  }
  if (Array.isArray(value)) {
    const bounds = sliceBounds(start, stop, step, value.length)!
    return pick(value, bounds, value instanceof Tuple ? new Tuple<unknown>() : [])
  }
  if (value instanceof IntRange) return sliceRange(value, sliceBounds(start, stop, step, value.size())!)
  if (value instanceof Uint8Array) {
    return Uint8Array.from(pick(value, sliceBounds(start, stop, step, value.length)!, []))
  }
  if (value instanceof Undefined) return value.member(null)
  if (isMapping(value)) throw new TypeError("unhashable type: 'slice'")
  throw new TypeError(`'${typeName(value)}' object is not subscriptable`)
}

interface SliceBounds {
  readonly start: number
  readonly stop: number
  readonly step: number
}

/** The bounds for a sequence of a length; `undefined` where that is not known (-1). Checks the types either way. */
function sliceBounds(start: unknown, stop: unknown, step: unknown, length: number): SliceBounds | undefined {
  const stepValue = sliceIndex(step) ?? 1
  if (stepValue === 0) throw new ValueError('slice step cannot be zero')
  const startValue = sliceIndex(start)
  const stopValue = sliceIndex(stop)
  if (length < 0) return undefined
  const isForward = stepValue > 0
  const lowest = isForward ? 0 : -1
  const highest = isForward ? length : length - 1
  const clamp = (value: number): number =>
    value < 0 ? Math.max(value + length, lowest) : Math.min(value, highest)
  return {
    start: startValue === undefined ? (isForward ? 0 : highest) : clamp(startValue),
    stop: stopValue === undefined ? (isForward ? highest : -1) : clamp(stopValue),
    step: stepValue,
  }
}

/** A bound of a slice; `undefined` if it is left out. */
export function sliceIndex(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined
  const index = indexValue(value)
  if (index === undefined) {
    throw new TypeError('slice indices must be integers or None or have an __index__ method')
  }
  return Number(index)
}

function pick<Item, Out extends Item[]>(
  items: ArrayLike<Item>,
  { start, stop, step }: SliceBounds,
  out: Out,
): Out {
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) out.push(items[index]!)
  return out
}

function sliceRange(range: IntRange, bounds: SliceBounds): IntRange {
  const { start, step } = range.bounds()
  return new IntRange(start + bounds.start * step, start + bounds.stop * step, step * bounds.step)
}
