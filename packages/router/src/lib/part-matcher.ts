import type { Pattern } from './pattern.ts'
import { type PartItem, partRegex } from './rule-parts.ts'

/** How a part met its text: not at all, fully, or fully with the optional slash at the end. */
export type PartResult = 0 | 1 | 2
export const NO_MATCH = 0
export const FULL_MATCH = 1
export const SLASH_MATCH = 2

/** Matches one part. Start and end of each parameter are written to `captures` from `base` on. */
export interface PartMatcher {
  /** Number of parameters. */
  readonly parameters: number
  match(text: string, start: number, end: number, captures: number[], base: number): PartResult
}

/** The matcher of a part: by hand for built-in converters, else an expression. */
export function createPartMatcher(items: readonly PartItem[]): PartMatcher {
  return items.some((item) => item.kind === 'regex')
    ? new RegexPartMatcher(items)
    : new LinearPartMatcher(items)
}

/** The end of the digits in `text` from `at` on. */
export function digitsEnd(text: string, at: number, end: number): number {
  while (at < end) {
    const code = text.charCodeAt(at)
    if (code < 0x30 || code > 0x39) break
    at++
  }
  return at
}

/** Whether digits (with a possible `-`) are at most 2^53 − 1; leading zeros do not count. */
export function isSafeDigits(text: string, start: number, end: number): boolean {
  if (end - start <= 15) return true
  let at = text.charCodeAt(start) === 0x2d ? start + 1 : start
  while (at < end && text.charCodeAt(at) === 0x30) at++
  return end - at <= 16 && Number.isSafeInteger(Number(text.slice(at, end)))
}

class RegexPartMatcher implements PartMatcher {
  readonly parameters: number
  readonly #regex: RegExp
  readonly #maxLength: number

  constructor(items: readonly PartItem[]) {
    this.parameters = countParameters(items)
    this.#regex = partRegex(items)
    this.#maxLength = Math.min(...items.map((item) => (item.kind === 'regex' ? item.maxLength : Infinity)))
  }

  match(text: string, start: number, end: number, captures: number[], base: number): PartResult {
    if (end - start > this.#maxLength) return NO_MATCH
    const found = this.#regex.exec(text.slice(start, end))
    if (found === null) return NO_MATCH
    const places = found.indices?.groups ?? {}
    for (let index = 0; index < this.parameters; index++) {
      const place = places[`p${index}`]
      captures[base + 2 * index] = start + (place?.[0] ?? 0)
      captures[base + 2 * index + 1] = start + (place?.[1] ?? 0)
    }
    return found.groups?.['suffix'] === '/' ? SLASH_MATCH : FULL_MATCH
  }
}

/**
 * Matches as a backtracking expression would – longest text first, `path` shortest first – in time linear
 * in the text. The possible ends of most items are all places of a run (characters of its kind up to a
 * barrier) behind its start, so an end that led nowhere from one start is not tried again from another:
 * `dead` moves towards the front of the run. Items of bounded length remember where they failed.
 */
class LinearPartMatcher implements PartMatcher {
  readonly parameters: number
  readonly #items: readonly PartItem[]
  readonly #slots: readonly number[]
  readonly #runs: readonly Run[]
  readonly #failed = new Set<number>()
  #text = ''
  #end = 0
  #captures: number[] = []
  #base = 0
  #slash = false

  constructor(items: readonly PartItem[]) {
    this.#items = items
    this.parameters = countParameters(items)
    let slot = 0
    this.#slots = items.map((item) => (isParameter(item) ? slot++ : slot))
    this.#runs = items.map(() => ({ start: 0, end: -1, dead: 0 }))
  }

