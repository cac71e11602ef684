import type { Frame } from './frame.ts'
import { compatibleConstant } from './jinja-compat.ts'
import { SafeString } from './safe-string.ts'
import type { Waiting } from './waiting.ts'
import { isThenable } from './waiting.ts'

/** A filter, test, function or method of an extension. */
// biome-ignore lint/suspicious/noExplicitAny: filters and functions have parameters of their own.
export type TemplateFunction = (this: any, ...args: any[]) => unknown

/** What the runtime needs of an environment. */
export interface RuntimeEnvironment {
  readonly opts: { readonly autoescape: boolean; readonly throwOnUndefined: boolean }
  readonly globals: Readonly<Record<string, unknown>>
  readonly asyncFilters: readonly string[]
  getFilter(name: string): TemplateFunction
  getTest(name: string): TemplateFunction
  getExtension(name: string): object | undefined
  /** A template, or a promise of it. `null` where it is missing and that may be. */
  loadTemplate(name: unknown, parent: string | null, ignoreMissing: boolean): unknown
}

/** What the runtime needs of a template. */
export interface RuntimeTemplate {
  readonly path: string | null
  /** Its functions, compiled if they are not. */
  code(): TemplateCode
}

/** The functions of a template. */
export interface TemplateCode {
  readonly root: (context: Context, frame: Frame, out: Output) => Waiting
  readonly blocks: ReadonlyMap<string, BlockFunction>
}

export type BlockFunction = (context: Context, frame: Frame, out: Output) => Waiting

/** What was printed so far. */
export interface Output {
  text: string
}

/** The variables and blocks of one rendering. Filters, functions and extensions get it. */
export class Context {
  readonly env: RuntimeEnvironment
  /** The variables. */
  readonly ctx: Record<string, unknown>
  /** The names that `import` sees. */
  readonly exported: string[] = []
  readonly #blocks = new Map<string, BlockFunction[]>()

  constructor(variables: object | null | undefined, code: TemplateCode, env: RuntimeEnvironment) {
    this.env = env
    const own: Record<string, unknown> = Object.create(null)
    for (const [name, value] of Object.entries(variables ?? {})) own[name] = value
    this.ctx = own
    this.addBlocks(code)
  }

  /** The value of a variable, else of a global. */
  lookup(name: string): unknown {
    if (name in this.ctx) return this.ctx[name]
    const value = this.env.globals[name]
    return value === undefined ? compatibleConstant(name) : value
  }

  setVariable(name: string, value: unknown): void {
    this.ctx[name] = value
  }

  getVariables(): Record<string, unknown> {
    return this.ctx
  }

  addExport(name: string): void {
    this.exported.push(name)
  }

  /** What `import` gives: the macros and the variables that were set at the top level. */
  getExported(): Record<string, unknown> {
    const exported: Record<string, unknown> = Object.create(null)
    for (const name of this.exported) exported[name] = this.ctx[name]
    return exported
  }

  /** Puts the blocks of a parent behind those that are there. */
  addBlocks({ blocks }: TemplateCode): void {
    for (const [name, block] of blocks) {
      const chain = this.#blocks.get(name)
      if (chain === undefined) this.#blocks.set(name, [block])
      else chain.push(block)
    }
  }

  getBlock(name: string): BlockFunction {
    const block = this.#blocks.get(name)?.[0]
    if (block === undefined) throw new Error(`unknown block "${name}"`)
    return block
  }

  /** `super()`: what the block of the parent prints. */
  getSuper(name: string, block: BlockFunction, frame: Frame): unknown {
    const chain = this.#blocks.get(name) ?? []
    const parent = chain[chain.indexOf(block) + 1]
    if (parent === undefined || !chain.includes(block)) {
      throw new Error(`no super block available for "${name}"`)
    }
    return printedBy((out) => parent(this, frame, out))
  }
}

/** What something prints, as safe text; a promise where it waits. */
export function printedBy(print: (out: Output) => Waiting): unknown {
  const out: Output = { text: '' }
  const wait = print(out)
  return wait === undefined ? new SafeString(out.text) : wait.then(() => new SafeString(out.text))
}

/** As {@link printedBy}, as plain text. */
export function capturedText(print: (out: Output) => Waiting): string | Promise<string> {
  const safe = printedBy(print)
  return isThenable(safe) ? Promise.resolve(safe).then(String) : String(safe)
}
