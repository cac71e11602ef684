import { RecursionError, UndefinedError } from '../errors.ts'
import { repr } from '../values/python-text.ts'
import type { BlockFunction, BlockTable, Mode } from './compiled.ts'
import type { Context } from './context.ts'
import { MAX_MACRO_DEPTH } from './limits.ts'
import { markSafeIf } from './output.ts'
import { gatherAsync, gatherSync } from './pieces.ts'

/** The table of a template alone. */
export function blockTableOf(blocks: Readonly<Record<string, BlockFunction>>): BlockTable {
  const table: Record<string, readonly BlockFunction[]> = Object.create(null)
  for (const name of Object.keys(blocks)) table[name] = [blocks[name]!]
  return table
}

const NO_BLOCKS: BlockTable = Object.freeze(Object.create(null) as BlockTable)

/** The table of a template without blocks. */
export function noBlocks(): BlockTable {
  return NO_BLOCKS
}

interface Link {
  readonly parent: BlockTable
  readonly linked: BlockTable
}

/** The last link made from a table. Templates extend the same parent each time, unless it was reloaded. */
const links = new WeakMap<BlockTable, Link>()

/** The table of a template that extends another: the blocks of the parent lie behind its own. */
export function linkBlocks(table: BlockTable, parent: BlockTable): BlockTable {
  const last = links.get(table)
  if (last !== undefined && last.parent === parent) return last.linked
  const linked: Record<string, readonly BlockFunction[]> = Object.create(null)
  for (const name of Object.keys(table)) linked[name] = table[name]!
  for (const name of Object.keys(parent)) linked[name] = [...(linked[name] ?? []), ...parent[name]!]
  links.set(table, { parent, linked })
  return linked
}

/**
 * What `super()` of a block prints; a promise of it in async modes.
 *
 * @throws {UndefinedError} if the block overrides none.
 */
export function renderSuper(context: Context, name: string, depth: number): unknown {
  const block = context.blocks[name]?.[depth + 1]
  if (block === undefined) throw new UndefinedError(`there is no parent block called ${repr(name)}.`)
  return gather(context, context.mode, block(context, depth + 1))
}

/** The pieces that a block gives, put together: a promise in async modes. */
function gather(context: Context, mode: Mode, pieces: unknown): unknown {
  switch (mode) {
    case 'sync':
      return typeof pieces === 'string' ? pieces : context.environment.concat(pieces as unknown[])
    case 'stream':
      return gatherSync(context.environment, pieces as Iterable<unknown>)
    default:
      return gatherAsync(context.environment, pieces)
  }
}

/** A block as a value: `self.title`, or `super` that is not called at once. */
export class BlockReference {
  readonly #context: Context
  readonly #depth: number
  readonly name: string

  constructor(name: string, context: Context, depth: number) {
    this.name = name
    this.#context = context
    this.#depth = depth
  }

  /** The block that this one overrides, or an undefined value. */
  get super(): unknown {
    return this.#context.super(this.name, this.#depth)
  }

  __call__(args: readonly unknown[], kwargs: ReadonlyMap<string, unknown> | null): unknown {
    for (const name of kwargs?.keys() ?? []) {
      throw new TypeError(`BlockReference.__call__() got an unexpected keyword argument ${repr(name)}`)
    }
    if (args.length > 0) {
      throw new TypeError(
        `BlockReference.__call__() takes 1 positional argument but ${args.length + 1} were given`,
      )
    }
    const { state } = this.#context
    if (state.macroDepth >= MAX_MACRO_DEPTH) {
      throw new RecursionError(
        `blocks call each other more than ${MAX_MACRO_DEPTH} levels deep: does ${repr(this.name)} call itself?`,
      )
    }
    state.macroDepth += 1
    const leave = (): void => {
      state.macroDepth -= 1
    }
    let text: unknown
    try {
      text = this.#render()
    } catch (error) {
      leave()
      throw error
    }
    if (text instanceof Promise) return text.then((value) => this.#marked(value)).finally(leave)
    leave()
    return this.#marked(text)
  }

  #render(): unknown {
    const context = this.#context
    const block = context.blocks[this.name]![this.#depth]!
    return gather(context, context.mode, block(context, this.#depth))
  }

  #marked(text: unknown): unknown {
    return markSafeIf(this.#context, text)
  }

  __type_name__(): string {
    return 'jinja2.runtime.BlockReference'
  }
}

/** `self` in templates: its attributes are the blocks. */
export class TemplateReference {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  __getattr__(name: string): unknown {
    const context = this.#context
    if (context.blocks[name] !== undefined) return new BlockReference(name, context, 0)
    return context.environment.makeUndefined(null, this, name)
  }

  __repr__(): string {
    return `<TemplateReference ${repr(this.#context.name)}>`
  }

  __type_name__(): string {
    return 'jinja2.runtime.TemplateReference'
  }
}
