import { isSpace } from '@phial/markup/text'
import { type OperatorType, operators } from './tokens.ts'

/** What single characters mean to the lexer. */

export const SPACE = 1
export const NAME = 2
export const DIGIT = 3
export const QUOTE = 4

/** What an ASCII character can begin inside a tag; 0 for operators and for what begins nothing. */
export const characterClasses: Uint8Array = new Uint8Array(128)
for (const code of [9, 10, 11, 12, 13, 28, 29, 30, 31, 32]) characterClasses[code] = SPACE
for (let code = 48; code < 58; code++) characterClasses[code] = DIGIT
for (let code = 65; code < 91; code++) characterClasses[code] = characterClasses[code + 32] = NAME
characterClasses[95] = NAME
characterClasses[34] = characterClasses[39] = QUOTE

/** 1 for the ASCII characters that can stand inside a name. */
export const nameCharacters: Uint8Array = characterClasses.map((kind) =>
  kind === NAME || kind === DIGIT ? 1 : 0,
)

export interface Operator {
  readonly text: string
  readonly type: OperatorType
  /** The second character, or NaN. */
  readonly second: number
}

/** The operators by their first character; those of two characters are looked for first. */
export const singleOperators: (Operator | undefined)[] = new Array(128).fill(undefined)
export const doubleOperators: (Operator | undefined)[] = new Array(128).fill(undefined)
for (const [text, type] of Object.entries(operators)) {
  const table = text.length === 1 ? singleOperators : doubleOperators
  table[text.charCodeAt(0)] = { text, type, second: text.charCodeAt(1) }
}

/** What Python's `\w` and its identifiers know beyond ASCII. */
export const WIDE_NAME: RegExp = /[\p{L}\p{N}\p{XID_Continue}_]+/uy
export const IDENTIFIER: RegExp = /^[\p{XID_Start}_]\p{XID_Continue}*$/u

/** Behind the white space from a position on. */
export function skipSpace(source: string, start: number): number {
  let end = start
  while (isSpace(source.charCodeAt(end))) end++
  return end
}

/** Where the white space in front of a position begins, but not before `least`. */
export function skipSpaceBack(source: string, end: number, least: number): number {
  let start = end
  while (start > least && isSpace(source.charCodeAt(start - 1))) start--
  return start
}

/** White space that does not end a line. */
export function isBlankCode(code: number): boolean {
  return code !== 10 && isSpace(code)
}
