import type { FileStorage } from '@phial/http'
import type { ImmutableMultiDict, MultiDict } from '@phial/http/collections'
import { andThen } from '../and-then.ts'
import type { RequestContext } from '../context/context.ts'
import type { Request } from '../request.ts'
import type { View, ViewReturn } from '../typing.ts'
import { validateFields } from './single-values.ts'
import type { SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.ts'
import { issuesOf, ValidationError, type ValidationIssue } from './validation-error.ts'

/** The parts of the request that a route asks for, with the schemas that check them. */
export interface RequestSchemas {
  /** Checks the values of the URL; the view gets what it makes of them. */
  params?: StandardSchema | undefined
  /**
   * Checks the query: text by name, a list where a name comes several times or the schema takes no text. Typed as
   * `context.query`.
   */
  query?: StandardSchema | undefined
  /** Checks the JSON body, as `request.json()` gives it; `true` takes any. Typed as `context.json`. */
  json?: StandardSchema | true | undefined
  /**
   * Checks fields and files of the form, as `query`. Typed as `context.form`; with `true` that is what `request.form()`
   * gives.
   */
  form?: StandardSchema | true | undefined
  /** With `true`, `context.files` is what `request.files()` gives. */
  files?: true | undefined
}

/** Answers a request that does not have the expected form, instead of the 422: for example with the form again. */
export type InvalidHandler = (
  error: ValidationError,
  context: RequestContext,
) => ViewReturn | Promise<ViewReturn>

/** What the schemas of a route add to the context of its view. */
export type ValidValues<Schemas> = {
  readonly [Part in Extract<keyof Schemas, 'query' | 'json' | 'form' | 'files'>]: Schemas[Part] extends true
    ? WholeParts[Part & keyof WholeParts]
    : SchemaOutput<Schemas[Part]>
}

/** The parts of the body that need no schema. */
interface WholeParts {
  json: unknown
  form: ImmutableMultiDict<string>
  files: ImmutableMultiDict<FileStorage>
}

/** The first argument of a view: what the schema for it makes, else the values of the URL. */
export type ValidParams<Schemas, Params> = Schemas extends { params: infer Schema }
  ? SchemaOutput<Schema>
  : Params

/** The view of a route that asks for parts of the request: they are read and checked, then `view` is called. */
export function validatedView(
  view: View<never>,
  schemas: RequestSchemas,
  onInvalid: InvalidHandler | undefined,
): View<never> {
  const readers = ASKED_PARTS.flatMap((part): Reader[] => {
    const schema = schemas[part]
    return schema === undefined ? [] : [{ part, read: readerOf(part, schema) }]
  })
  if (readers.length === 0) return view
  const plan: Plan = { readers, view, onInvalid }
  const checked: View<object> = (params, context) => readFrom(0, { plan, params, context, issues: null })
  Object.defineProperty(checked, 'name', { value: view.name })
  return checked as View<never>
}

const ASKED_PARTS = ['params', 'query', 'json', 'form', 'files'] as const

type AskedPart = (typeof ASKED_PARTS)[number]
type Result = SchemaResult<unknown>
type Read = (params: object, request: Request) => Result | Promise<Result>

/** How one part of the request is read, and checked if there is a schema for it. */
interface Reader {
  readonly part: AskedPart
  readonly read: Read
}

interface Plan {
  readonly readers: readonly Reader[]
  readonly view: View<never>
  readonly onInvalid: InvalidHandler | undefined
}

/** How far it is with one request. */
interface Progress {
  readonly plan: Plan
  params: object
  readonly context: RequestContext & Partial<Record<Exclude<AskedPart, 'params'>, unknown>>
  issues: ValidationIssue[] | null
}

/** Reads the parts from the given one on, without a promise where none is needed, and calls the view. */
function readFrom(start: number, progress: Progress): ViewReturn | Promise<ViewReturn> {
  const { readers } = progress.plan
  for (let i = start; i < readers.length; i++) {
    const { part, read } = readers[i]!
    const result = read(progress.params, progress.context.request)
    if (result instanceof Promise) {
      return result.then((later) => {
        take(part, later, progress)
        return readFrom(i + 1, progress)
      })
    }
    take(part, result, progress)
  }
  const { plan, params, context, issues } = progress
  if (issues === null) return plan.view(params as never, context)
  const error = new ValidationError(issues)
  if (plan.onInvalid === undefined) throw error
  return plan.onInvalid(error, context)
}

function take(part: AskedPart, result: Result, progress: Progress): void {
  if (result.issues === undefined) keep(part, result.value, progress)
  else if (part !== 'files') (progress.issues ??= []).push(...issuesOf(part, result.issues))
}

/** Gives a value to the view. Names that are written out are faster than one that is looked up. */
function keep(part: AskedPart, value: unknown, progress: Progress): void {
  const { context } = progress
  switch (part) {
    case 'params':
      progress.params = value as object
      break
    case 'query':
      context.query = value
      break
    case 'json':
      context.json = value
      break
    case 'form':
      context.form = value
      break
    case 'files':
      context.files = value
      break
  }
}

function readerOf(part: AskedPart, schema: StandardSchema | true): Read {
  if (schema === true) return readerOfWhole(part)
  const validate = validatorOf(part, schema)
  switch (part) {
    case 'params':
      return (params) => validate({ ...params })
    case 'query':
      return (_params, request) => validateFields(toObject(request.args), validate)
    case 'json':
      return (_params, request) => andThen(request.readJson(), validate)
    default:
      return (_params, request) => andThen(readFields(request), (fields) => validateFields(fields, validate))
  }
}

/** Reads a part of the body that is not checked. */
function readerOfWhole(part: AskedPart): Read {
  switch (part) {
    case 'json':
      return (_params, request) => andThen(request.readJson(), asResult)
    case 'form':
      return (_params, request) => andThen<unknown, Result>(request.readForm(), asResult)
    case 'files':
      return (_params, request) => andThen<unknown, Result>(request.readFiles(), asResult)
    default:
      throw new TypeError(
        `The option ${part} takes a schema, not true: what it checks is in ` +
          `${part === 'params' ? 'the first argument of the view' : 'context.request.args'} without it.`,
      )
  }
}

function asResult(value: unknown): Result {
  return { value }
}

type Validate = StandardSchema['~standard']['validate']

function validatorOf(part: AskedPart, schema: StandardSchema): Validate {
  const standard: unknown = (schema as Partial<StandardSchema>)['~standard']
  if (part === 'files' || typeof standard !== 'object' || standard === null) {
    throw new TypeError(
      part === 'files'
        ? 'The option files takes true. A schema for form checks fields and files together.'
        : `The schema for ${part} does not follow Standard Schema: it has no '~standard'. ` +
            'Zod, Valibot and ArkType do; see https://standardschema.dev.',
    )
  }
  const { validate } = standard as StandardSchema['~standard']
  return (value) => validate.call(standard, value)
}

/** Fields and files of a form in one object. */
function readFields(request: Request): Record<string, unknown> | Promise<Record<string, unknown>> {
  return andThen(request.readForm(), (form) =>
    andThen(request.readFiles(), (files) => ({ ...toObject(form), ...toObject(files) })),
  )
}

function toObject(dict: MultiDict<unknown>): Record<string, unknown> {
  // Names come from outside: as own properties they cannot change what the object inherits.
  return Object.fromEntries(
    Array.from(dict.lists(), ([key, values]) => [key, values.length === 1 ? values[0] : values]),
  )
}
