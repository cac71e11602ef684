import { copySafeness, escapeHtml, isSafe, SafeString, textOf } from '../safe-string.ts'
import { textOrEmpty } from './text.ts'

export function escapeValue(value: unknown): unknown {
  return isSafe(value) ? value : forceEscape(value)
}

export function forceEscape(value: unknown): SafeString {
  return new SafeString(escapeHtml(value === null || value === undefined ? '' : textOf(value)))
}

export function safe(value: unknown): unknown {
  if (isSafe(value)) return value
  return new SafeString(value === null || value === undefined ? '' : textOf(value))
}

export function nl2br(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  return copySafeness(value, textOf(value).replace(/\r\n|\n/g, '<br />\n'))
}

export function striptags(value: unknown, preserveLinebreaks: boolean = false): unknown {
  const text = withoutTags(textOrEmpty(value)).trim()
  if (!preserveLinebreaks) return copySafeness(value, text.replace(/\s+/g, ' '))
  const lines = text.split('\n').map((line) => trimBlanks(line).replace(/ +/g, ' '))
  return copySafeness(
    value,
    lines
      .join('\n')
      .replaceAll('\r\n', '\n')
      .replace(/\n{3,}/g, '\n\n'),
  )
}

/** Without blanks at the ends. Tabs and others stay. */
function trimBlanks(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && line[start] === ' ') start += 1
  while (end > start && line[end - 1] === ' ') end -= 1
  return line.slice(start, end)
}

const TAG_NAME = /<\/?[a-z][a-z0-9]*\b/iy

/** Drops tags and comments that are closed. Each character is read once. */
function withoutTags(text: string): string {
  let out = ''
  let from = 0
  // Once there is no end behind a place, there is none further on.
  let hasComments = true
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    let end = -1
    if (hasComments && text.startsWith('<!--', at)) {
      end = text.indexOf('-->', at + 4)
      hasComments = end >= 0
      if (hasComments) end += 3
    } else {
      TAG_NAME.lastIndex = at
      if (TAG_NAME.test(text)) {
        end = text.indexOf('>', TAG_NAME.lastIndex) + 1
        if (end === 0) break
      }
    }
    if (end < 0) continue
    out += text.slice(from, at)
    from = end
    at = end - 1
  }
  return out + text.slice(from)
}

/** The value for a URL: text, or the pairs of an object or list as a query. */
export function urlencode(value: unknown): string {
  if (typeof value === 'string' || value instanceof String) return encodeURIComponent(String(value))
  const pairs = Array.isArray(value) ? (value as unknown[][]) : Object.entries(value ?? {})
  return pairs
    .map(([key, item]) => `${encodeURIComponent(String(key))}=${encodeURIComponent(String(item))}`)
    .join('&')
}

const EMAIL = /^[\w.!#$%&'*+\-/=?^`{|}~]+@[a-z\d-]+(\.[a-z\d-]+)+$/i
const KNOWN_DOMAIN = /\.(?:org|net|com)(?::|\/|$)/

/** Makes links of the URLs and addresses in text. */
export function urlize(value: unknown, length?: unknown, nofollow: unknown = false): string {
  const most = typeof length === 'number' && !Number.isNaN(length) ? length : Number.POSITIVE_INFINITY
  const rel = nofollow === true ? ' rel="nofollow"' : ''
  return textOf(value)
    .split(/(\s+)/)
    .map((word) => linked(word, most, rel))
    .join('')
}

function linked(word: string, most: number, rel: string): string {
  const url = withoutPunctuation(word)
  const shown = url.slice(0, most)
  if (/^https?:\/\//.test(url)) return `<a href="${url}"${rel}>${shown}</a>`
  if (url.startsWith('www.')) return `<a href="http://${url}"${rel}>${shown}</a>`
  if (EMAIL.test(url)) return `<a href="mailto:${url}">${url}</a>`
  if (KNOWN_DOMAIN.test(url)) return `<a href="http://${url}"${rel}>${shown}</a>`
  return word
}

/** Without one bracket before and one mark behind. */
function withoutPunctuation(word: string): string {
  const before = ['(', '<', '&lt;'].find((mark) => word.startsWith(mark)) ?? ''
  const rest = word.slice(before.length)
  const behind = ['.', ',', ')', '&gt;'].find((mark) => rest.endsWith(mark)) ?? ''
  return rest.slice(0, rest.length - behind.length)
}
