import { isKnownCharset, percentDecodeAs, splitExtendedValue } from './charset.ts'
import { isBlank, scanToken } from './token.ts'

/**
 * Reads the parameters `name=value; name="quoted value"` of `text` from `start` (RFC 9110 §5.6.6), with charsets
 * (`name*=utf-8''…`, RFC 8187) and continuations (`name*0=…; name*1=…`, RFC 2231 §3). Names come in lower case.
 * A part that is no parameter is skipped; of equal names the last counts.
 */
export function parseParameters(text: string, start: number): Map<string, string> {
  const parameters = new Map<string, string>()
  // Charsets hold on until another is named, so that later pieces of a continued value need none.
  let charset: string | null = null
  let continuedCharset: string | null = null
  let at = start
  while (at < text.length) {
    while (isBlank(text.charCodeAt(at))) at++
    const nameEnd = scanToken(text, at)
    if (nameEnd > at && text.charCodeAt(nameEnd) === 61) {
      const valueStart = nameEnd + 1
      const isQuoted = text.charCodeAt(valueStart) === 34
      const valueEnd = isQuoted ? scanQuoted(text, valueStart) : scanToken(text, valueStart)
      if (valueEnd > valueStart) {
        let name = text.slice(at, nameEnd).toLowerCase()
        let value = text.slice(valueStart, valueEnd)
        let quoted = isQuoted
        if (name.charCodeAt(name.length - 1) === 42) {
          name = name.slice(0, -1)
          const extended = splitExtendedValue(value)
          if (extended !== null) {
            charset = extended.charset
            value = extended.encoded
          }
          if (charset === null || charset === '') charset = continuedCharset
          if (isKnownCharset(charset)) {
            continuedCharset = charset
            value = percentDecodeAs(value, charset)
            quoted = value.startsWith('"') && value.endsWith('"')
          }
        }
        if (quoted) value = unquoteParameter(value)
        addParameter(parameters, name, value)
        at = isQuoted ? valueEnd : nameEnd
      } else {
        at = valueStart
      }
    }
    const next = text.indexOf(';', at)
    if (next < 0) break
    at = next + 1
  }
  return parameters
}

/** The end of a quoted string, behind its closing quote; `start` if it is not closed. */
function scanQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) return at + 1
    if (code === 92) {
      // Only these two are escaped. Browsers send `C:\path` without a thought of escapes.
      const escaped = text.charCodeAt(at + 1)
      if (escaped === 34 || escaped === 92) at++
    }
  }
  return start
}

function unquoteParameter(value: string): string {
  const inner = value.slice(1, -1)
  if (!inner.includes('\\') && !inner.includes('%22')) return inner
  // Headers escape by a backslash, forms by percent.
  return inner.replaceAll('\\\\', '\\').replaceAll('\\"', '"').replaceAll('%22', '"')
}

function addParameter(parameters: Map<string, string>, name: string, value: string): void {
  let star = name.length - 1
  while (star > 0 && isDigit(name.charCodeAt(star))) star--
  if (star < name.length - 1 && name.charCodeAt(star) === 42) {
    const base = name.slice(0, star)
    parameters.set(base, (parameters.get(base) ?? '') + value)
  } else {
    parameters.set(name, value)
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
