import { compileTemplate } from './compile-statement.ts'
import type { RuntimeEnvironment, RuntimeTemplate, TemplateCode } from './context.ts'
import { Context } from './context.ts'
import { errorAt, TemplateError } from './errors.ts'
import { Frame } from './frame.ts'
import type { LexerOptions } from './lexer.ts'
import type { Root } from './nodes.ts'
import type { ParserExtension } from './parser.ts'
import { parse } from './parser.ts'
import { treeOf } from './precompiled.ts'
import type { Callback } from './waiting.ts'

/** What a template needs of its environment. */
export interface TemplateEnvironment extends RuntimeEnvironment {
  readonly opts: LexerOptions & { readonly autoescape: boolean; readonly throwOnUndefined: boolean }
  readonly extensionsList: readonly ParserExtension[]
}

/** The source of a template, or what `precompile` has made of it. */
export type TemplateSource = string | { readonly type: 'code' | 'string'; readonly obj: unknown }

/** A template. It is compiled when it is first rendered. */
export class CompilableTemplate implements RuntimeTemplate {
  readonly env: TemplateEnvironment
  readonly path: string | null
  readonly #source: TemplateSource
  #code: TemplateCode | undefined

  constructor(source: TemplateSource, env: TemplateEnvironment, path: string | null, eagerCompile: boolean) {
    if (typeof source !== 'string' && source?.type !== 'code' && source?.type !== 'string') {
      throw new TypeError(`src must be a string or an object describing the source, got ${typeof source}`)
    }
    this.env = env
    this.path = path
    this.#source = source
    if (eagerCompile) this.compile()
  }

  /** Compiles it now. @throws {TemplateError} */
  compile(): void {
    this.code()
  }

  code(): TemplateCode {
    this.#code ??= this.#compiled()
    return this.#code
  }

  /**
   * Renders the template.
   *
   * @param callback Gets the text, or the error. Without it the text is the result.
   * @throws {TemplateError} where there is no callback; also if the template has to wait for something.
   */
  render(variables: object | null | undefined, callback: Callback<string>): null
  render(variables?: object | null): string
  render(variables?: object | null | Callback<string>, callback?: Callback<string>): string | null
  render(variables?: object | null | Callback<string>, callback?: Callback<string>): string | null {
    const [context, answer] =
      typeof variables === 'function' ? [null, variables as Callback<string>] : [variables, callback]
    if (answer !== undefined) {
      answerLater(this.renderAsync(context), answer)
      return null
    }
    const text = this.#run(context)
    return typeof text === 'string' ? text : refuseToWait(text, this.path)
  }

  /** Renders the template, and waits for what it has to wait for. */
  async renderAsync(variables?: object | null): Promise<string> {
    return this.#run(variables)
  }

  #run(variables: object | null | undefined): string | Promise<string> {
    const code = this.code()
    const context = new Context(variables, code, this.env)
    const frame = new Frame()
    frame.isTopLevel = true
    const out = { text: '' }
    const wait = code.root(context, frame, out)
    return wait === undefined ? out.text : wait.then(() => out.text)
  }

  #compiled(): TemplateCode {
    const { asyncFilters, opts } = this.env
    try {
      return compileTemplate(this.#tree(), this.path, {
        asyncFilters,
        throwOnUndefined: opts.throwOnUndefined,
      })
    } catch (error) {
      throw error instanceof TemplateError
        ? error.locate(this.path)
        : errorAt(error, { lineno: -1, colno: -1 }, this.path)
    }
  }

  #tree(): Root {
    const source = this.#source
    if (typeof source !== 'string' && source.type === 'code') return treeOf(source.obj)
    const text = typeof source === 'string' ? source : String(source.obj)
    return parse(text, this.env.extensionsList, this.env.opts)
  }
}

/** Callbacks are always called later, as in Nunjucks; what they throw is not caught here. */
export function answerLater<T>(result: Promise<T>, callback: Callback<T>): void {
  result.then(
    (value) => queueMicrotask(() => callback(null, value)),
    (error: unknown) => queueMicrotask(() => callback(error)),
  )
}

function refuseToWait(waiting: Promise<string>, path: string | null): never {
  // Nobody will see how it ends.
  waiting.catch(() => undefined)
  throw new TemplateError(
    'the template has to wait for a promise or a callback: give render() a callback, or use renderAsync()',
  ).locate(path)
}
