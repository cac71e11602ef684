import type { SyntaxOptions } from './delimiters.ts'

/** What the lexer needs to know of the delimiters, prepared once for each set of options. */

/** What can begin in the middle of text. */
export type OpenerKind = 'block' | 'variable' | 'comment' | 'linestatement' | 'linecomment'

/** A way for text to end. */
export interface Opener {
  readonly kind: OpenerKind
  readonly text: string
  /** For line prefixes: matches at a position, with the blanks in front. */
  readonly pattern: RegExp | null
}

export interface LexerRules {
  readonly syntax: SyntaxOptions
  /** In the order in which they are tried at one place: the longer ones first. */
  readonly openers: readonly Opener[]
  /** Matches the empty text at the next place where one of the openers may match. */
  readonly next: RegExp
  /** `{% raw %}` at a position. Its group is the sign. */
  readonly rawBegin: RegExp
  /** `{% endraw %}` from a position on. Its group is the sign. */
  readonly rawEnd: RegExp
}

/** What Python counts as white space. JavaScript's `\s` differs in a few. */
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
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
    next: new RegExp(`(?=${sources.join('|')})`, 'g'),
    rawBegin: new RegExp(`${begin}([-+]?)${SPACE}*raw${SPACE}*(?:-${end}${SPACE}*|${end})`, 'y'),
    rawEnd: new RegExp(
      `${begin}([-+]?)${SPACE}*endraw${SPACE}*(?:\\+${end}|-${end}${SPACE}*|${end}${trimmed})`,
      'g',
    ),
  }
}

function makeOpeners(syntax: SyntaxOptions): Opener[] {
  const openers: Opener[] = [
    { kind: 'variable', text: syntax.variableStartString, pattern: null },
    { kind: 'comment', text: syntax.commentStartString, pattern: null },
    { kind: 'block', text: syntax.blockStartString, pattern: null },
  ]
  const { lineStatementPrefix, lineCommentPrefix } = syntax
  // Where two are equally long, Jinja prefers them in this order.
  if (lineCommentPrefix !== null) {
    const pattern = new RegExp(`(?<!${BLANK})${BLANK}*${escaped(lineCommentPrefix)}`, 'y')
    openers.splice(1, 0, { kind: 'linecomment', text: lineCommentPrefix, pattern })
  }
  if (lineStatementPrefix !== null) {
    const pattern = new RegExp(`${LINE_START}[ \\t\\x0b]*${escaped(lineStatementPrefix)}`, 'y')
    openers.splice(1, 0, { kind: 'linestatement', text: lineStatementPrefix, pattern })
  }
  return openers.sort((a, b) => b.text.length - a.text.length)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
