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
  readonly assigned: Set<string> = new Set()
  /** How often names are stored in this frame, to find macros that are not replaced. Filled when it is asked for. */
  storeCounts: ReadonlyMap<string, number> | null = null
  readonly inlineLoops: Map<string, InlineLoop> = new Map()
  readonly macros: Map<string, BoundMacro> = new Map()

  constructor(symbols: Symbols, fn: FunctionScope, parent: Frame | null) {
    this.symbols = symbols
    this.fn = fn
    this.parent = parent
    this.isStreamed = parent === null ? fn.isStream : parent.isStreamed
    if (parent !== null) {
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

  /** The same frame inside of a condition. */
  soft(): Frame {
    const soft = new SoftFrame(this)
    soft.isSoft = true
    return soft
  }

  /** How the loop of a variable `loop` is written out, if it has no object. */
  findInlineLoop(ref: string): InlineLoop | undefined {
    return this.inlineLoops.get(ref) ?? this.parent?.findInlineLoop(ref)
  }

  findMacro(ref: string): BoundMacro | undefined {
    return this.macros.get(ref) ?? this.parent?.findMacro(ref)
  }
}

/** Shares everything with the frame it was made of, but is not the root level. */
class SoftFrame extends Frame {
  constructor(hard: Frame) {
    super(hard.symbols, hard.fn, hard.parent)
    this.buffer = hard.buffer
    this.isStreamed = hard.isStreamed
    this.requiresOutputCheck = hard.requiresOutputCheck
    this.block = hard.block
    this.isTopLevel = hard.isTopLevel
    this.isLoop = hard.isLoop
    this.isBlock = hard.isBlock
    Object.assign(this, {
      assigned: hard.assigned,
      inlineLoops: hard.inlineLoops,
      macros: new Map(hard.macros),
      storeCounts: hard.storeCounts,
    })
  }
}
