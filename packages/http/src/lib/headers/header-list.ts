/**
 * Operations on a flat header list `[name, value, name, value, …]`: the form in which Node delivers and takes
 * headers. Names keep their spelling and are compared without case (ASCII only, RFC 9110 §5.1).
 */

/** Whether two header names are the same, without case. */
function sameName(a: string, lower: string): boolean {
  return a === lower || a.toLowerCase() === lower
}

/** The index of the first entry named `name` at or after `from`, or -1. The value stands one further. */
export function findHeader(list: readonly string[], name: string, from = 0): number {
  const length = name.length
  let lower = ''
  for (let i = from; i < list.length; i += 2) {
    const candidate = list[i]!
    // Most names differ in length, which spares the comparison.
    if (candidate.length !== length) continue
    if (candidate === name) return i
    if (lower === '') lower = name.toLowerCase()
    if (sameName(candidate, lower)) return i
  }
  return -1
}

/** The first value of `name`, or null. */
export function firstHeader(list: readonly string[], name: string): string | null {
  const at = findHeader(list, name)
  return at < 0 ? null : list[at + 1]!
}

/** All values of `name` in order. */
export function allHeaders(list: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let at = findHeader(list, name); at >= 0; at = findHeader(list, name, at + 2))
    values.push(list[at + 1]!)
  return values
}

/** All values of `name` joined (cookies by `; `, RFC 6265 §4.2.1; others by `, `, RFC 9110 §5.3), or null. */
export function joinedHeader(list: readonly string[], name: string): string | null {
  const first = findHeader(list, name)
  if (first < 0) return null
  let at = findHeader(list, name, first + 2)
  let joined = list[first + 1]!
  if (at < 0) return joined
  const separator = name.length === 6 && name.toLowerCase() === 'cookie' ? '; ' : ', '
  for (; at >= 0; at = findHeader(list, name, at + 2)) joined += separator + list[at + 1]!
  return joined
}

/** Removes every entry named `name`; says whether there was one. */
export function removeHeader(list: string[], name: string): boolean {
  let at = findHeader(list, name)
  if (at < 0) return false
  for (; at >= 0; at = findHeader(list, name, at)) list.splice(at, 2)
  return true
}

/** Replaces the first entry named `name` and removes the others, or appends one. */
export function setHeader(list: string[], name: string, value: string): void {
  const at = findHeader(list, name)
  if (at < 0) {
    list.push(name, value)
    return
  }
  list[at] = name
  list[at + 1] = value
  for (let other = findHeader(list, name, at + 2); other >= 0; other = findHeader(list, name, other)) {
    list.splice(other, 2)
  }
}

// token = 1*tchar (RFC 9110 §5.6.2)
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
// What a field value may not hold: controls but HTAB, and anything above one byte (RFC 9110 §5.5).
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/

/** Throws a `TypeError` unless `name` is a token. */
export function assertHeaderName(name: string): void {
  if (!TOKEN.test(name)) {
    throw new TypeError(
      `A header name must be a token of letters, digits and !#$%&'*+-.^_\`|~ (RFC 9110), got ${JSON.stringify(name)}.`,
    )
  }
}

/** Throws a `TypeError` if `value` could break out of its header line or does not fit into one byte per character. */
export function assertHeaderValue(name: string, value: string): void {
  const bad = BAD_VALUE.exec(value)
  if (bad === null) return
  const code = bad[0].charCodeAt(0)
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const why =
    code > 0xff
      ? 'header values are written one byte per character; percent-encode it or use a parameter of RFC 8187'
      : 'line ends and other control characters would break the message'
  throw new TypeError(`The value of the header ${name} holds ${shown} at position ${bad.index}: ${why}.`)
}
