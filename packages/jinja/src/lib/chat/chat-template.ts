import type { Backend } from '../environment-options.ts'
import { TemplateError } from '../errors.ts'
import { LoopControlsExtension } from '../extensions/loop-controls.ts'
import type { SandboxLimits } from '../sandbox/limits.ts'
import { ImmutableSandboxedEnvironment } from '../sandbox/sandboxed-environment.ts'
import type { Template } from '../template.ts'
import { toText } from '../values/python-text.ts'
import { readSignature, withSignature } from '../values/signature.ts'
import { formatDate } from '../values/strftime.ts'
import type { TextSpan } from './generation.ts'
import { GenerationExtension, GenerationMarks } from './generation.ts'
import type { ChatDocument, ChatMessage, ChatTool } from './messages.ts'
import { toJsonForChat } from './to-json.ts'

export interface ChatTemplateOptions {
  /** Variables of every rendering, such as `bos_token`. Those of a rendering go before them. Default: none. */
  readonly variables?: Readonly<Record<string, unknown>>
  /** What `strftime_now` takes for the present. Default: the clock. */
  readonly now?: () => Date
  /** What one rendering may use up. Default: see {@link SandboxLimits}. */
  readonly limits?: Partial<SandboxLimits>
  /** Default: `auto`, generated code where the runtime allows it. */
  readonly backend?: Backend
}

/** What a template is rendered with. All other members are variables of the template. */
export interface ChatVariables {
  readonly messages: readonly ChatMessage[]
  /** The tools that the model may call. Default: `null`. */
  readonly tools?: readonly ChatTool[] | null
  /** Texts for the model to look things up in. Default: `null`. */
  readonly documents?: readonly ChatDocument[] | null
  /** Whether the text ends where the answer of the assistant begins. Default: false. */
  readonly addGenerationPrompt?: boolean
  /** The same, by the name that templates know it by. */
  readonly add_generation_prompt?: boolean
  /**
   * Whether the text ends with the last message, without what the template prints behind it, so that the model goes on
   * with that message. Default: false.
   */
  readonly continueFinalMessage?: boolean
  readonly [variable: string]: unknown
}

/** A conversation as text. */
export interface RenderedChat {
  readonly text: string
  /** What stood in `{% generation %}`, in order. */
  readonly assistantSpans: readonly TextSpan[]
}

/** The members of a `tokenizer_config.json` that matter here. Its special tokens become variables. */
export interface TokenizerConfig {
  /** The template, or several with names. */
  readonly chat_template?: string | readonly { readonly name: string; readonly template: string }[]
  readonly [member: string]: unknown
}

/**
 * A chat template. It runs in a sandbox in which nothing can be changed, with `trim_blocks` and `lstrip_blocks`; it has
 * `break` and `continue`, `raise_exception`, `strftime_now` and a `tojson` without escapes for HTML.
 */
export class ChatTemplate {
  readonly #template: Template
  readonly #variables: Readonly<Record<string, unknown>>

  /** @throws {TemplateSyntaxError} */
  constructor(source: string, options: ChatTemplateOptions = {}) {
    this.#template = environmentFor(options).fromString(source)
    this.#variables = { ...options.variables }
  }

  /**
   * The template of a `tokenizer_config.json`, with the special tokens in it (`bos_token` and all others that end so) as
   * variables.
   *
   * @param name Which one, if there are several. Default: `default`.
   * @throws {TypeError} if there is no such template.
   */
  static fromTokenizerConfig(
    config: TokenizerConfig,
    options: ChatTemplateOptions & { readonly name?: string } = {},
  ): ChatTemplate {
    const { name = 'default', ...rest } = options
    const templates = config.chat_template
    const source =
      typeof templates === 'string' ? templates : templates?.find((each) => each.name === name)?.template
    if (source === undefined) {
      const names = Array.isArray(templates) ? templates.map((each) => `'${each.name}'`).join(', ') : 'none'
      throw new TypeError(`the tokenizer's configuration has no chat template '${name}'; it has: ${names}`)
    }
    return new ChatTemplate(source, { ...rest, variables: { ...specialTokens(config), ...rest.variables } })
  }

