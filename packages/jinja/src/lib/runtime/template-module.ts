import { Markup } from '@phial/markup/core'
import { Kwargs } from '../values/kwargs.ts'
import { repr, toText } from '../values/python-text.ts'
import type { Context } from './context.ts'
import { Macro } from './macro.ts'

/**
 * What a template exports: the variables and macros of its top level. As text it is what the template printed while it
 * was made.
 */
export class TemplateModule {
  readonly #exported: ReadonlyMap<string, unknown>
  readonly #pieces: string | readonly unknown[]
  readonly #name: string | null

  /** @param pieces What the template printed. */
  constructor(context: Context, pieces: string | readonly unknown[]) {
    this.#exported = context.getExported()
    this.#pieces = pieces
    this.#name = context.name
  }

  /** The name of the template. */
  get __name__(): string | null {
    return this.#name
  }

  /** What the template printed: text, or values in native environments. For code of templates. */
  printed(): string | readonly unknown[] {
    return this.#pieces
  }

  /** The names that the template exports. */
  exportedNames(): string[] {
    return Array.from(this.#exported.keys())
  }

  toString(): string {
    return typeof this.#pieces === 'string' ? this.#pieces : this.#pieces.map(toText).join('')
  }

  __html__(): Markup {
    return new Markup(this.toString())
  }

  __getattr__(name: string): unknown {
    return name === '__name__' ? this.#name : this.#exported.get(name)
  }

  __repr__(): string {
    return `<TemplateModule ${this.#name === null ? 'from memory' : repr(this.#name)}>`
  }

  __type_name__(): string {
    return 'jinja2.environment.TemplateModule'
  }
}

/**
 * A module with what it exports as properties, for applications. Macros become functions; keyword arguments are given as
 * `Kwargs`, last.
 */
export type ExposedModule = TemplateModule & Readonly<Record<string, unknown>>

/** Gives a module its exports as properties. */
export function exposeExports(module: TemplateModule): ExposedModule {
  for (const name of module.exportedNames()) {
    const value = module.__getattr__(name)
    Object.defineProperty(module, name, {
      configurable: true,
      enumerable: true,
      value: value instanceof Macro ? functionOf(value) : value,
    })
  }
  return module as ExposedModule
}

function functionOf(macro: Macro): (...args: readonly unknown[]) => unknown {
  return (...args) => {
    const last = args.at(-1)
    return last instanceof Kwargs ? macro.__call__(args.slice(0, -1), last) : macro.__call__(args, null)
  }
}
