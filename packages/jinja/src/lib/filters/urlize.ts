import { Markup } from '@phial/markup/core'
import { SPACES } from '@phial/markup/text'
import { FilterArgumentError } from '../errors.ts'
import type { EvalContextView } from '../runtime-interface.ts'
import { codePointLength, codePointSlice } from '../values/code-points.ts'
import { toArray } from '../values/iterate.ts'
import { indexArgument } from '../values/methods/arguments.ts'
import { repr, toText } from '../values/python-text.ts'
import { escapeText, plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Links in text. */
export const urlizeFilters: readonly Row[] = [
  define(
    'do_urlize(value, trim_url_limit?, nofollow?, target?, rel?, extra_schemes?)',
    urlize,
    'evalContext',
  ),
]

/*
 * Links in text. The text is escaped first and then taken word by word; a word is matched once, so that the time grows
 * with its length. Words end at Python's white space, and its `\w` has letters and digits of all scripts.
 */

const GAP = new RegExp(`([${SPACES}]+)`)
const W = '\\p{L}\\p{N}_'
const HTTP = new RegExp(
  `^(?:(?:https?://|www\\.)(?:[${W}%-]+\\.)*(?:[a-z]{2,63}|xn--[${W}%]{2,59})|(?:[${W}%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)|https?://(?:\\p{Nd}{1,3}(?:\\.\\p{Nd}{1,3}){3}|\\[(?:[\\p{Nd}a-f]{0,4}:){2}(?:[\\p{Nd}a-f]{0,4}:?){1,6}\\]))(?::\\p{Nd}{1,5})?(?:[/?#].*)?$`,
  'iu',
)
const EMAIL = new RegExp(`^.+@[${W}][${W}.-]*\\.[${W}]+$`, 'u')
const SCHEME = new RegExp(`^[${W}.+-]{2,}:/{0,2}$`, 'u')
const HEAD = /^(?:[(<]|&lt;)+/

/** What may be moved from behind a link into it, with what it closes. */
const PAIRS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const

/** How links are written, and what else counts as one. */
interface LinkSettings {
  readonly attributes: string
  /** The most characters of an address that are shown. */
  readonly limit: number
  readonly schemes: readonly string[]
}

/** The filter `urlize`. */
export function urlize(
  { autoescape, environment: { policies } }: EvalContextView,
  value: unknown,
  trimUrlLimit: unknown = null,
  nofollow: unknown = false,
  target: unknown = null,
  rel: unknown = null,
  extraSchemes: unknown = null,
): string | Markup {
  const words = `${rel === null ? '' : toText(rel)} ${isTrue(nofollow) ? 'nofollow' : ''} ${policies['urlize.rel'] ?? ''}`
  const rels = Array.from(new Set(words.split(/\s+/).filter(Boolean))).sort()
  const frame = target ?? policies['urlize.target']
  const schemes = toArray(extraSchemes ?? policies['urlize.extra_schemes'] ?? []).map(checkScheme)
  const settings: LinkSettings = {
    attributes:
      (rels.length > 0 ? ` rel="${escapeText(rels.join(' '))}"` : '') +
      (isTrue(frame) ? ` target="${escapeText(frame)}"` : ''),
    limit: trimUrlLimit === null ? Number.POSITIVE_INFINITY : indexArgument(trimUrlLimit),
    schemes,
  }
  let html = ''
  for (const word of escapeText(value).split(GAP)) html += word.length < 4 ? word : linkWord(word, settings)
  return autoescape ? new Markup(html) : html
}

function checkScheme(scheme: unknown): string {
  const text = plainTextOf(scheme)
  if (text === undefined) throw new TypeError('expected string or bytes-like object')
  if (!SCHEME.test(text)) throw new FilterArgumentError(`${repr(scheme)} is not a valid URI scheme prefix.`)
  return text
}

function linkWord(word: string, settings: LinkSettings): string {
  const head = HEAD.exec(word)?.[0] ?? ''
  let end = tailStart(word, head.length)
  // A bracket at the end that closes one inside belongs to the link.
  for (const [open, close] of PAIRS) {
    const opened = count(word, open, head.length, end)
    if (opened <= count(word, close, head.length, end)) continue
    for (let moves = opened; moves > 0; moves--) {
      const at = word.indexOf(close, end)
      if (at < 0) break
      end = at + close.length
    }
  }
  return head + linkOf(word.slice(head.length, end), settings) + word.slice(end)
}

/** Where the brackets and marks at the end of a word begin. */
function tailStart(word: string, from: number): number {
  let end = word.length
  while (end > from) {
    if (').,>'.includes(word[end - 1]!)) end -= 1
    else if (end - 4 >= from && word.endsWith('&gt;', end)) end -= 4
    else break
  }
  return end
}

function count(text: string, part: string, from: number, end: number): number {
  let found = 0
  for (
    let at = text.indexOf(part, from);
    at >= 0 && at + part.length <= end;
    at = text.indexOf(part, at + part.length)
  )
    found += 1
  return found
}

function linkOf(text: string, { attributes, limit, schemes }: LinkSettings): string {
  const link = (address: string, shown: string, more: string): string =>
    `<a href="${address}"${more}>${shown}</a>`
  if (HTTP.test(text)) {
    const shown = codePointLength(text) > limit ? `${codePointSlice(text, 0, limit)}...` : text
    return link(/^https?:\/\//.test(text) ? text : `https://${text}`, shown, attributes)
  }
  if (text.startsWith('mailto:') && EMAIL.test(text.slice(7))) return link(text, text.slice(7), '')
  if (text.includes('@') && !/^(?:www\.|@)|:/.test(text) && EMAIL.test(text))
    return link(`mailto:${text}`, text, '')
  let linked = text
  for (const scheme of schemes) {
    if (linked !== scheme && linked.startsWith(scheme)) linked = link(linked, linked, attributes)
  }
  return linked
}
