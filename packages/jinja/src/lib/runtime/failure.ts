import type { TemplatePlace } from '../errors.ts'
import { attachPlace } from '../errors.ts'
import type { TemplateOrigin } from './compiled.ts'

/** A place that takes what it can from the template, when it is asked. */
class PlaceInTemplate implements TemplatePlace {
  readonly #origin: TemplateOrigin
  readonly lineno: number
  readonly part: string | null

  constructor(origin: TemplateOrigin, lineno: number, part: string | null) {
    this.#origin = origin
    this.lineno = lineno
    this.part = part
  }

  get templateName(): string | null {
    return this.#origin.templateName
  }

  get filename(): string | null {
    return this.#origin.filename ?? null
  }

  get source(): string | null {
    return this.#origin.source ?? null
  }
}

/**
 * Says that an error passed through a function of a template, and gives it back to be thrown on.
 *
 * @param part `block "title"`, `macro "field"`, or `null` for the top level.
 */
export function fail(error: unknown, origin: TemplateOrigin, lineno: number, part: string | null): unknown {
  attachPlace(error, new PlaceInTemplate(origin, lineno, part))
  return error
}