  match(text: string, start: number, end: number, captures: number[], base: number): PartResult {
    for (const run of this.#runs) run.end = -1
    this.#failed.clear()
    this.#text = text
    this.#end = end
    this.#captures = captures
    this.#base = base
    this.#slash = false
    const found = this.#follow(0, start)
    this.#text = ''
    if (!found) return NO_MATCH
    return this.#slash ? SLASH_MATCH : FULL_MATCH
  }

  /** Whether the items from `index` on match the text from `at` to the end. */
  #follow(index: number, at: number): boolean {
    const item = this.#items[index]
    if (item === undefined) return at === this.#end
    if (item.kind === 'literal') {
      return this.#startsWith(item.text, at) && this.#follow(index + 1, at + item.text.length)
    }
    if (item.kind === 'suffix') return this.#suffix(at)
    // The first parameter has one start only; those with runs remember in their own way.
    if (this.#slots[index] === 0 || !isBounded(item)) return this.#parameter(index, at, item)
    const mark = index * (this.#end + 1) + at
    if (this.#failed.has(mark)) return false
    const found = this.#parameter(index, at, item)
    if (!found) this.#failed.add(mark)
    return found
  }

  #parameter(index: number, at: number, item: Pattern): boolean {
    switch (item.kind) {
      case 'text':
        return this.#textRun(index, at, item.min, item.max)
      case 'digits':
        return this.#digits(index, at, this.#afterSign(item.signed, at))
      case 'decimal':
        return this.#decimal(index, at, this.#afterSign(item.signed, at))
      case 'uuid':
        return isUuid(this.#text, at, this.#end) && this.#take(index, at, at + 36)
      case 'choice':
        return item.items.some(
          (choice) => this.#startsWith(choice, at) && this.#take(index, at, at + choice.length),
        )
      case 'path':
        return this.#path(index, at)
      case 'regex':
        return false
    }
  }

  /** Records a parameter and goes on behind it. Later items overwrite only their own slots. */
  #take(index: number, from: number, to: number): boolean {
    const slot = this.#base + 2 * this.#slots[index]!
    this.#captures[slot] = from
    this.#captures[slot + 1] = to
    return this.#follow(index + 1, to)
  }

  #suffix(at: number): boolean {
    if (at === 0 || this.#text.charCodeAt(at - 1) === 0x2f) return false
    if (at === this.#end) return true
    this.#slash = at + 1 === this.#end && this.#text.charCodeAt(at) === 0x2f
    return this.#slash
  }

  #textRun(index: number, at: number, min: number, max: number): boolean {
    const run = this.#run(index, at, isNotSlash)
    const low = advance(this.#text, at, min, run.end)
    if (low === -1) return false
    if (max === Infinity) return this.#longestFirst(index, at, low, run)
    let to = advance(this.#text, at, max, run.end)
    if (to === -1) to = run.end
    for (; to >= low; to--) {
      if (isBoundary(this.#text, to) && this.#take(index, at, to)) return true
    }
    return false
  }

  #digits(index: number, from: number, at: number): boolean {
    if (at >= this.#end || !isDigit(this.#text.charCodeAt(at))) return false
    const run = this.#run(index, at, isDigit)
    return this.#longestFirst(index, from, at + 1, run)
  }

  #decimal(index: number, from: number, at: number): boolean {
    if (at >= this.#end || !isDigit(this.#text.charCodeAt(at))) return false
    const whole = this.#run(index, at, isDigit)
    const dot = whole.end
    if (this.#text.charCodeAt(dot) !== 0x2e || dot >= this.#end) return false
    // Every start before this dot leads to the same fraction.
    if (whole.dead <= dot) return false
    const end = digitsEnd(this.#text, dot + 1, this.#end)
    for (let to = end; to > dot + 1; to--) {
      if (this.#take(index, from, to)) return true
    }
    whole.dead = dot
    return false
  }

  #path(index: number, at: number): boolean {
    if (at >= this.#end || this.#text.charCodeAt(at) === 0x2f) return false
    // As in Werkzeug, a line break can only be the first character.
    const run = this.#run(index, at + 1, isNotLineBreak)
    const next = this.#items[index + 1]
    const high = run.dead - 1
    let to = next === undefined ? Math.max(at + 1, this.#end) : at + 1
    // Jumping looks at the text up to its end, so it is done once: in the last run, the first time.
    const jumps = next?.kind === 'literal' && run.end === this.#end && run.dead > run.end
    while (to <= high) {
      if (jumps) {
        to = this.#text.indexOf(next.text, to)
        if (to === -1 || to > high) break
      }
      if (isBoundary(this.#text, to) && this.#take(index, at, to)) return true
      to++
    }
    run.dead = Math.min(run.dead, at + 1)
    return false
  }

  /** Tries the ends of a run from its last down to `low`. */
  #longestFirst(index: number, from: number, low: number, run: Run): boolean {
    for (let to = run.dead - 1; to >= low; to--) {
      if (isBoundary(this.#text, to) && this.#take(index, from, to)) return true
    }
    run.dead = Math.min(run.dead, low)
    return false
  }

  /** The run of an item that `at` lies in. Its characters are looked at once, whatever the order of starts. */
  #run(index: number, at: number, isMember: (code: number) => boolean): Run {
    const run = this.#runs[index]!
    if (run.end !== -1 && at >= run.start && at <= run.end) return run
    const stop = run.end !== -1 && at < run.start ? run.start : this.#end
    let end = at
    while (end < stop && isMember(this.#text.charCodeAt(end))) end++
    const joins = run.end !== -1 && end === run.start && run.end > run.start && at < run.start
    run.start = at
    if (!joins) {
      while (end < this.#end && isMember(this.#text.charCodeAt(end))) end++
      run.end = end
      run.dead = end + 1
    }
    return run
  }

  #afterSign(signed: boolean, at: number): number {
    return signed && this.#text.charCodeAt(at) === 0x2d && at < this.#end ? at + 1 : at
  }

  #startsWith(prefix: string, at: number): boolean {
    return at + prefix.length <= this.#end && this.#text.startsWith(prefix, at)
  }
}

/** A stretch of characters of one kind. No end at or behind `dead` leads to a match. */
interface Run {
  start: number
  end: number
  dead: number
}

function countParameters(items: readonly PartItem[]): number {
  return items.filter(isParameter).length
}

function isBounded(item: Pattern): boolean {
  return item.kind === 'choice' || item.kind === 'uuid' || (item.kind === 'text' && item.max !== Infinity)
}

function isParameter(item: PartItem): boolean {
  return item.kind !== 'literal' && item.kind !== 'suffix'
}

function isNotSlash(code: number): boolean {
  return code !== 0x2f
}

function isNotLineBreak(code: number): boolean {
  return code !== 0x0a
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** The place `count` code points behind `at`, -1 when the run ends before. */
function advance(text: string, at: number, count: number, end: number): number {
  while (count > 0 && at < end) {
    at += isBoundary(text, at + 1) ? 1 : 2
    count--
  }
  return count > 0 || at > end ? -1 : at
}

/** Whether a place is not in the middle of a surrogate pair. */
function isBoundary(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (!(code >= 0xdc00 && code <= 0xdfff) || at === 0) return true
  const before = text.charCodeAt(at - 1)
  return !(before >= 0xd800 && before <= 0xdbff)
}

/** Whether 8-4-4-4-12 hexadecimal digits stand at `at`. */
export function isUuid(text: string, at: number, end: number): boolean {
  if (at + 36 > end) return false
  for (let index = 0; index < 36; index++) {
    const code = text.charCodeAt(at + index)
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (code !== 0x2d) return false
    } else if (!((code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)))
      return false
  }
  return true
}
