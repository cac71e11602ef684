import type { Call, Template } from '../syntax/ast.ts'
import { type LexedToken, lex } from '../syntax/lex.ts'
import { type ParseOptions, parse, preprocess } from '../syntax/parser.ts'
import { findAll } from '../syntax/visitor.ts'
import { gettextFunctions } from './gettext.ts'

/** Finds what is to be translated. */

/** A call of a gettext function. */
export interface ExtractedMessage {
  readonly line: number
  /** The name of the function. */
  readonly function: string
  /** The arguments: text, or `null` for what is no literal of text. */
  readonly strings: readonly (string | null)[]
}

export interface ExtractOptions {
  /** The names of the functions. Default: those of gettext and `_`. */
  readonly functions?: readonly string[]
  /** Whether arguments that are no text are left out, and calls without any text as well. Default: false. */
  readonly onlyText?: boolean
}

/** The calls of gettext functions in a tree, `{% trans %}` included. */
export function* extractFromTree(
  tree: Template,
  options: ExtractOptions = {},
): Generator<ExtractedMessage, void> {
  const { functions = gettextFunctions, onlyText = false } = options
  for (const call of findAll(tree, 'Call')) {
    const { node, line } = call
    if (node.kind !== 'Name' || !functions.includes(node.name)) continue
    const strings = onlyText ? stringsOf(call).filter((text) => text !== null) : stringsOf(call)
    if (!onlyText || strings.length > 0) yield { line, function: node.name, strings }
  }
}

function stringsOf(call: Call): (string | null)[] {
  const strings = call.args.map((arg) =>
    arg.kind === 'Const' && typeof arg.value === 'string' ? arg.value : null,
  )
  for (const other of [...call.kwargs, call.dynArgs, call.dynKwargs]) if (other !== null) strings.push(null)
  return strings
}

/** A message with what the author of the template says to translators. */
export interface CommentedMessage extends ExtractedMessage {
  readonly comments: readonly string[]
}

export interface ExtractSourceOptions extends ExtractOptions, ParseOptions {
  /** The words by which comments for translators begin, such as `L10N:`. Default: none. */
  readonly commentTags?: readonly string[]
}

/**
 * The messages of a source with the nearest comment before each.
 *
 * @param options The extensions must have the one for `{% trans %}`.
 * @throws {TemplateSyntaxError}
 */
export function* extractMessages(
  source: string,
  options: ExtractSourceOptions = {},
): Generator<CommentedMessage, void> {
  const tree = parse(source, options)
  const finder = new CommentFinder([...lex(preprocess(source, options), options)], options.commentTags ?? [])
  for (const message of extractFromTree(tree, options)) {
    yield { ...message, comments: finder.commentsBefore(message.line) }
  }
}

/** Finds comments in the order of the lines. Each belongs to one message. */
class CommentFinder {
  readonly #tokens: readonly LexedToken[]
  readonly #tags: readonly string[]
  #offset = 0

  constructor(tokens: readonly LexedToken[], tags: readonly string[]) {
    this.#tokens = tokens
    this.#tags = tags
  }

  /** The last comment that begins with one of the tags, between the message before and the end of the line. */
  commentsBefore(line: number): readonly string[] {
    if (this.#tags.length === 0) return []
    const start = this.#offset
    let end = start
    while (end < this.#tokens.length && (this.#tokens[end] as LexedToken).line <= line) end++
    this.#offset = end
    for (let index = end - 1; index >= start; index--) {
      const comment = this.#commentOf(this.#tokens[index] as LexedToken)
      if (comment !== null) return [comment]
    }
    return []
  }

  #commentOf(token: LexedToken): string | null {
    if (token.type !== 'comment' && token.type !== 'linecomment') return null
    const match = /^\s*(\S+)\s+(\S[\s\S]*)$/.exec(token.value)
    if (match === null || !this.#tags.includes(match[1] as string)) return null
    return (match[2] as string).trimEnd()
  }
}
