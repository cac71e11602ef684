import { isToken } from './token.ts'

export interface QuoteOptions {
  /** Whether a value that is a token stays without quotes. Default true. */
  allowToken?: boolean
}

/** Writes a parameter's value: a token as it is, all else as a quoted string (RFC 9110 §5.6.4). */
export function quoteHeaderValue(value: string | number | boolean, options: QuoteOptions = {}): string {
  const text = String(value)
  if (options.allowToken !== false && isToken(text)) return text
  if (!text.includes('"') && !text.includes('\\')) return `"${text}"`
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** Reads a quoted string: takes off the quotes and the backslashes that escape. Other text stays as it is. */
export function unquoteHeaderValue(value: string): string {
  const last = value.length - 1
  if (last < 1 || value.charCodeAt(0) !== 34 || value.charCodeAt(last) !== 34) return value
  const inner = value.slice(1, last)
  return inner.includes('\\') ? withoutEscapes(inner) : inner
}

function withoutEscapes(text: string): string {
  let result = ''
  let plain = 0
  for (let at = text.indexOf('\\'); at >= 0 && at + 1 < text.length; at = text.indexOf('\\', plain + 1)) {
    result += text.slice(plain, at)
    // The escaped character begins the next plain piece, so that it is not taken for an escape itself.
    plain = at + 1
  }
  return result + text.slice(plain)
}
