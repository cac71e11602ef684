import { inspectAsText } from '../collections/inspect.ts'
import { RecentCache } from '../collections/recent-cache.ts'
import { parseListHeader } from '../grammar/list.ts'
import { trimBlanks } from '../grammar/token.ts'
import { type MediaRange, matchesMediaRange, parseMediaRange, splitMediaRange } from './media-range.ts'
import { dumpOptionsHeader, parseOptionsHeader } from './options-header.ts'

/** A value that the client accepts, and how much it likes it: 0 (not at all) to 1. */
export type AcceptItem = readonly [value: string, quality: number]

/** Over this many items, the rest of an `Accept` header is ignored. */
export const MAX_ACCEPT_ITEMS = 64
// Lists of languages are short; what is longer is no browser's.
const MAX_LANGUAGE_LENGTH = 1024

/**
 * A header like `Accept-Encoding`: what the client accepts, the most specific and best liked first.
 *
 * @see RFC 9110 §12.4
 */
export class Accept implements Iterable<AcceptItem> {
  static {
    inspectAsText(Accept)
  }

  readonly #items: readonly AcceptItem[]
  // Of the item at the same place.
  readonly #specificities: readonly string[]
  /** Whether there was such a header. */
  readonly provided: boolean

  /** @param items in any order; null for an absent header. */
  constructor(items: Iterable<AcceptItem> | null = null) {
    this.provided = items !== null
    const sorted = Array.from(items ?? [], (item) => ({ item, specificity: this.specificity(item[0]) }))
    sorted.sort((a, b) => compareText(b.specificity, a.specificity) || b.item[1] - a.item[1])
    this.#items = sorted.map(({ item }) => item)
    this.#specificities = sorted.map(({ specificity }) => specificity)
  }

  /** How many items there are. */
  get size(): number {
    return this.#items.length
  }

  /** The first value, or null: what the client likes best, if that is nothing with a wildcard. */
  get best(): string | null {
    return this.#items[0]?.[0] ?? null
  }

  /** How much the client likes `value`; 0 if it does not accept it. */
  quality(value: string): number {
    return this.#items[this.indexOf(value)]?.[1] ?? 0
  }

  /** Whether an item matches `value`, be its quality 0. */
  has(value: string): boolean {
    return this.indexOf(value) >= 0
  }

