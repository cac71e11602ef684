import { Dict } from './dict.ts'
import type { Repr } from './protocol.ts'

/** What `namespace()` gives: an object whose attributes a template can set, in inner scopes too. */
export class Namespace {
  readonly #attributes: Dict

  constructor(attributes: Dict = new Dict()) {
    this.#attributes = attributes
  }

  /** `{% set namespace.name = value %}` */
  __setattr__(name: string, value: unknown): void {
    this.#attributes.set(name, value)
  }

  __getattr__(name: string): unknown {
    return this.#attributes.get(name)
  }

  __type_name__(): string {
    return 'jinja2.utils.Namespace'
  }

  __repr__(repr: Repr): string {
    return `<Namespace ${repr(this.#attributes)}>`
  }
}
