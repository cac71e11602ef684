import { Symbols } from '../analyze/symbols.ts'
import type { InlineLoop } from './loop-usage.ts'

/** What is known about escaping at a place of the template. Changed by `{% autoescape %}` while code is generated. */
export interface EvalState {
  autoescape: boolean
  /** Whether `autoescape` is known only when the template runs. */
  volatile: boolean
}

/** A JavaScript function of the generated code, while it is written. */
export class FunctionScope {
  /** What it renders, for errors: `block "title"`, or `null`. */
  readonly part: string | null
  /** Whether the function is a generator, so that it can give pieces of its text early. */
  readonly isStream: boolean
  /** Names that are looked up in the context when the function begins, with their variables. */
  readonly resolved: Map<string, string> = new Map()
  /** Variables for values that are used twice in an expression. */
  readonly temporaries: string[] = []
  /** The line of the template that the variable `ln` has at this place of the code, or `null` if that is not known. */
  line: number | null
  /** How many loops of the code are open at this place: `break` needs one. */
  openLoops = 0

  /** Whether it can be called many times while a template runs. */
  readonly isMacro: boolean

  constructor(part: string | null, line: number, isStream: boolean, isMacro = false) {
    this.isMacro = isMacro
    this.part = part
    this.line = line
    this.isStream = isStream
  }
}

/** A macro whose calls can go to its function directly. */
export interface BoundMacro {
  /** The name of the function. */
  readonly fn: string
  readonly parameters: readonly string[]
  readonly catches: { readonly caller: boolean; readonly kwargs: boolean; readonly varargs: boolean }
}

/** What the code generator knows at a place of the template: Jinja's frame. */
export class Frame {
  readonly parent: Frame | null
  readonly symbols: Symbols
  readonly fn: FunctionScope
  /** The variable that collects what is printed. */
  buffer = 'out'
  /** Whether what is printed may leave the function early. */
  isStreamed: boolean
  /** Whether the template may turn out to extend another one, so that printing must ask first. */
  requiresOutputCheck = false
  /** The block around this place, or `null`. */
  block: string | null = null
  /** The template itself, with the conditions in it. */
  isTopLevel = false
  /** The template itself, without conditions. */
  isRootLevel = false
  isLoop = false
  isBlock = false
  /** Inside of a condition, where filters need not exist. */
  isSoft = false
  /** Names that `set` has stored in this loop or block so far. */
  readonly assigned: Set<string>
  /** How often names are stored in this frame, to find macros that are not replaced. Filled when it is asked for. */
  storeCounts: ReadonlyMap<string, number> | null = null
  /** How the loop of this frame is written out, if its variable `loop` has no object. */
  inlineLoop: InlineLoop | null = null
  /** The frame of which this is a part under a condition. */
  readonly #hard: Frame | null
  #macros: Map<string, BoundMacro> | null = null

  constructor(symbols: Symbols, fn: FunctionScope, parent: Frame | null, hard: Frame | null = null) {
    this.symbols = symbols
    this.fn = fn
    this.parent = parent
    this.#hard = hard
    this.assigned = hard === null ? new Set() : hard.assigned
    this.isStreamed = parent === null ? fn.isStream : parent.isStreamed
    if (hard !== null) {
      this.buffer = hard.buffer
      this.isStreamed = hard.isStreamed
      this.requiresOutputCheck = hard.requiresOutputCheck
      this.block = hard.block
      this.isTopLevel = hard.isTopLevel
      this.isLoop = hard.isLoop
      this.isBlock = hard.isBlock
      this.storeCounts = hard.storeCounts
      this.isSoft = true
    } else if (parent !== null) {
      this.buffer = parent.buffer
      this.requiresOutputCheck = parent.requiresOutputCheck
      this.block = parent.block
    }
  }

  /** A frame with a scope of its own inside of this one. */
  inner(fn: FunctionScope = this.fn, prefix?: string): Frame {
    return new Frame(new Symbols(this.symbols, undefined, prefix), fn, this)
  }

  /** A frame that sees nothing of this one. */
  isolated(): Frame {
    const frame = new Frame(new Symbols(null, this.symbols.level + 1), this.fn, null)
    frame.buffer = this.buffer
    frame.isStreamed = this.isStreamed
    frame.requiresOutputCheck = this.requiresOutputCheck
    return frame
  }

  /** The same frame inside of a condition: not the root level, and macros of it are known in it alone. */
  soft(): Frame {
    return new Frame(this.symbols, this.fn, this.parent, this)
  }

  /** How the loop of a variable `loop` is written out, if it has no object. */
  findInlineLoop(ref: string): InlineLoop | undefined {
    if (this.inlineLoop?.ref === ref) return this.inlineLoop
    return (this.#hard ?? this.parent)?.findInlineLoop(ref)
  }

  /** The name stands for a macro from here on. */
  bindMacro(ref: string, macro: BoundMacro): void {
    this.#macros ??= new Map()
    this.#macros.set(ref, macro)
  }

  findMacro(ref: string): BoundMacro | undefined {
    return this.#macros?.get(ref) ?? (this.#hard ?? this.parent)?.findMacro(ref)
  }
}
