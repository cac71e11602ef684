import { indexValue } from '../number.ts'
import { OverflowError } from '../python-errors.ts'
import { sliceIndex } from '../slice.ts'
import { plainTextOf } from '../text-value.ts'
import { typeName } from '../type-name.ts'

/** An argument that must be text. */
export function textArgument(value: unknown, message: (type: string) => string): string {
  const text = plainTextOf(value)
  if (text !== undefined) return text
  throw new TypeError(message(typeName(value)))
}

/** An argument that must be an int, small enough to count with. */
export function indexArgument(value: unknown): number {
  const index = indexValue(value)
  if (index === undefined)
    throw new TypeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
  const number = Number(index)
  if (!Number.isSafeInteger(number)) throw new OverflowError('Python int too large to convert to C ssize_t')
  return number
}

/** A setting that is on or off: an int in Python, so no text and no `None`. */
export function flagArgument(value: unknown): boolean {
  return typeof value === 'boolean' ? value : indexArgument(value) !== 0
}

/** A length that a method fills up to; limited, as it is memory. */
export function widthArgument(value: unknown): number {
  const width = indexArgument(value)
  if (width > MAX_WIDTH) throw new OverflowError(`the width ${width} is above the limit of ${MAX_WIDTH}`)
  return width
}

const MAX_WIDTH = 2 ** 20

/** Bounds such as those of `text.find(sub, start, end)`, within a length. */
export function boundsArgument(
  start: unknown,
  stop: unknown,
  length: number,
): { start: number; stop: number } {
  return { start: clamp(start, 0, length), stop: clamp(stop, length, length) }
}

function clamp(value: unknown, fallback: number, length: number): number {
  const index = sliceIndex(value)
  if (index === undefined) return fallback
  return index < 0 ? Math.max(index + length, 0) : Math.min(index, length + 1)
}

/** The characters that `strip` removes; `null` for white space. */
export function charsArgument(chars: unknown, name: string): string | null {
  if (chars === undefined || chars === null) return null
  return textArgument(chars, () => `${name} arg must be None or str`)
}

/** How many times a method does what it does; -1 for always. */
export function countArgument(count: unknown): number {
  return count === undefined ? -1 : indexArgument(count)
}
