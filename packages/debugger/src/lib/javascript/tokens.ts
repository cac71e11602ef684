/** What a piece of JavaScript is. Spaces are no tokens. */
export type TokenKind =
  | 'name'
  | 'keyword'
  | 'private'
  | 'number'
  | 'string'
  | 'template'
  | 'regexp'
  | 'comment'
  | 'punctuator'

/** A piece of the source: `text.slice(start, end)`. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  readonly text: string
  /** Whether a line ends between the token before and this one. */
  readonly newline: boolean
}

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else export extends false finally for ' +
    'function if import in instanceof let new null return static super switch this throw true try typeof var void ' +
    'while with yield'
  ).split(' '),
)

/** Keywords that are a whole operand, so that a slash behind them divides. */
const OPERANDS: ReadonlySet<string> = new Set(['this', 'super', 'null', 'true', 'false'])

/** Longest first. `?.` before a digit is no chain; it does not matter here. */
const PUNCTUATORS: readonly string[] =
  '>>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ?. ++ -- += -= *= /= %= &= |= ^= << >> **'.split(
    ' ',
  )

const NAME = /[\p{ID_Start}$_\\](?:[\p{ID_Continue}$\\]|\u200c|\u200d)*/uy
const NUMBER = /(?:0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?[\d_]+)?n?)/iy

/**
 * Reads JavaScript as tokens, comments too. It never throws: what is not JavaScript (types, half a program) becomes
 * tokens as well as it goes, which is enough to colour it. A template is a `template` token for each piece of text,
 * with the tokens of its expressions between them.
 *
 * Whether a slash divides or begins a regular expression is told by the tokens before it. After `}` it is taken for a
 * regular expression unless the brace closes an object.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  /** What each open bracket is: `t` a template's `${`, `o` an object, `b` a block, `c` a condition, `p` any other. */
  const open: string[] = []
  let before: Token | null = null
  let closed = 'p'
  let newline = false
  let at = 0

  const push = (kind: TokenKind, end: number): void => {
    const token: Token = { kind, start: at, end, text: source.slice(at, end), newline }
    tokens.push(token)
    if (kind !== 'comment') {
      before = token
      newline = false
    } else if (token.text.includes('\n')) {
      newline = true
    }
    at = end
  }

  while (at < source.length) {
    const code = source.charCodeAt(at)
    const character = source[at]!
    if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029) {
      if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) newline = true
      at++
    } else if (character === '/' && source[at + 1] === '/') {
      push('comment', lineEnd(source, at))
    } else if (character === '/' && source[at + 1] === '*') {
      const end = source.indexOf('*/', at + 2)
      push('comment', end === -1 ? source.length : end + 2)
    } else if (at === 0 && source.startsWith('#!')) {
      push('comment', lineEnd(source, at))
    } else if (character === '"' || character === "'") {
      push('string', stringEnd(source, at))
    } else if (character === '`') {
      const end = templateEnd(source, at + 1)
      push('template', end)
      if (source[end - 1] === '{') open.push('t')
    } else if (character === '}' && open.at(-1) === 't') {
      open.pop()
      const end = templateEnd(source, at + 1)
      push('template', end)
      if (source[end - 1] === '{') open.push('t')
    } else if ((code >= 48 && code <= 57) || (character === '.' && isDigit(source.charCodeAt(at + 1)))) {
      push('number', Math.max(at + 1, matchEnd(NUMBER, source, at)))
    } else if (isNameStart(source, at)) {
      const end = nameEnd(source, at)
      const isMember = isDot(before)
      push(!isMember && KEYWORDS.has(source.slice(at, end)) ? 'keyword' : 'name', end)
    } else if (character === '#' && isNameStart(source, at + 1)) {
      push('private', nameEnd(source, at + 1))
    } else if (character === '/' && slashBeginsRegExp(before, closed)) {
      push('regexp', regExpEnd(source, at))
    } else if (character === '{') {
      open.push(braceKind(before))
      push('punctuator', at + 1)
    } else if (character === '(') {
      open.push(isConditionHead(before) ? 'c' : 'p')
      push('punctuator', at + 1)
    } else if (character === '[') {
      open.push('p')
      push('punctuator', at + 1)
    } else if (character === '}' || character === ')' || character === ']') {
      closed = open.pop() ?? 'b'
      push('punctuator', at + 1)
    } else {
      push('punctuator', at + punctuatorLength(source, at, character))
    }
  }
  return tokens
}

