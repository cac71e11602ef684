import { didYouMean } from '../did-you-mean.ts'
import { TemplateSyntaxError } from '../errors.ts'
import type {
  Arguments,
  Expression,
  InternalName,
  Name,
  Position,
  Statement,
  Target,
  Template,
  TemplateData,
} from './ast.ts'
import { foreignTagHint, notOpenHint } from './foreign-syntax.ts'
import { Lexer } from './lexer.ts'
import { isTupleEnd, parseExpression, parseTuple } from './parse-expression.ts'
import { parseCallArguments, parseFilter, parsePrimary } from './parse-primary.ts'
import { parseAssignTarget, parseName, type TargetOptions, tagParsers } from './parse-statement.ts'
import type { ParserState, TupleOptions } from './parser-interface.ts'
import type { SourceOptions } from './source.ts'
import { TokenStream } from './token-stream.ts'
import { describeTokenExpression, type Token } from './tokens.ts'
import { childrenOf } from './visitor.ts'

/** How deep blocks, brackets and conditions may stand inside each other. */
const MAX_NESTING = 100
/**
 * How high the tree of an expression may grow by operators in a row, as in `a + b + c`. The code of some is nested as
 * deep, and V8 runs out of stack near 600 levels.
 */
const MAX_HEIGHT = 250

/** What the parser asks of an extension. */
export interface ParserExtension {
  /** The tags that it parses. */
  readonly tags: Iterable<string>
  /** Those with lower numbers come first. */
  readonly priority: number
  preprocess(source: string, name: string | null, filename: string | null): string
  filterStream(stream: TokenStream): TokenStream | Iterable<Token>
  parse(parser: Parser): Statement | readonly Statement[]
}

export interface ParseOptions extends SourceOptions {
  /** Extensions that are bound to the environment. Default: none. */
  readonly extensions?: readonly ParserExtension[]
}

/** The tree of a template. @throws {TemplateSyntaxError} */
export function parse(source: string, options: ParseOptions = {}): Template {
  return new Parser(source, options).parse()
}

/**
 * The tree of a single expression, which is the whole source.
 *
 * @throws {TemplateSyntaxError} also for what stands behind it.
 */
export function parseSingleExpression(source: string, options: ParseOptions = {}): Expression {
  const parser = new Parser(source, options, 'variable')
  const node = parser.parseExpression()
  if (!parser.stream.eos) parser.fail('chunk after expression')
  parser.checkHeight([node])
  return node
}

/** The source as the extensions change it before it is cut into tokens. */
export function preprocess(source: string, options: ParseOptions): string {
  const { name = null, filename = null } = options
  return inOrder(options.extensions).reduce(
    (text, extension) => extension.preprocess(text, name, filename),
    source,
  )
}

/** Reads the tokens of one template. Extensions get it to parse what is in their tags. */
export class Parser implements ParserState {
  /** The tokens. The current one is the name of the tag when an extension is called. */
  readonly stream: TokenStream
  /** The name of the template, or `null`. */
  readonly name: string | null
  /** Its file, or `null`. */
  readonly filename: string | null
  readonly #extensions: Map<string, ParserExtension> = new Map()
  /** The tags that are open, and what each body is to end with. */
  readonly #openTags: Token[] = []
  readonly #endTokens: (readonly string[])[] = []
  #identifiers = 0
  #depth = 0
  #expressionDepth = 0
  #operators = 0
  #isHigh = false

  /** @param state Begin inside a tag. Default: at the start of a template. */
  constructor(source: string, options: ParseOptions = {}, state?: 'block' | 'variable') {
    const extensions = inOrder(options.extensions)
    this.name = options.name ?? null
    this.filename = options.filename ?? null
    const text = extensions.length === 0 ? source : preprocess(source, options)
    const streamOptions = { ...options, source: text }
    let stream = new TokenStream(new Lexer(text, options, state ? { state } : {}), streamOptions)
    for (const extension of extensions) {
      const filtered = extension.filterStream(stream)
      stream = filtered instanceof TokenStream ? filtered : new TokenStream(filtered, streamOptions)
      for (const tag of extension.tags) this.#extensions.set(tag, extension)
    }
    this.stream = stream
  }