  /**
   * The conversation as text.
   *
   * @throws {TemplateError} if the template calls `raise_exception`.
   * @throws {SecurityError} if it tries what the sandbox forbids.
   */
  render(variables: ChatVariables): string {
    const text = this.#template.render(this.#complete(variables))
    return variables.continueFinalMessage ? cutBehindFinal(text, variables.messages) : text
  }

  /** As {@link render}, with the parts of the text that an assistant says. */
  renderWithSpans(variables: ChatVariables): RenderedChat {
    const marks = new GenerationMarks()
    const marked = this.#template.render(Object.assign(this.#complete(variables), marks.variables))
    const { text, spans } = marks.read(marked)
    if (!variables.continueFinalMessage) return { text, assistantSpans: spans }
    const cut = cutBehindFinal(text, variables.messages)
    return {
      text: cut,
      assistantSpans: spans
        .filter(({ start }) => start < cut.length)
        .map(({ start, end }) => ({ start, end: Math.min(end, cut.length) })),
    }
  }

  #complete(variables: ChatVariables): Record<string, unknown> {
    if (!Array.isArray(variables.messages)) {
      throw new TypeError(`'messages' must be an array of messages, got ${typeof variables.messages}`)
    }
    const complete: Record<string, unknown> = {
      tools: null,
      documents: null,
      add_generation_prompt: variables.addGenerationPrompt ?? false,
      ...this.#variables,
    }
    for (const name of Object.keys(variables)) {
      const value = variables[name]
      if (value !== undefined && !OPTIONS.has(name)) complete[name] = value
    }
    return complete
  }
}

/** What is no variable of the template. */
const OPTIONS: ReadonlySet<string> = new Set(['addGenerationPrompt', 'continueFinalMessage'])

function environmentFor({
  limits = {},
  backend = 'auto',
  now,
}: ChatTemplateOptions): ImmutableSandboxedEnvironment {
  const environment = new ImmutableSandboxedEnvironment({
    trimBlocks: true,
    lstripBlocks: true,
    extensions: [GenerationExtension, LoopControlsExtension],
    cacheSize: 0,
    backend,
    limits,
  })
  environment.filters.set('tojson', toJsonForChat)
  environment.globals.set('raise_exception', raiseException)
  environment.globals.set('strftime_now', strftimeNow(now ?? (() => new Date())))
  return environment
}

const raiseException = withSignature(readSignature('raise_exception(message)'), (message: unknown): never => {
  throw new TemplateError(toText(message))
})

function strftimeNow(now: () => Date): (format: unknown) => string {
  return withSignature(readSignature('strftime_now(format)'), (format: unknown): string => {
    const date = now()
    // Python's `now()` is the time of the place.
    const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
    return formatDate(local, toText(format))
  })
}

function specialTokens(config: TokenizerConfig): Record<string, string> {
  const tokens: Record<string, string> = {}
  for (const [name, value] of Object.entries(config)) {
    if (!name.endsWith('_token')) continue
    const text =
      typeof value === 'object' && value !== null ? (value as { content?: unknown }).content : value
    if (typeof text === 'string') tokens[name] = text
  }
  return tokens
}

/** The text up to the end of the last message. Templates may trim messages, so that blanks around it may be missing. */
function cutBehindFinal(text: string, messages: readonly ChatMessage[]): string {
  const content = messages.at(-1)?.content
  const final =
    typeof content === 'string' ? content : content?.findLast((part) => part.text !== undefined)?.text
  const trimmed = final?.trim() ?? ''
  const at = text.lastIndexOf(trimmed)
  if (final === undefined || at < 0) {
    throw new TypeError(
      'continueFinalMessage needs a template that prints the content of the last message; it is not in the text',
    )
  }
  const kept = final.trimStart()
  return text.slice(0, at + (text.startsWith(kept, at) ? kept.length : trimmed.length))
}
