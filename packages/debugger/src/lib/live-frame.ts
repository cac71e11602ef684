import type { FrameKind } from './project.ts'

/** What the body of a module is called, as a function. */
export const MODULE_FRAME = '<module>'

/** A frame with what its variables are read through, as long as it is kept. */
export interface LiveFrame {
  readonly kind: FrameKind
  readonly functionName: string | null
  /** The source as it was written; null for frames of the engine. */
  readonly url: string | null
  /** How the file is shown, if not by its URL. */
  readonly shownFile: string | null
  /** From 1. */
  readonly line: number | null
  readonly column: number | null
  readonly isAwaiting: boolean
  /** The text of the source, if it is known without reading the file. */
  readonly content: string | null
  /** Evaluates code in the frame: a direct `eval` in its innermost scope. */
  readonly evaluate: ((code: string) => unknown) | null
  /** Reads a variable where that is not the same as evaluating its name; null where it is. */
  readonly read: ((name: string) => unknown) | null
  /** The names to show, innermost scope first. */
  readonly scopes: readonly FrameScope[]
  /** What `this` was, if that is known. */
  readonly self?: unknown
  /** Whether it is no call, but the place in a source that an error is about. Default false. */
  readonly isPlace?: boolean
}

export interface FrameScope {
  /**
   * `local`, `block`, `closure` and so on. `module` is for what a whole file shares, which no table shows; in the frame of
   * the module's body it is `body`.
   */
  readonly type: string
  readonly names: readonly string[]
  /** The variables as they were at the throw, where they were kept; reading one may throw. */
  readonly values?: Readonly<Record<string, unknown>>
}

/** A frame of a template, given by whoever knows the template engine. */
export interface TemplateFrame {
  /** The template's name: `blog/index.html`. */
  readonly name: string
  /** The path of its file, if it has one. */
  readonly file?: string | null
  /** From 1. */
  readonly line: number
  readonly column?: number | null
  /** The block or macro that runs, or null. */
  readonly part?: string | null
  /** The text of the template; its excerpt is shown. */
  readonly source?: string | null
  /** The template's variables. */
  readonly variables?: Readonly<Record<string, unknown>> | null
  /** Evaluates an expression of the template language in the template's context, for the console. */
  readonly evaluate?: ((expression: string) => unknown) | null
}

/** What a template engine tells of errors in its templates. */
export interface TemplateFrames {
  /** The frames of an error, innermost first; an empty list for errors that no template is part of. */
  framesOf(error: unknown): readonly TemplateFrame[]
  /** Whether a frame of the stack is the engine's own; those make room for the template's. */
  owns(frame: { readonly url: string | null; readonly functionName: string | null }): boolean
  /** What a template knows, read from the code that was generated of it; null if nothing. Default: nothing. */
  lookInto?(code: GeneratedFrame): TemplateInsight | null
}

/** A frame of code that was generated of a template, held at the error. */
export interface GeneratedFrame {
  /** The names of its variables. */
  readonly names: readonly string[]
  /** Evaluates JavaScript in the frame. */
  evaluate(code: string): unknown
}

/** A template's variables at an error, and its console. */
export interface TemplateInsight {
  readonly names: readonly string[]
  read(name: string): unknown
  /** Evaluates an expression of the template language; what it assigns, if it can, it changes in the template. */
  evaluate(expression: string): unknown
}
