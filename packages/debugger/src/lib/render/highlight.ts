import { escapeToString } from '@phial/markup'
import { type TokenKind, tokenize } from '../javascript/tokens.ts'
import type { SourceExcerpt } from '../report.ts'

/** A piece of a line and how it is coloured; '' for not at all. */
interface Piece {
  readonly text: string
  readonly kind: string
}

/** The lines of an excerpt as HTML; the token at `column` of line `line` is marked. Both count from 1. */
export function highlightLines(excerpt: SourceExcerpt, line: number, column: number | null): string[] {
  const pieces = excerpt.language === 'template' ? templatePieces(excerpt) : javascriptPieces(excerpt)
  const lines = splitLines(pieces, excerpt.lines.length)
  return lines.map((parts, index) => lineHtml(parts, excerpt.start + index === line ? column : null))
}

function lineHtml(pieces: readonly Piece[], column: number | null): string {
  let out = ''
  let at = 0
  for (const { text, kind } of pieces) {
    const escaped = escapeToString(text)
    const coloured = kind === '' ? escaped : `<i class="${kind}">${escaped}</i>`
    const isMarked =
      column !== null && column - 1 >= at && column - 1 < at + text.length && text.trim() !== ''
    out += isMarked ? `<mark>${coloured}</mark>` : coloured
    at += text.length
  }
  return out
}

function javascriptPieces({ lines }: SourceExcerpt): Piece[] {
  const text = lines.join('\n')
  const pieces: Piece[] = []
  let from = 0
  // An excerpt may begin within a comment.
  const closing = text.indexOf('*/')
  const opening = text.indexOf('/*')
  if (closing !== -1 && (opening === -1 || closing < opening)) {
    from = closing + 2
    pieces.push({ text: text.slice(0, from), kind: 'com' })
  }
  const rest = text.slice(from)
  let at = 0
  const tokens = tokenize(rest)
  for (const [index, token] of tokens.entries()) {
    if (token.start > at) pieces.push({ text: rest.slice(at, token.start), kind: '' })
    const kind = KINDS[token.kind]
    const isCall = token.kind === 'name' && tokens[index + 1]?.text === '('
    pieces.push({
      text: token.text,
      kind: isCall ? 'fun' : isTypeWord(token.kind, token.text) ? 'key' : kind,
    })
    at = token.end
  }
  pieces.push({ text: rest.slice(at), kind: '' })
  return pieces
}

const KINDS: Readonly<Record<TokenKind, string>> = {
  keyword: 'key',
  string: 'str',
  template: 'str',
  regexp: 'str',
  number: 'num',
  comment: 'com',
  private: '',
  punctuator: '',
  name: '',
}

/** Words that are keywords by their place. */
function isTypeWord(kind: string, text: string): boolean {
  return (
    kind === 'name' &&
    /^(?:async|of|as|from|interface|type|readonly|satisfies|declare|private|public|protected|get|set|undefined)$/.test(
      text,
    )
  )
}

const TEMPLATE =
  /\{#[\s\S]*?(?:#\}|$)|\{[{%][\s\S]*?(?:[%}]\}|$)|<!--[\s\S]*?(?:-->|$)|<\/?[A-Za-z][\w-]*|\/?>/g
const IN_TEMPLATE = /\{[{%][+-]?|[+-]?[%}]\}|'[^']*'?|"[^"]*"?|\d[\d.]*|[A-Za-z_]\w*|[^\w'"]/g
const TEMPLATE_WORDS =
  /^(?:for|in|if|elif|else|endif|endfor|block|endblock|extends|include|import|from|as|macro|endmacro|call|endcall|set|endset|filter|endfilter|with|endwith|raw|endraw|and|or|not|is|recursive|scoped|required|ignore|missing|without|context|do|autoescape|endautoescape|trans|endtrans|pluralize|true|false|none|True|False|None)$/

function templatePieces({ lines }: SourceExcerpt): Piece[] {
  const text = lines.join('\n')
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(TEMPLATE)) {
    pieces.push({ text: text.slice(from, index), kind: '' })
    from = index + found.length
    if (found.startsWith('{#') || found.startsWith('<!')) pieces.push({ text: found, kind: 'com' })
    else if (!found.startsWith('{')) pieces.push({ text: found, kind: 'tag' })
    else for (const [word] of found.matchAll(IN_TEMPLATE)) pieces.push({ text: word, kind: wordKind(word) })
  }
  pieces.push({ text: text.slice(from), kind: '' })
  return pieces
}

function wordKind(word: string): string {
  if (/^\{[{%]|[%}]\}$/.test(word)) return 'fun'
  if (/^['"]/.test(word)) return 'str'
  if (/^\d/.test(word)) return 'num'
  return TEMPLATE_WORDS.test(word) ? 'key' : ''
}

/** The pieces of each line; those over several lines are cut. */
function splitLines(pieces: readonly Piece[], count: number): Piece[][] {
  const lines: Piece[][] = Array.from({ length: count }, () => [])
  let line = 0
  for (const { text, kind } of pieces) {
    if (!text.includes('\n')) {
      if (text !== '') lines[line]?.push({ text, kind })
      continue
    }
    const parts = text.split('\n')
    parts.forEach((part, index) => {
      if (index > 0) line++
      if (part !== '') lines[line]?.push({ text: part, kind })
    })
  }
  return lines
}
