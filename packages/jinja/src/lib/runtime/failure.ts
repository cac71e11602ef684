import type { TemplatePlace } from '../errors.ts'
import { attachPlace, UndefinedError } from '../errors.ts'
import { undefinedBehind } from '../values/undefined.ts'
import type { TemplateOrigin } from './compiled.ts'
import type { Context } from './context.ts'
import { undefinedHint } from './undefined-hint.ts'

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
 * @param context What hints are made of. Default: there are none.
 */
export function fail(
  error: unknown,
  origin: TemplateOrigin,
  lineno: number,
  part: string | null,
  context?: Context,
): unknown {
  if (error instanceof UndefinedError && error.hint === undefined && context !== undefined) {
    const value = undefinedBehind(error)
    // `null` also says that it was tried: the templates around know less.
    error.hint = value === undefined ? null : undefinedHint(value, context, origin)
  }
  attachPlace(error, new PlaceInTemplate(origin, lineno, part))
  return error
}
