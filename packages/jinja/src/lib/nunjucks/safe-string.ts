import { isMarkup } from '@phial/markup/core'

/**
 * Text that is HTML already and is not escaped again. It is an object: `===` tells it from text, and it is true even
 * when it is empty, as in Nunjucks.
 */
export class SafeString extends String {}

const UNSAFE = /[&"'<>\\]/

/** Text with references for the characters that mean something in HTML, and for the backslash. */
export function escapeHtml(text: string): string {
  const first = text.search(UNSAFE)
  if (first < 0) return text
  let out = ''
  let from = 0
  // A loop: replacing by a function takes twice as long.
  for (let at = first; at < text.length; at++) {
    const reference = referenceFor(text.charCodeAt(at))
    if (reference === '') continue
    out += text.slice(from, at) + reference
    from = at + 1
  }
  return out + text.slice(from)
}

function referenceFor(unit: number): string {
  switch (unit) {
    case 34:
      return '&quot;'
    case 38:
      return '&amp;'
    case 39:
      return '&#39;'
    case 60:
      return '&lt;'
    case 62:
      return '&gt;'
    case 92:
      return '&#92;'
    default:
      return ''
  }
}

/** Whether a value is printed as it is where others are escaped. */
export function isSafe(value: unknown): boolean {
  return value instanceof SafeString || isMarkup(value)
}

/** Declares text to be safe HTML; functions become ones whose text is. Other values stay. */
export function markSafe(value: unknown): unknown {
  if (typeof value === 'string') return new SafeString(value)
  if (typeof value !== 'function') return value
  return function (this: unknown, ...args: unknown[]): unknown {
    const result: unknown = Reflect.apply(value, this, args)
    return typeof result === 'string' ? new SafeString(result) : result
  }
}

/** The text, as safe as what it was made from. */
export function copySafeness(source: unknown, text: unknown): unknown {
  return isSafe(source) ? new SafeString(textOf(text)) : textOf(text)
}

/** What printing a value gives: nothing for `null` and `undefined`, else what JavaScript makes of it. */
export function printed(value: unknown, autoescape: boolean): string {
  if (typeof value === 'string') return autoescape ? escapeHtml(value) : value
  if (value === undefined || value === null) return ''
  const text = textOf(value)
  return autoescape && typeof value !== 'number' && !isSafe(value) ? escapeHtml(text) : text
}

/** `value.toString()`, as text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return String((value as { toString(): unknown }).toString())
}