  /** The tree of the whole template. */
  parse(): Template {
    const body = this.#parseBody(null)
    this.checkHeight(body)
    return { kind: 'Template', line: 1, column: 1, body }
  }

  // -------------------------------------------------- for tags of extensions

  /** An expression. Without conditions, `if` ends it. Default: with them. */
  parseExpression(withCondition: boolean = true): Expression {
    return parseExpression(this, withCondition)
  }

  /** Expressions; a tuple if there are commas between them. */
  parseTuple(options?: TupleOptions): Expression {
    return parseTuple(this, options)
  }

  /** A name, a literal, or what stands in brackets. */
  parsePrimary(): Expression {
    return parsePrimary(this)
  }

  /** Arguments in parentheses. */
  parseCallArguments(): Arguments {
    return parseCallArguments(this)
  }

  /** The filters behind a node. Without a node the innermost filter has none. */
  parseFilter(node: Expression | null, startInline?: boolean): Expression | null {
    return parseFilter(this, node, startInline)
  }

  /** What can be assigned to: a name, names with commas between them. */
  parseAssignTarget(options?: TargetOptions): Target {
    return parseAssignTarget(this, options)
  }

  /** A name to assign to. */
  parseAssignName(): Name {
    return parseName(this, 'store')
  }

  /** Whether a tuple ends at the current token. */
  isTupleEnd(extraEndRules?: readonly string[]): boolean {
    return isTupleEnd(this, extraEndRules)
  }

  /**
   * The body of a tag, from the end of the tag to one of the end tags (`name:endfor`), whose name is then current.
   *
   * @param dropNeedle Whether the name of the end tag is skipped. Default: false.
   */
  parseStatements(endTokens: readonly string[], dropNeedle: boolean = false): Statement[] {
    const { stream } = this
    // As in Python, a colon may stand before the body.
    stream.skipIf('colon')
    stream.expect('block_end')
    this.#enter()
    const body = this.#parseBody(endTokens)
    this.#depth--
    if (stream.current.type === 'eof') this.failEof(endTokens)
    if (dropNeedle) stream.next()
    return body
  }

  /** A tag, from its name to before its end. */
  parseStatement(): Statement | readonly Statement[] {
    const token = this.stream.current
    if (token.type !== 'name') this.fail('tag name expected')
    const tag = token.value as string
    this.#openTags.push(token)
    const parseTag = tagParsers.get(tag)
    let node: Statement | readonly Statement[]
    if (parseTag !== undefined) node = parseTag(this)
    else {
      const extension = this.#extensions.get(tag)
      if (extension === undefined) {
        this.#openTags.pop()
        this.failUnknownTag(tag)
      }
      node = extension.parse(this)
    }
    this.#openTags.pop()
    return node
  }

  /** A variable that no template can name. */
  freeIdentifier(place: Position = this.stream.current): InternalName {
    this.#identifiers++
    return { kind: 'InternalName', line: place.line, column: place.column, name: `fi${this.#identifiers}` }
  }

  /** @throws {TemplateSyntaxError} at a place. Default: the current token. */
  fail(
    message: string,
    place?: Position,
    errorClass?: typeof TemplateSyntaxError,
    hint?: string | null,
  ): never {
    this.stream.fail(message, place, errorClass, hint)
  }

