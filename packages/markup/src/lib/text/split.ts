import { isLineBreak, isSpace } from './whitespace.ts'

/**
 * The parts between separators, as Python's `str.split`.
 *
 * @param separator Default: runs of white space; those at the ends are dropped.
 * @param maxSplit How many separators count, from the left; the rest stays in the last part. Default: -1, all.
 * @throws {RangeError} if the separator is empty.
 */
export function split(text: string, separator?: string | null, maxSplit: number = -1): string[] {
  const limit = maxSplit < 0 ? Number.POSITIVE_INFINITY : maxSplit
  if (separator === undefined || separator === null) return splitAtSpace(text, limit)
  checkSeparator(separator)
  const parts: string[] = []
  let from = 0
  while (parts.length < limit) {
    const at = text.indexOf(separator, from)
    if (at < 0) break
    parts.push(text.slice(from, at))
    from = at + separator.length
  }
  parts.push(text.slice(from))
  return parts
}

/** Like {@link split}, but counts separators from the right. */
export function rsplit(text: string, separator?: string | null, maxSplit: number = -1): string[] {
  const limit = maxSplit < 0 ? Number.POSITIVE_INFINITY : maxSplit
  if (separator === undefined || separator === null) return rsplitAtSpace(text, limit)
  checkSeparator(separator)
  const parts: string[] = []
  let end = text.length
  while (parts.length < limit) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length)
    if (at < 0) break
    parts.push(text.slice(at + separator.length, end))
    end = at
  }
  parts.push(text.slice(0, end))
  return parts.reverse()
}

function splitAtSpace(text: string, limit: number): string[] {
  const parts: string[] = []
  let at = 0
  for (;;) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at += 1
    if (at === text.length) return parts
    if (parts.length >= limit) {
      parts.push(text.slice(at))
      return parts
    }
    const start = at
    while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1
    parts.push(text.slice(start, at))
  }
}

function rsplitAtSpace(text: string, limit: number): string[] {
  const parts: string[] = []
  let at = text.length
  for (;;) {
    while (at > 0 && isSpace(text.charCodeAt(at - 1))) at -= 1
    if (at === 0) break
    if (parts.length >= limit) {
      parts.push(text.slice(0, at))
      break
    }
    const end = at
    while (at > 0 && !isSpace(text.charCodeAt(at - 1))) at -= 1
    parts.push(text.slice(at, end))
  }
  return parts.reverse()
}

/** The lines of a text, as Python's `str.splitlines`: more characters than `\n` end a line. */
export function splitLines(text: string, keepEnds: boolean = false): string[] {
  const lines: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!isLineBreak(code)) continue
    const end = at
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1
    lines.push(text.slice(from, keepEnds ? at + 1 : end))
    from = at + 1
  }
  if (from < text.length) lines.push(text.slice(from))
  return lines
}

/** What stands before the first separator, the separator, and the rest; two empty texts at the end if there is none. */
export function partition(
  text: string,
  separator: string,
): [before: string, separator: string, after: string] {
  checkSeparator(separator)
  const at = text.indexOf(separator)
  return at < 0 ? [text, '', ''] : [text.slice(0, at), separator, text.slice(at + separator.length)]
}

/** Like {@link partition}, at the last separator; two empty texts at the start if there is none. */
export function rpartition(
  text: string,
  separator: string,
): [before: string, separator: string, after: string] {
  checkSeparator(separator)
  const at = text.lastIndexOf(separator)
  return at < 0 ? ['', '', text] : [text.slice(0, at), separator, text.slice(at + separator.length)]
}

function checkSeparator(separator: string): void {
  if (separator === '')
    throw new RangeError('Expected a separator of at least one character, got an empty text.')
}
