import { SPACES } from '@phial/markup/text'
import type { SyntaxOptions } from './delimiters.ts'

/** What the lexer needs to know of the delimiters, prepared once for each set of options. */

/** What can begin in the middle of text. */
export type OpenerKind = 'block' | 'variable' | 'comment' | 'linestatement' | 'linecomment'

/** A way for text to end. */
export interface Opener {
  readonly kind: OpenerKind
  readonly type: `${OpenerKind}_begin`
  readonly text: string
  /** The second character of the text, or NaN. */
  readonly second: number
  /** For line prefixes: matches at a position, with the blanks in front. */
  readonly pattern: RegExp | null
}

export interface LexerRules {
  readonly syntax: SyntaxOptions
  /** In the order in which they are tried at one place: the longer ones first. */
  readonly openers: readonly Opener[]
  /** The character that all openers begin with, or `null` if they differ or depend on the start of lines. */
  readonly first: string | null
  /** Matches the empty text at the next place where one of the openers matches. */
  readonly next: RegExp
  /** `{% raw %}` at a position. Its group is the sign. */
  readonly rawBegin: RegExp
  /** `{% endraw %}` from a position on. Its group is the sign. */
  readonly rawEnd: RegExp
}

/** What Python counts as white space. JavaScript's `\s` differs in a few. */
const SPACE = `[${SPACES}]`
const BLANK = SPACE.replace('\\t-\\r', '\\t\\x0b\\f')
const LINE_START = '(?<![^\\n])'

const cache = new WeakMap<SyntaxOptions, LexerRules>()

/** The rules of the options. They are made once for each object. */
export function lexerRules(syntax: SyntaxOptions): LexerRules {
  let rules = cache.get(syntax)
  if (rules === undefined) {
    rules = makeRules(syntax)
    cache.set(syntax, rules)
  }
  return rules
}

function makeRules(syntax: SyntaxOptions): LexerRules {
  const openers = makeOpeners(syntax)
  const sources = openers.map((opener) => opener.pattern?.source ?? escaped(opener.text))
  const begin = escaped(syntax.blockStartString)
  const end = escaped(syntax.blockEndString)
  const trimmed = syntax.trimBlocks ? '\\n?' : ''
  return {
    syntax,
    openers,
    first: firstOf(openers),
    next: new RegExp(`(?=${sources.join('|')})`, 'g'),
    rawBegin: new RegExp(`${begin}([-+]?)${SPACE}*raw${SPACE}*(?:-${end}${SPACE}*|${end})`, 'y'),
    rawEnd: new RegExp(
      `${begin}([-+]?)${SPACE}*endraw${SPACE}*(?:\\+${end}|-${end}${SPACE}*|${end}${trimmed})`,
      'g',
    ),
  }
}

function makeOpeners(syntax: SyntaxOptions): Opener[] {
  const openers = [
    makeOpener('variable', 'variable_begin', syntax.variableStartString),
    makeOpener('comment', 'comment_begin', syntax.commentStartString),
    makeOpener('block', 'block_begin', syntax.blockStartString),
  ]
  const { lineStatementPrefix, lineCommentPrefix } = syntax
  // Where two are equally long, Jinja prefers them in this order.
  if (lineCommentPrefix !== null) {
    const pattern = new RegExp(`(?<!${BLANK})${BLANK}*${escaped(lineCommentPrefix)}`, 'y')
    openers.splice(1, 0, makeOpener('linecomment', 'linecomment_begin', lineCommentPrefix, pattern))
  }
  if (lineStatementPrefix !== null) {
    const pattern = new RegExp(`${LINE_START}[ \\t\\x0b]*${escaped(lineStatementPrefix)}`, 'y')
    openers.splice(1, 0, makeOpener('linestatement', 'linestatement_begin', lineStatementPrefix, pattern))
  }
  return openers.sort((a, b) => b.text.length - a.text.length)
}

function makeOpener(
  kind: OpenerKind,
  type: Opener['type'],
  text: string,
  pattern: RegExp | null = null,
): Opener {
  return { kind, type, text, second: text.charCodeAt(1), pattern }
}

function firstOf(openers: readonly Opener[]): string | null {
  const first = openers[0]?.text.charAt(0) ?? ''
  return openers.every((opener) => opener.pattern === null && opener.text.startsWith(first)) ? first : null
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