  /** @throws {TemplateSyntaxError} that says which tags could come. */
  failUnknownTag(tag: string, place?: Position): never {
    const expected = this.#endTokens.flat().map(describeTokenExpression)
    const parts = [`Encountered unknown tag '${tag}'.`]
    const wanted = this.#wantedTags(this.#endTokens)
    if (wanted !== null && expected.includes(tag)) {
      parts.push(
        `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`,
      )
    } else if (wanted !== null) parts.push(`Jinja was looking for the following tags: ${wanted}.`)
    const known = [...expected, ...tagParsers.keys(), 'raw', ...this.#extensions.keys()]
    // A tag that is spelt well but closes something else: what is open matters.
    const isMisplaced = tag === 'else' || tag === 'elif' || tagParsers.has(tag.replace(/^end/, ''))
    const hint = isMisplaced
      ? (this.#whereOpened() ?? notOpenHint(tag))
      : (foreignTagHint(tag) ?? didYouMean(tag, known))
    this.fail(this.#withInnermost(parts), place, TemplateSyntaxError, hint)
  }

  /** @throws {TemplateSyntaxError} that says which tags are missing at the end of the template. */
  failEof(endTokens?: readonly string[], place?: Position): never {
    const stack = endTokens === undefined ? this.#endTokens : [...this.#endTokens, endTokens]
    const parts = ['Unexpected end of template.']
    const wanted = this.#wantedTags(stack)
    if (wanted !== null) parts.push(`Jinja was looking for the following tags: ${wanted}.`)
    this.fail(this.#withInnermost(parts), place, TemplateSyntaxError, this.#whereOpened())
  }

  /** Where the tag begins that is not closed, which is seldom where that is noticed. */
  #whereOpened(): string | null {
    const tag = this.#openTags.at(-1)
    return tag === undefined ? null : `'${tag.value}' begins in line ${tag.line}.`
  }

  #wantedTags(stack: readonly (readonly string[])[]): string | null {
    const innermost = stack.at(-1)
    if (innermost === undefined) return null
    return innermost.map((expression) => `'${describeTokenExpression(expression)}'`).join(' or ')
  }

  #withInnermost(parts: string[]): string {
    const tag = this.#openTags.at(-1)
    if (tag !== undefined) parts.push(`The innermost block that needs to be closed is '${tag.value}'.`)
    return parts.join(' ')
  }

  // ------------------------------------------------------------------ bodies

  /** Text, printed expressions and tags up to one of the end tokens, or to the end of the template. */
  #parseBody(endTokens: readonly string[] | null): Statement[] {
    const { stream } = this
    const body: Statement[] = []
    let pieces: (TemplateData | Expression)[] = []
    if (endTokens !== null) this.#endTokens.push(endTokens)
    for (;;) {
      const { type, line, column, value } = stream.current
      if (type === 'data') {
        if (value !== '') pieces.push({ kind: 'TemplateData', line, column, data: value as string })
        stream.next()
      } else if (type === 'variable_begin') {
        stream.next()
        pieces.push(parseTuple(this))
        stream.expect('variable_end')
      } else {
        if (pieces.length > 0) {
          body.push(outputOf(pieces))
          pieces = []
        }
        if (type === 'eof') break
        if (type !== 'block_begin') this.fail(`unexpected '${stream.current}'`)
        stream.next()
        if (endTokens !== null && stream.current.testAny(endTokens)) break
        const node = this.parseStatement()
        if (Array.isArray(node)) body.push(...node)
        else body.push(node as Statement)
        stream.expect('block_end')
      }
    }
    if (endTokens !== null) this.#endTokens.pop()
    return body
  }

  // ------------------------------------------------------------------ limits

  #enter(): void {
    if (++this.#depth > MAX_NESTING) {
      this.fail(`nesting is too deep: expected at most ${MAX_NESTING} levels of blocks and brackets`)
    }
  }

  /** Called where an expression begins inside another construct. */
  enterExpression(): void {
    this.#enter()
    if (this.#expressionDepth++ === 0) this.#operators = 0
  }

  leaveExpression(): void {
    this.#depth--
    this.#expressionDepth--
  }

  /** Called for each operator that makes the tree higher. */
  countOperator(): void {
    if (++this.#operators > MAX_HEIGHT) this.#isHigh = true
  }

  /** Refuses trees that are too high to be walked. Few are looked at: those with many operators in one expression. */
  checkHeight(nodes: readonly (Statement | Expression)[]): void {
    if (!this.#isHigh) return
    let level: readonly Parameters<typeof childrenOf>[0][] = nodes
    for (let height = 0; level.length > 0; height++) {
      if (height > MAX_HEIGHT) {
        this.fail(`expression is too long: expected at most ${MAX_HEIGHT} operators in a row`, level[0])
      }
      level = level.flatMap((node) => childrenOf(node))
    }
  }
}

function outputOf(nodes: readonly (TemplateData | Expression)[]): Statement {
  const { line, column } = nodes[0] as Expression
  return { kind: 'Output', line, column, nodes }
}

function inOrder(extensions: readonly ParserExtension[] = []): readonly ParserExtension[] {
  return extensions.length < 2 ? extensions : extensions.toSorted((a, b) => a.priority - b.priority)
}
