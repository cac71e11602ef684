import { AssertionError } from '../values/python-errors.ts'

/** How tags are marked in the source, and which white space around them is dropped. */
export interface SyntaxOptions {
  /** Opens a statement. Default: `{%`. */
  readonly blockStartString: string
  /** Closes a statement. Default: `%}`. */
  readonly blockEndString: string
  /** Opens a printed expression. Default: `{{`. */
  readonly variableStartString: string
  /** Closes a printed expression. Default: `}}`. */
  readonly variableEndString: string
  /** Opens a comment. Default: `{#`. */
  readonly commentStartString: string
  /** Closes a comment. Default: `#}`. */
  readonly commentEndString: string
  /** Makes the rest of a line a statement, if it is the first text of the line. Default: none. */
  readonly lineStatementPrefix: string | null
  /** Makes the rest of a line a comment. Default: none. */
  readonly lineCommentPrefix: string | null
  /** Whether the newline behind a statement or comment is dropped. Default: false. */
  readonly trimBlocks: boolean
  /** Whether blanks between the start of a line and a statement or comment are dropped. Default: false. */
  readonly lstripBlocks: boolean
  /** What newlines of the source become: `\n`, `\r\n` or `\r`. Default: `\n`. */
  readonly newlineSequence: string
  /** Whether a newline at the end of the source is kept. Default: false. */
  readonly keepTrailingNewline: boolean
}

export const defaultSyntax: SyntaxOptions = {
  blockStartString: '{%',
  blockEndString: '%}',
  variableStartString: '{{',
  variableEndString: '}}',
  commentStartString: '{#',
  commentEndString: '#}',
  lineStatementPrefix: null,
  lineCommentPrefix: null,
  trimBlocks: false,
  lstripBlocks: false,
  newlineSequence: '\n',
  keepTrailingNewline: false,
}

/**
 * The options with the defaults filled in. An empty prefix counts as none.
 *
 * @throws {AssertionError} for empty or equal start strings, and for newlines that are none.
 */
export function resolveSyntax(options: Partial<SyntaxOptions> = {}): SyntaxOptions {
  const known: Record<string, unknown> = { ...defaultSyntax }
  for (const key of Object.keys(defaultSyntax)) {
    const value = options[key as keyof SyntaxOptions]
    if (value !== undefined) known[key] = value
  }
  const syntax = known as unknown as SyntaxOptions
  checkSyntax(syntax)
  return {
    ...syntax,
    lineStatementPrefix: syntax.lineStatementPrefix || null,
    lineCommentPrefix: syntax.lineCommentPrefix || null,
  }
}

function checkSyntax(syntax: SyntaxOptions): void {
  for (const [key, text] of Object.entries(syntax)) {
    if (key.endsWith('String') && (typeof text !== 'string' || text === '')) {
      throw new AssertionError(`'${key}' must be a string of at least one character.`)
    }
  }
  const { blockStartString, variableStartString, commentStartString } = syntax
  if (new Set([blockStartString, variableStartString, commentStartString]).size < 3) {
    throw new AssertionError('block, variable and comment start strings must be different.')
  }
  if (!['\n', '\r\n', '\r'].includes(syntax.newlineSequence)) {
    throw new AssertionError("'newline_sequence' must be one of '\\n', '\\r\\n', or '\\r'.")
  }
}
