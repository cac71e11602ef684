import { reportOf } from './error-report.ts'
import type { TemplatePlace } from './template-place.ts'

export type { TemplatePlace }

/**
 * The errors of the engine, and where in a template an error of any class arose. `message` is Jinja's text alone;
 * `toString()` and `stack` add an excerpt of the source and the templates that led there.
 */

/** Kept under a registered symbol, so that debuggers find the places without this package. */
const PLACES: unique symbol = Symbol.for('phial.template-places') as never

/** Enough to see where a recursion turns; more are not kept. */
const MAX_PLACES = 50

interface Placed extends Error {
  [PLACES]?: TemplatePlace[]
}

/**
 * Says that an error, of whatever class, passed through a place of a template. Call it from the inside to the outside:
 * the first place is where the error arose, the others are what included, imported or called it. The error stays the
 * same object; only its stack text grows. What is not an `Error` is left alone.
 */
export function attachPlace(error: unknown, place: TemplatePlace): void {
  if (!(error instanceof Error)) return
  const places = (error as Placed)[PLACES]
  if (places !== undefined) {
    if (places.length < MAX_PLACES) places.push(place)
    return
  }
  if (!Reflect.defineProperty(error, PLACES, { value: [place] })) return
  extendStack(error)
}

/** Where an error arose: the innermost place of a template, or `null` if none is known. */
export function placeOf(error: unknown): TemplatePlace | null {
  return placesOf(error)[0] ?? null
}

/** All places of templates that an error passed through, the innermost first. */
export function placesOf(error: unknown): readonly TemplatePlace[] {
  return error instanceof Error ? ((error as Placed)[PLACES] ?? []) : []
}

/** The stack text is made when it is asked for: later places belong in it, and most errors are never printed. */
function extendStack(error: Error): void {
  const { stack } = error
  Reflect.defineProperty(error, 'stack', {
    configurable: true,
    get: () => reportOf(error, placesOf(error)) + framesOf(stack),
    set: (value: unknown) =>
      Reflect.defineProperty(error, 'stack', { configurable: true, writable: true, value }),
  })
}

/** The frames of a stack text of V8, without the message. Other engines write frames alone. */
function framesOf(stack: string | undefined): string {
  if (!stack) return ''
  const start = stack.search(/^ {4}at /m)
  if (start >= 0) return `\n${stack.slice(start)}`
  return stack.includes('@') ? `\n${stack}` : ''
}

/** The base of all errors of the engine. */
export class TemplateError extends Error {
  /** What may help, in a sentence: `Did you mean 'upper'?` Not part of the message. */
  declare hint?: string | null

  /** The template in which the error arose, or `null`. */
  get templateName(): string | null {
    return placeOf(this)?.templateName ?? null
  }

  /** The file of that template, or `null`. */
  get filename(): string | null {
    return placeOf(this)?.filename ?? null
  }

  /** The line, counting from 1, or `null` while it is unknown. */
  get lineno(): number | null {
    return placeOf(this)?.lineno ?? null
  }

  /** The column, counting UTF-16 code units from 1, or `null` while it is unknown. */
  get column(): number | null {
    return placeOf(this)?.column ?? null
  }

  /** The source of that template, or `null`. */
  get source(): string | null {
    return placeOf(this)?.source ?? null
  }

  /** The message with the place, an excerpt of the source and the templates that led there. */
  override toString(): string {
    return reportOf(this, placesOf(this))
  }
}

/** The loader has no template of the name. */
export class TemplateNotFound extends TemplateError {
  /** The name that was asked for. */
  readonly template: string | null
  /** All names that were tried. */
  readonly templates: readonly (string | null)[]

  /** @param message Default: the name. */
  constructor(
    template: string | null,
    message: string = String(template ?? 'None'),
    templates: readonly (string | null)[] = [template],
  ) {
    super(message)
    this.template = template
    this.templates = templates
  }
}

/** None of several templates could be loaded. */
export class TemplatesNotFound extends TemplateNotFound {
  /** @param message Default: a sentence that lists the names. */
  constructor(
    names: readonly string[] = [],
    message: string = `none of the templates given were found: ${names.join(', ')}`,
  ) {
    super(names.at(-1) ?? null, message, names)
  }
}

/** The source of a template breaks the grammar. */
export class TemplateSyntaxError extends TemplateError {
  /** @param hint See {@link TemplateError.hint}. Default: none. */
  constructor(message: string, place?: TemplatePlace, hint: string | null = null) {
    super(message)
    if (hint !== null) this.hint = hint
    if (place) attachPlace(this, place)
  }
}

/** The template can be parsed but not compiled: it names a filter that does not exist, or a block twice. */
export class TemplateAssertionError extends TemplateSyntaxError {}

/** Something went wrong while a template ran. */
export class TemplateRuntimeError extends TemplateError {}

/** An undefined value was used for more than printing. */
export class UndefinedError extends TemplateRuntimeError {}

/** Templates, macros or loops lead to each other without end. Python's name for it. */
export class RecursionError extends TemplateRuntimeError {}

/** The sandbox forbids what the template tried. */
export class SecurityError extends TemplateRuntimeError {}

/** A filter got arguments it has no use for. */
export class FilterArgumentError extends TemplateRuntimeError {}

// On the prototypes, so that the stack text that engines make in the constructor of `Error` has the name.
for (const [name, errorClass] of Object.entries({
  TemplateError,
  TemplateNotFound,
  TemplatesNotFound,
  TemplateSyntaxError,
  TemplateAssertionError,
  TemplateRuntimeError,
  UndefinedError,
  RecursionError,
  SecurityError,
  FilterArgumentError,
})) {
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true })
}
