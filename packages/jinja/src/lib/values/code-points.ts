import { textWidth } from '@phial/markup/text'

/** Strings as Python counts them: by code points. Text without surrogates takes the short way. */

const SURROGATE = /[\ud800-\udfff]/

export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text)
}

/** How many code points the text has. */
export function codePointLength(text: string): number {
  return SURROGATE.test(text) ? textWidth(text) : text.length
}

/** The text as an array of its code points. */
export function codePoints(text: string): string[] {
  return SURROGATE.test(text) ? Array.from(text) : text.split('')
}

/** The code points from `start` to `stop`, both within 0 … length. */
export function codePointSlice(text: string, start: number, stop: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, stop)
  return Array.from(text).slice(start, stop).join('')
}

/** The code point at a position, counted from the end if negative; `undefined` outside. */
export function codePointAt(text: string, position: number): string | undefined {
  if (!SURROGATE.test(text)) return position < -text.length ? undefined : text.at(position)
  return Array.from(text).at(position)
}

/** How many code points lie before a code unit. */
export function codePointOffset(text: string, unit: number): number {
  return unit < 0 ? unit : codePointLength(text.slice(0, unit))
}

/** Whether `left` sorts before `right`, by code points. */
export function textIsLess(left: string, right: string): boolean {
  // Units and points differ in order only where a surrogate meets a unit above it.
  if (!SURROGATE.test(left) && !SURROGATE.test(right)) return left < right
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b)
      return (a >= 0xd800 && a <= 0xdfff ? a + 0x10000 : a) < (b >= 0xd800 && b <= 0xdfff ? b + 0x10000 : b)
  }
  return left.length < right.length
}