/** The tokens without comments. */
export function significant(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== 'comment')
}

/** For each bracket the index of its partner; -1 where there is none. Templates pair their pieces. */
export function matchBrackets(tokens: readonly Token[]): Int32Array {
  const partners = new Int32Array(tokens.length).fill(-1)
  const open: number[] = []
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text } = tokens[i]!
    if (kind === 'template') {
      if (text.startsWith('}') && open.length > 0) pair(partners, open.pop()!, i)
      if (text.endsWith('${')) open.push(i)
    } else if (kind === 'punctuator') {
      if (text === '(' || text === '[' || text === '{') open.push(i)
      else if ((text === ')' || text === ']' || text === '}') && open.length > 0)
        pair(partners, open.pop()!, i)
    }
  }
  return partners
}

function pair(partners: Int32Array, opening: number, closing: number): void {
  // A piece in the middle of a template both closes and opens: it points forward, its opener points to it.
  partners[opening] = closing
  if (partners[closing] === -1) partners[closing] = opening
}

function slashBeginsRegExp(before: Token | null, closed: string): boolean {
  if (before === null) return true
  const { kind, text } = before
  if (kind === 'keyword') return !OPERANDS.has(text)
  if (kind === 'name') return text === 'of'
  if (kind === 'template') return text.endsWith('${')
  if (kind !== 'punctuator') return false
  if (text === ')') return closed === 'c'
  if (text === '}') return closed !== 'o'
  return text !== ']' && text !== '++' && text !== '--'
}

/** Whether a brace after this token opens an object (`o`) or a block (`b`). */
function braceKind(before: Token | null): 'o' | 'b' {
  if (before === null) return 'b'
  const { kind, text } = before
  if (kind === 'keyword') return /^(?:else|do|try|finally|static|catch)$/.test(text) ? 'b' : 'o'
  if (kind !== 'punctuator') return kind === 'template' && text.endsWith('${') ? 'o' : 'b'
  return /^(?:[;{})]|=>)$/.test(text) ? 'b' : 'o'
}

function isConditionHead(before: Token | null): boolean {
  return before?.kind === 'keyword' && /^(?:if|while|for|with)$/.test(before.text)
}

function isDot(before: Token | null): boolean {
  return before?.kind === 'punctuator' && (before.text === '.' || before.text === '?.')
}

function stringEnd(source: string, start: number): number {
  const quote = source[start]
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at]
    if (character === '\\') at++
    else if (character === quote) return at + 1
    else if (character === '\n') return at
  }
  return source.length
}

/** The end of a template's text: behind its closing `` ` ``, or behind `${`. */
function templateEnd(source: string, start: number): number {
  for (let at = start; at < source.length; at++) {
    const character = source[at]
    if (character === '\\') at++
    else if (character === '`') return at + 1
    else if (character === '$' && source[at + 1] === '{') return at + 2
  }
  return source.length
}

function regExpEnd(source: string, start: number): number {
  let inClass = false
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at]
    if (character === '\\') at++
    else if (character === '\n') return at
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '/' && !inClass) return matchEnd(FLAGS, source, at + 1)
  }
  return source.length
}

const FLAGS = /[a-z]*/iy

function lineEnd(source: string, start: number): number {
  const end = source.indexOf('\n', start)
  return end === -1 ? source.length : end
}

function matchEnd(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : at
}

function nameEnd(source: string, start: number): number {
  let at = start
  while (at < source.length) {
    const code = source.charCodeAt(at)
    const isPlain = ((code | 32) >= 97 && (code | 32) <= 122) || isDigit(code) || code === 36 || code === 95
    if (!isPlain) return code > 127 || code === 92 ? matchEnd(NAME, source, start) : at
    at++
  }
  return at
}

function isNameStart(source: string, at: number): boolean {
  const code = source.charCodeAt(at)
  if ((code | 32) >= 97 && (code | 32) <= 122) return true
  if (code === 36 || code === 95 || code === 92) return true
  if (!(code > 127)) return false
  return matchEnd(NAME, source, at) > at
}

function punctuatorLength(source: string, at: number, character: string): number {
  if ('.=!*<>&|?+-/%^'.includes(character)) {
    const found = PUNCTUATORS.find((text) => source.startsWith(text, at))
    if (found !== undefined) return found.length
  }
  return isHighSurrogate(source.charCodeAt(at)) ? 2 : 1
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
