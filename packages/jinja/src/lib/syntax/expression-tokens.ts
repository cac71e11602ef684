import { isSpace } from '@phial/markup/text'
import { codePointLength } from '../values/code-points.ts'
import { repr } from '../values/python-text.ts'
import {
  characterClasses,
  DIGIT,
  doubleOperators,
  IDENTIFIER,
  NAME,
  nameCharacters,
  QUOTE,
  SPACE,
  singleOperators,
  WIDE_NAME,
} from './characters.ts'
import type { Cursor } from './cursor.ts'
import { characterHint } from './foreign-syntax.ts'
import { LiteralError, readFloat, readInteger, readString, scanNumber } from './literals.ts'
import type { Token, TokenType } from './tokens.ts'

/*
 * The tokens inside a tag: names, literals, operators and brackets.
 */

/** What begins at the cursor: one of the classes of characters. @param code The code unit there. */
export function classAt(cursor: Cursor, code: number): number {
  return code < 128 ? characterClasses[code]! : wideClass(cursor)
}

/**
 * The token at the cursor, where no white space is.
 *
 * @param kind What {@link classAt} says.
 * @param brackets The brackets that are open, as the characters that close them. Changed.
 */
export function expressionToken(cursor: Cursor, kind: number, code: number, brackets: number[]): Token {
  switch (kind) {
    case NAME:
      return nameToken(cursor, code)
    case DIGIT:
      return numberToken(cursor)
    case QUOTE:
      return stringToken(cursor, code)
    default:
      return operatorToken(cursor, code, brackets)
  }
}

/** What begins with a character beyond ASCII. */
function wideClass(cursor: Cursor): number {
  const { position, source } = cursor
  if (isSpace(source.charCodeAt(position))) return SPACE
  WIDE_NAME.lastIndex = position
  if (WIDE_NAME.test(source)) return NAME
  return unexpected(cursor, source.codePointAt(position) as number)
}

function nameToken(cursor: Cursor, first: number): Token {
  const { position, source } = cursor
  let end = position
  if (first < 128) {
    let code = source.charCodeAt(++end)
    while (nameCharacters[code] === 1) code = source.charCodeAt(++end)
    if (!(code >= 128)) return cursor.piece('name', end)
  }
  WIDE_NAME.lastIndex = end
  if (WIDE_NAME.test(source)) end = WIDE_NAME.lastIndex
  if (!cursor.verbatim && !IDENTIFIER.test(source.slice(position, end))) {
    cursor.fail('Invalid character in identifier')
  }
  return cursor.piece('name', end)
}

function numberToken(cursor: Cursor): Token {
  const { position, source } = cursor
  const { end, isFloat } = scanNumber(source, position)
  const type = isFloat ? 'float' : 'integer'
  if (cursor.verbatim) return cursor.piece(type, end)
  const text = source.slice(position, end)
  return literalToken(cursor, type, end, () => (isFloat ? readFloat(text) : readInteger(text)))
}

function stringToken(cursor: Cursor, quote: number): Token {
  const { position, source } = cursor
  let end = position + 1
  for (let code = source.charCodeAt(end); code !== quote; code = source.charCodeAt(++end)) {
    if (code === 92) end++
    if (end >= source.length) unexpected(cursor, quote)
  }
  if (cursor.verbatim) return cursor.piece('string', end + 1)
  const text = source.slice(position + 1, end)
  return literalToken(cursor, 'string', end + 1, () => readString(cursor.withNewlines(text)))
}

function literalToken(cursor: Cursor, type: TokenType, end: number, read: () => Token['value']): Token {
  let value: Token['value']
  try {
    value = read()
  } catch (error) {
    if (error instanceof LiteralError) cursor.fail(error.message)
    throw error
  }
  return cursor.piece(type, end, value)
}

function operatorToken(cursor: Cursor, code: number, brackets: number[]): Token {
  const { position, source, verbatim } = cursor
  const double = doubleOperators[code]
  if (double !== undefined && source.charCodeAt(position + 1) === double.second) {
    return cursor.piece(verbatim ? 'operator' : double.type, position + 2, double.text)
  }
  const single = singleOperators[code]
  if (single === undefined) return unexpected(cursor, code)
  if (code === 123 || code === 91) brackets.push(code + 2)
  else if (code === 40) brackets.push(41)
  else if (code === 125 || code === 93 || code === 41) closeBracket(cursor, code, brackets)
  return cursor.piece(verbatim ? 'operator' : single.type, position + 1, single.text)
}

function closeBracket(cursor: Cursor, code: number, brackets: number[]): void {
  const expected = brackets.pop()
  const bracket = String.fromCharCode(code)
  if (expected === undefined) cursor.fail(`unexpected '${bracket}'`)
  if (expected !== code) cursor.fail(`unexpected '${bracket}', expected '${String.fromCharCode(expected)}'`)
}

function unexpected(cursor: Cursor, code: number): never {
  const offset = codePointLength(cursor.source.slice(0, cursor.position))
  const character = String.fromCodePoint(code)
  return cursor.fail(`unexpected char ${repr(character)} at ${offset}`, characterHint(character))
}