  /** The position of the item that matches `value`, or -1. */
  indexOf(value: string): number {
    // The most specific come first.
    for (let i = 0; i < this.#items.length; i++) if (this.matches(value, this.#items[i]![0])) return i
    return -1
  }

  /** The values, without their qualities. */
  *values(): IterableIterator<string> {
    for (const [value] of this.#items) yield value
  }

  /**
   * What of `candidates` the client likes best, the first of them if it likes several as much; `fallback` if it accepts
   * none.
   */
  bestMatch<const Candidate extends string>(candidates: Iterable<Candidate>): Candidate | null
  bestMatch<const Candidate extends string, const Fallback>(
    candidates: Iterable<Candidate>,
    fallback: Fallback,
  ): Candidate | Fallback
  bestMatch(candidates: Iterable<string>, fallback: unknown = null): unknown {
    let best = fallback
    let bestQuality = 0
    let bestSpecificity = ''
    for (const candidate of candidates) {
      const at = this.indexOf(candidate)
      const quality = this.#items[at]?.[1] ?? 0
      if (quality <= 0 || quality < bestQuality) continue
      const specificity = this.#specificities[at]!
      if (quality > bestQuality || compareText(specificity, bestSpecificity) > 0) {
        best = candidate
        bestQuality = quality
        bestSpecificity = specificity
      }
    }
    return best
  }

  [Symbol.iterator](): IterableIterator<AcceptItem> {
    return this.#items.values()
  }

  /** The value of the header. */
  toHeader(): string {
    return this.#items
      .map(([value, quality]) => (quality === 1 ? value : `${value};q=${showQuality(quality)}`))
      .join(',')
  }

  toString(): string {
    return this.toHeader()
  }

  /** How specific an item is, as text that sorts: a digit for each part, 0 for a wildcard. */
  protected specificity(item: string): string {
    return item === '*' ? '0' : '1'
  }

  /** Whether an item of the client's matches a value of the application's. */
  protected matches(value: string, item: string): boolean {
    return item === '*' || item.toLowerCase() === value.toLowerCase()
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** As Python writes it: `0.0`, `0.5`. Never with an exponent, which no header takes. */
function showQuality(quality: number): string {
  if (quality === 0) return '0.0'
  const shown = String(quality)
  return shown.includes('e') ? quality.toFixed(20).replace(/0+$/, '') : shown
}

/** The `Accept` header: media types. `text/*` and types with parameters are matched as RFC 9110 §12.5.1 has it. */
export class MimeAccept extends Accept {
  /** Whether the client accepts HTML. */
  get acceptHtml(): boolean {
    return this.has('text/html') || this.acceptXhtml
  }

  get acceptXhtml(): boolean {
    return this.has('application/xhtml+xml') || this.has('application/xml')
  }

  get acceptJson(): boolean {
    return this.has('application/json')
  }

  // What the items were read as, and the value last asked for: each is compared with all items.
  readonly #ranges = new Map<string, MediaRange | null>()
  #lastValue: string | null = null
  #lastRange: MediaRange | null = null

  protected override specificity(item: string): string {
    return splitMediaRange(item)
      .map((part) => (part === '*' ? '0' : '1'))
      .join('')
  }

  /** @throws TypeError if `value` is no media type. */
  protected override matches(value: string, item: string): boolean {
    let wanted = this.#ranges.get(item)
    if (wanted === undefined) {
      wanted = parseMediaRange(item)
      this.#ranges.set(item, wanted)
    }
    if (wanted === null) return false
    if (this.#lastValue !== value) {
      this.#lastRange = parseMediaRange(value)
      this.#lastValue = value
    }
    const offered = this.#lastRange
    if (offered === null || (offered.type === '*' && offered.subtype !== '*')) {
      throw new TypeError(`Expected a media type like 'text/html', got ${JSON.stringify(value)}.`)
    }
    return matchesMediaRange(wanted, offered)
  }
}

/** The `Accept-Language` header. */
export class LanguageAccept extends Accept {
  /**
   * The language of `candidates` that the client likes best. If none is on its list, `en` does for `en-US`, and then
   * `en-US` for `en`.
   */
  override bestMatch<const Candidate extends string>(candidates: Iterable<Candidate>): Candidate | null
  override bestMatch<const Candidate extends string, const Fallback>(
    candidates: Iterable<Candidate>,
    fallback: Fallback,
  ): Candidate | Fallback
  override bestMatch(candidates: Iterable<string>, fallback: unknown = null): unknown {
    const list = [...candidates]
    const exact = super.bestMatch(list)
    if (exact !== null) return exact
    const primary = new Accept(Array.from(this, ([item, quality]) => [primaryTag(item), quality]))
    const wider = primary.bestMatch(list)
    if (wider !== null) return wider
    const tag = super.bestMatch(list.map(primaryTag))
    return tag === null ? fallback : list.find((candidate) => candidate.startsWith(tag))
  }

  protected override matches(value: string, item: string): boolean {
    return item === '*' || normalizeLanguage(value) === normalizeLanguage(item)
  }
}

function normalizeLanguage(tag: string): string {
  return tag.toLowerCase().replaceAll('_', '-')
}

function primaryTag(tag: string): string {
  const end = tag.search(/[-_]/)
  return end < 0 ? tag : tag.slice(0, end)
}

/** The `Accept-Charset` header, which browsers send no more. Other names of a charset match it. */
export class CharsetAccept extends Accept {
  protected override matches(value: string, item: string): boolean {
    return item === '*' || normalizeCharset(value) === normalizeCharset(item)
  }
}

const CHARSET_ALIASES: ReadonlyMap<string, string> = new Map([
  ['utf8', 'utf-8'],
  ['u8', 'utf-8'],
  ['utf', 'utf-8'],
  ['cp65001', 'utf-8'],
  ['latin1', 'iso-8859-1'],
  ['latin-1', 'iso-8859-1'],
  ['latin', 'iso-8859-1'],
  ['l1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['8859', 'iso-8859-1'],
  ['us-ascii', 'ascii'],
  ['646', 'ascii'],
  ['windows-1252', 'cp1252'],
  ['utf16', 'utf-16'],
  ['utf32', 'utf-32'],
])

function normalizeCharset(name: string): string {
  const lower = name.toLowerCase().replaceAll('_', '-')
  return CHARSET_ALIASES.get(lower) ?? lower
}

/** Reads a header of any of these classes; items with a bad quality are left out. */
function parseItems(header: string): AcceptItem[] | null {
  if (header === '') return null
  const items: AcceptItem[] = []
  for (const text of parseListHeader(header, MAX_ACCEPT_ITEMS)) {
    if (!text.includes(';')) {
      items.push([text, 1])
      continue
    }
    const [value, parameters] = parseOptionsHeader(text)
    const q = parameters.get('q')
    const quality = q === undefined ? 1 : parseQuality(trimBlanks(q))
    if (quality === null) continue
    parameters.delete('q')
    items.push([parameters.size === 0 ? value : dumpOptionsHeader(value, parameters), quality])
  }
  return items
}

/** Digits, or digits, a dot and digits; 0 to 1. */
function parseQuality(text: string): number | null {
  let dot = -1
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46 && dot < 0 && i > 0 && i + 1 < text.length) dot = i
    else if (code < 48 || code > 57) return null
  }
  const quality = Number(text)
  return text === '' || quality > 1 ? null : quality
}

// Browsers send the same few headers over and over, and what is read from them cannot be changed.
const CACHE_SIZE = 64
const CACHED_LENGTH = 256
const ACCEPT_CACHE = new RecentCache<Accept>(CACHE_SIZE, CACHED_LENGTH)
const MIME_CACHE = new RecentCache<MimeAccept>(CACHE_SIZE, CACHED_LENGTH)
const LANGUAGE_CACHE = new RecentCache<LanguageAccept>(CACHE_SIZE, CACHED_LENGTH)

/** Reads a header like `Accept-Encoding`; at most {@link MAX_ACCEPT_ITEMS} items of it, as all functions here. */
export function parseAccept(header: string | null): Accept {
  return ACCEPT_CACHE.get(header ?? '', (text) => new Accept(parseItems(text)))
}

/** Reads an `Accept` header. */
export function parseMimeAccept(header: string | null): MimeAccept {
  return MIME_CACHE.get(header ?? '', (text) => new MimeAccept(parseItems(text)))
}

/** Reads an `Accept-Language` header, at most 1 KiB of it. */
export function parseLanguageAccept(header: string | null): LanguageAccept {
  return LANGUAGE_CACHE.get(header ?? '', (text) => {
    if (text.length <= MAX_LANGUAGE_LENGTH) return new LanguageAccept(parseItems(text))
    const end = text.lastIndexOf(',', MAX_LANGUAGE_LENGTH)
    return new LanguageAccept(end < 0 ? [] : parseItems(text.slice(0, end)))
  })
}

/** Reads an `Accept-Charset` header. */
export function parseCharsetAccept(header: string | null): CharsetAccept {
  return new CharsetAccept(parseItems(header ?? ''))
}
