import { inspectAsText } from '../collections/inspect.ts'
import { isBlank, trimBlanks } from '../grammar/token.ts'
import { sha1Hex } from '../sha1.ts'

/** Over this many tags, the rest of an `If-Match` or `If-None-Match` header is ignored. */
export const MAX_ETAGS = 64

/**
 * The entity tags of an `If-Match` or `If-None-Match` header, without their quotes.
 *
 * @see RFC 9110 §8.8.3
 */
export class ETags implements Iterable<string> {
  static {
    inspectAsText(ETags)
  }

  readonly #strong: ReadonlySet<string>
  readonly #weak: ReadonlySet<string>
  /** Whether the header is `*`, which stands for any tag. */
  readonly starTag: boolean

  constructor(strong: Iterable<string> = [], weak: Iterable<string> = [], starTag: boolean = false) {
    this.#strong = new Set(starTag ? [] : strong)
    this.#weak = new Set(weak)
    this.starTag = starTag
  }

  /** Reads a header; null and the empty text are no tags. */
  static fromHeader(header: string | null): ETags {
    return parseETags(header)
  }

  /** How many tags there are, strong and weak; `*` counts as one. */
  get size(): number {
    return this.starTag ? 1 : this.#strong.size + this.#weak.size
  }

  isStrong(etag: string): boolean {
    return this.#strong.has(etag)
  }

  isWeak(etag: string): boolean {
    return this.#weak.has(etag)
  }

  /** Whether the tag is there by the strong comparison, or `*`. */
  contains(etag: string): boolean {
    return this.starTag || this.#strong.has(etag)
  }

  /** Whether the tag is there, strong or weak, or `*`. */
  containsWeak(etag: string): boolean {
    return this.contains(etag) || this.#weak.has(etag)
  }

  /** As {@link contains} for a tag in quotes; as {@link containsWeak} if it begins with `W/`. */
  containsRaw(etag: string): boolean {
    const unquoted = unquoteETag(etag)
    if (unquoted === null) return false
    const [tag, weak] = unquoted
    return weak ? this.containsWeak(tag) : this.contains(tag)
  }

  /** The strong tags, and with `includeWeak` the weak ones too. */
  toSet(options: { readonly includeWeak?: boolean } = {}): Set<string> {
    return new Set(options.includeWeak === true ? [...this.#strong, ...this.#weak] : this.#strong)
  }

  /** The strong tags. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.#strong.values()
  }

  /** The value of the header. */
  toHeader(): string {
    if (this.starTag) return '*'
    const strong = Array.from(this.#strong, (etag) => quoteETag(etag))
    return [...strong, ...Array.from(this.#weak, (etag) => quoteETag(etag, true))].join(', ')
  }

  toString(): string {
    return this.toHeader()
  }
}

/** As {@link ETags.fromHeader}. */
export function parseETags(header: string | null): ETags {
  const strong: string[] = []
  const weak: string[] = []
  if (header === null) return new ETags()
  // Once no closing quote is found there is none further on either.
  let unclosed = false
  let at = 0
  while (at < header.length && strong.length + weak.length < MAX_ETAGS) {
    while (isBlank(header.charCodeAt(at))) at++
    const isWeak = (header.charCodeAt(at) | 32) === 119 && header.charCodeAt(at + 1) === 47
    if (isWeak) at += 2
    let tag: string
    const close = header.charCodeAt(at) === 34 && !unclosed ? closingQuote(header, at + 1) : -1
    if (close >= 0) {
      tag = header.slice(at + 1, close)
      at = close + 1
    } else {
      unclosed = unclosed || header.charCodeAt(at) === 34
      const comma = header.indexOf(',', at)
      const end = comma < 0 ? header.length : comma
      tag = trimBlanks(header.slice(at, end))
      at = end
      if (tag === '*') return new ETags([], [], true)
      if (tag === '') {
        at++
        continue
      }
    }
    if (isWeak) weak.push(tag)
    else strong.push(tag)
    // To behind the comma.
    at = header.indexOf(',', at) + 1
    if (at === 0) break
  }
  return new ETags(strong, weak)
}

/** The next quote that is followed by a comma or the end, or -1. A tag may hold other quotes (Werkzeug). */
function closingQuote(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let next = quote + 1
    while (isBlank(text.charCodeAt(next))) next++
    if (next === text.length || text.charCodeAt(next) === 44) return quote
  }
  return -1
}

/**
 * Puts an entity tag into quotes.
 *
 * @throws TypeError if it holds a quote, a control or a character that no header takes.
 */
export function quoteETag(etag: string, weak: boolean = false): string {
  if (/["\x00-\x1f\x7f]|[^\x00-\xff]/.test(etag)) {
    throw new TypeError(
      `An entity tag may hold no quotes, controls or characters above U+00FF, got ${JSON.stringify(etag)}.`,
    )
  }
  return weak ? `W/"${etag}"` : `"${etag}"`
}

/** Takes quotes and `W/` off an entity tag, and says whether that was there; null if there is no tag. */
export function unquoteETag(etag: string | null): [etag: string, weak: boolean] | null {
  if (etag === null || etag === '') return null
  let text = trimBlanks(etag)
  const weak = text.startsWith('W/') || text.startsWith('w/')
  if (weak) text = text.slice(2)
  if (text.startsWith('"') && text.endsWith('"')) text = text.slice(1, -1)
  return [text, weak]
}

/** An entity tag for content: its SHA-1 in hexadecimal digits. Text is taken as UTF-8. */
export function generateETag(content: Uint8Array | string): string {
  return sha1Hex(typeof content === 'string' ? new TextEncoder().encode(content) : content)
}
