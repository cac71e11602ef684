import { toFloat, toInt } from '../values/number.ts'
import { readBytesLiteral, readStringLiteral } from './string-literal.ts'

/** A piece of a Python literal: a value, or a sign with which it is put together. */
export type LiteralToken =
  | { readonly kind: 'number' | 'string' | 'bytes' | 'constant'; readonly value: unknown }
  | { readonly kind: 'sign'; readonly sign: string }

/**
 * The tokens of a Python expression that may be a literal, or `undefined` if it surely is none. Reads each character
 * a bounded number of times.
 */
export function tokenizeLiteral(text: string): LiteralToken[] | undefined {
  const source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  if (source.includes('\0') || isIndented(source)) return undefined
  const tokens: LiteralToken[] = []
  let depth = 0
  let hasEnded = false
  for (let at = 0; at < source.length; ) {
    const character = source[at]!
    if (character === ' ' || character === '\t' || character === '\f') {
      at += 1
      continue
    }
    if (character === '#') {
      const end = source.indexOf('\n', at)
      at = end < 0 ? source.length : end
      continue
    }
    if (character === '\n') {
      // Outside of brackets a line break ends the expression.
      if (depth === 0 && tokens.length > 0) hasEnded = true
      at += 1
      continue
    }
    if (character === '\\' && source[at + 1] === '\n' && at + 2 < source.length) {
      at += 2
      continue
    }
    if (hasEnded) return undefined
    const read = readToken(source, at)
    if (read === undefined) return undefined
    if (read.token.kind === 'sign') {
      if ('([{'.includes(character)) depth += 1
      else if (')]}'.includes(character)) depth -= 1
      if (depth < 0 || depth > MAX_DEPTH) return undefined
    }
    tokens.push(read.token)
    at = read.end
  }
  // Blanks on the last line are an indentation to Python, with nothing indented.
  return hasEnded && /[ \t]/.test(source.at(-1)!) ? undefined : tokens
}

/** As many brackets as Python reads within each other. */
const MAX_DEPTH = 200

/** Whether the first line that is not empty begins with a blank, which Python takes for an error. */
function isIndented(source: string): boolean {
  let isAtStart = true
  for (let at = 0; at < source.length; at++) {
    const character = source[at]
    if (character === '\n') isAtStart = true
    else if (character === ' ' || character === '\t') isAtStart = false
    else return character !== '#' && !isAtStart
  }
  return false
}

interface Read {
  readonly token: LiteralToken
  readonly end: number
}

function readToken(source: string, at: number): Read | undefined {
  const character = source[at]!
  if ('()[]{},:+-'.includes(character)) return { token: { kind: 'sign', sign: character }, end: at + 1 }
  if (isDigit(character) || (character === '.' && isDigit(source[at + 1]))) return readNumber(source, at)
  const prefix = prefixOf(source, at)
  const quote = source[at + prefix.length]
  if (quote === '"' || quote === "'") {
    const lower = prefix.toLowerCase()
    const read = lower.includes('b')
      ? readBytesLiteral(source, at + prefix.length, lower.includes('r'))
      : readStringLiteral(source, at + prefix.length, lower.includes('r'))
    if (read === undefined) return undefined
    return { token: { kind: lower.includes('b') ? 'bytes' : 'string', value: read.value }, end: read.end }
  }
  for (const [name, value] of CONSTANTS) {
    if (source.startsWith(name, at) && !isNameCharacter(source[at + name.length])) {
      return { token: { kind: 'constant', value }, end: at + name.length }
    }
  }
  // `set()` is how Python writes an empty set.
  const empty = matchAt(/set[ \t]*\([ \t\n]*\)/y, source, at)
  return empty === undefined
    ? undefined
    : { token: { kind: 'constant', value: new Set() }, end: at + empty.length }
}

const CONSTANTS: readonly (readonly [string, unknown])[] = [
  ['None', null],
  ['True', true],
  ['False', false],
]

function prefixOf(source: string, at: number): string {
  return matchAt(/(?:r|u|b|br|rb)(?=["'])/iy, source, at) ?? ''
}

const NUMBERS = [
  /0[xX](?:_?[0-9a-fA-F])+/y,
  /0[oO](?:_?[0-7])+/y,
  /0[bB](?:_?[01])+/y,
  /(?:\d+(?:_\d+)*)?\.\d+(?:_\d+)*(?:[eE][+-]?\d+(?:_\d+)*)?/y,
  /\d+(?:_\d+)*\.?[eE][+-]?\d+(?:_\d+)*/y,
  /\d+(?:_\d+)*\./y,
  /0+(?:_0+)*(?![\d_])|[1-9]\d*(?:_\d+)*/y,
]

/** Longer ints are refused by Python, as reading them takes long. */
const MAX_DIGITS = 4300

function readNumber(source: string, at: number): Read | undefined {
  for (let index = 0; index < NUMBERS.length; index++) {
    const digits = matchAt(NUMBERS[index]!, source, at)
    if (digits === undefined) continue
    const end = at + digits.length
    if (isNameCharacter(source[end]) || source[end] === '.') return undefined
    const plain = digits.replaceAll('_', '')
    const isFloat = index >= 3 && index <= 5
    if (isFloat) return { token: { kind: 'number', value: toFloat(Number(plain)) }, end }
    if (plain.length > MAX_DIGITS) return undefined
    return { token: { kind: 'number', value: toInt(BigInt(plain)) }, end }
  }
  return undefined
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}

function isNameCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\w\u0080-\uffff]/.test(character)
}
