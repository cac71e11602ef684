import { isSpace } from '@phial/markup/text'
import { codePointLength, codePoints } from '../values/code-points.ts'
import { isLessOrEqual } from '../values/compare.ts'
import { ValueError } from '../values/python-errors.ts'
import { repr } from '../values/python-text.ts'
import { isTrue } from '../values/truth.ts'

const WORD = '[\\p{L}\\p{N}_]'
const LETTER = '(?:(?!\\p{Nd})[\\p{L}\\p{N}_])'
const PUNCTUATED = '[\\p{L}\\p{N}_!"\'&.,?]'
const SPACE = '[\\t-\\r ]'

/**
 * Where a line can be broken, as Python's `textwrap` has it: white space, dashes between words, words, and their parts
 * up to a hyphen between letters.
 */
const PIECE = new RegExp(
  `(${SPACE}+|(?<=${PUNCTUATED})-{2,}(?=${WORD})|[^\\t-\\r ]+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})|(?=${SPACE}|$)|(?<=${PUNCTUATED})(?=-{2,}${WORD})))`,
  'u',
)
const SIMPLE_PIECE = new RegExp(`(${SPACE}+)`)

/**
 * A text without line breaks as lines of at most `width` characters; blanks at their ends are dropped.
 *
 * @param breakLongWords Whether words longer than a line are cut.
 * @param breakOnHyphens Whether words may be parted behind their hyphens. As in Python, values that are true but not
 * `true` part only words that are longer than a line.
 */
export function wordWrap(
  text: string,
  width: unknown,
  breakLongWords: boolean,
  breakOnHyphens: unknown,
): string[] {
  if (isLessOrEqual(width, 0)) throw new ValueError(`invalid width ${repr(width)} (must be > 0)`)
  const limit = Number(width)
  const pieces = text
    .split(breakOnHyphens === true ? PIECE : SIMPLE_PIECE)
    .filter(Boolean)
    .reverse()
  const lines: string[] = []
  while (pieces.length > 0) {
    if (lines.length > 0 && isBlank(pieces.at(-1)!)) pieces.pop()
    const line: string[] = []
    let length = 0
    let next = pieces.at(-1)
    for (; next !== undefined; next = pieces.at(-1)) {
      const size = codePointLength(next)
      if (length + size > limit) break
      line.push(pieces.pop()!)
      length += size
    }
    if (next !== undefined && codePointLength(next) > limit) {
      if (breakLongWords) {
        pieces.pop()
        const rest = cutWord(next, line, length, limit, isTrue(breakOnHyphens), lines)
        if (rest !== '') pieces.push(rest)
      } else if (line.length === 0) {
        line.push(pieces.pop()!)
      }
    }
    if (line.length > 0 && isBlank(line.at(-1)!)) line.pop()
    if (line.length > 0) lines.push(line.join(''))
  }
  return lines
}

/**
 * Cuts a word that is longer than a line: fills `line`, and full lines behind it.
 *
 * @returns The rest, no longer than a line.
 */
function cutWord(
  word: string,
  line: string[],
  length: number,
  limit: number,
  breakOnHyphens: boolean,
  lines: string[],
): string {
  const characters = codePoints(word)
  let ink = characters.length
  while (ink > 0 && isBlank(characters[ink - 1]!)) ink -= 1
  let at = 0
  for (let space = Math.max(limit < 1 ? 1 : limit - length, 0); ; space = Math.max(limit, 1)) {
    let end = Math.min(at + space, characters.length)
    if (breakOnHyphens && characters.length - at > space) end = hyphenBefore(characters, at, end) ?? end
    line.push(characters.slice(at, end).join(''))
    at = end
    if (characters.length - at <= limit) return characters.slice(at).join('')
    if (at >= ink) {
      // Blanks are dropped at the start of the next line; at that of the text only as far as they fill lines.
      const isStart = lines.length === 0 && line.length === 1
      while (isStart && characters.length - at > limit) at += Math.max(limit, 1)
      return characters.slice(at).join('')
    }
    if (isBlank(line.at(-1)!)) line.pop()
    if (line.length > 0) lines.push(line.splice(0).join(''))
  }
}

/** Behind the last hyphen of a part that has other characters before it. */
function hyphenBefore(characters: readonly string[], from: number, end: number): number | undefined {
  let at = end - 1
  while (at > from && characters[at] !== '-') at -= 1
  if (at <= from) return undefined
  for (let index = from; index < at; index++) if (characters[index] !== '-') return at + 1
  return undefined
}

function isBlank(piece: string): boolean {
  for (let index = 0; index < piece.length; index++) if (!isSpace(piece.charCodeAt(index))) return false
  return true
}
