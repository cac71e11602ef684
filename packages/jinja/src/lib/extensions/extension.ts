import type { EnvironmentView } from '../runtime-interface.ts'
import type { Arguments, Call, ExtensionAttribute, Position, Statement, Template } from '../syntax/ast.ts'
import type { Parser, ParserExtension } from '../syntax/parser.ts'
import type { TokenStream } from '../syntax/token-stream.ts'
import type { Token } from '../syntax/tokens.ts'

/** What an extension sees of the environment it is bound to. */
export interface ExtensionEnvironment extends EnvironmentView {
  readonly globals: Map<string, unknown>
  /** Gives the environment members of the extension, unless it has members of those names. */
  extend(members: Readonly<Record<string, unknown>>): void
  /** The tree of a source. */
  parse(source: string): Template
}

/** A class of extensions. */
export interface ExtensionClass {
  new (environment: ExtensionEnvironment): Extension
  /** What the extension is known by. Default: the name of the class. */
  readonly identifier?: string
}

/**
 * Adds tags to templates, or changes their source or tokens before they are parsed.
 *
 * An extension keeps its settings on the environment (see `extend`): environments made by `overlay` have a copy of the
 * extension each, so that private members (`#name`) are not possible.
 *
 * @example
 * class ShoutExtension extends Extension {
 *   static readonly identifier = 'example.shout'
 *   override readonly tags = new Set(['shout'])
 *   override parse(parser: Parser): Statement {
 *     const place = parser.stream.next()
 *     const call = this.callMethod('shout', { args: [parser.parseExpression()] }, place)
 *     return { kind: 'Output', line: place.line, column: place.column, nodes: [call] }
 *   }
 *   shout(value: unknown): string {
 *     return `${value}!`.toUpperCase()
 *   }
 * }
 */
export class Extension implements ParserExtension {
  /** The tags that {@link parse} is called for. Default: none. */
  readonly tags: ReadonlySet<string> = new Set()
  /** Extensions with lower numbers get the source and the tokens first. Default: 100. */
  readonly priority: number = 100
  /** The environment that the extension is bound to. */
  readonly environment: ExtensionEnvironment

  constructor(environment: ExtensionEnvironment) {
    this.environment = environment
  }

  /** What the extension is known by: nodes name it so. */
  get identifier(): string {
    return identifierOf(this.constructor as ExtensionClass)
  }

  /** A copy that is bound to another environment. */
  bind(environment: ExtensionEnvironment): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, { environment })
  }

  /** The source as it is to be cut into tokens. Default: unchanged. */
  preprocess(source: string, _name: string | null, _filename: string | null): string {
    return source
  }

  /** The tokens as they are to be parsed. Default: unchanged. */
  filterStream(stream: TokenStream): TokenStream | Iterable<Token> {
    return stream
  }

  /**
   * What a tag means. The current token is its name; behind the last token that is read must come the end of the tag.
   *
   * @throws {TemplateSyntaxError} by `parser.fail`.
   */
  parse(_parser: Parser): Statement | readonly Statement[] {
    throw new TypeError(`extension ${this.identifier} has tags, but no parse method`)
  }

  /** A node for a member of this extension. Methods are bound to it. */
  attr(name: string, place: Position): ExtensionAttribute {
    const { line, column } = place
    return { kind: 'ExtensionAttribute', line, column, identifier: this.identifier, name }
  }

  /** A node that calls a method of this extension when the template runs. */
  callMethod(name: string, args: Partial<Arguments>, place: Position): Call {
    const { line, column } = place
    const node = this.attr(name, place)
    return {
      kind: 'Call',
      line,
      column,
      node,
      args: args.args ?? [],
      kwargs: args.kwargs ?? [],
      dynArgs: args.dynArgs ?? null,
      dynKwargs: args.dynKwargs ?? null,
    }
  }
}

/** What the extensions of a class are known by. */
export function identifierOf(extensionClass: ExtensionClass): string {
  return extensionClass.identifier ?? (extensionClass as { readonly name?: string }).name ?? ''
}
