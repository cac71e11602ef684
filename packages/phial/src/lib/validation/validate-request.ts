import type { MultiDict } from '@phial/http/collections'
import type { RequestContext } from '../context/context.ts'
import type { Request } from '../request.ts'
import type { View, ViewReturn } from '../typing.ts'
import { validateFields } from './single-values.ts'
import type { SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.ts'
import { issuesOf, type RequestPart, ValidationError, type ValidationIssue } from './validation-error.ts'

/** The schemas of a route, by the part of the request that they check. */
export interface RequestSchemas {
  /** Checks the values of the URL; the view gets what it makes of them. */
  params?: StandardSchema | undefined
  /**
   * Checks the query: text by name, a list where a name comes several times or the schema takes no text. Typed as
   * `context.query`.
   */
  query?: StandardSchema | undefined
  /** Checks the JSON body. Typed as `context.json`. */
  json?: StandardSchema | undefined
  /** Checks fields and files of the form, as `query`. Typed as `context.form`. */
  form?: StandardSchema | undefined
}

/** Answers a request that does not have the expected form, instead of the 422: for example with the form again. */
export type InvalidHandler = (
  error: ValidationError,
  context: RequestContext,
) => ViewReturn | Promise<ViewReturn>

/** What the schemas of a route add to the context of its view. */
export type ValidValues<Schemas> = {
  readonly [Part in Extract<keyof Schemas, 'query' | 'json' | 'form'>]: SchemaOutput<Schemas[Part]>
}

/** The first argument of a view: what the schema for it makes, else the values of the URL. */
export type ValidParams<Schemas, Params> = Schemas extends { params: infer Schema }
  ? SchemaOutput<Schema>
  : Params

/** The view of a route with schemas: it checks the request, then calls `view`. Without schemas it is `view`. */
export function validatedView(
  view: View<never>,
  schemas: RequestSchemas,
  onInvalid: InvalidHandler | undefined,
): View<never> {
  const checks = CHECKED_PARTS.flatMap((part) => {
    const schema = schemas[part]
    return schema === undefined ? [] : [{ part, validate: validatorOf(part, schema) }]
  })
  if (checks.length === 0) return view
  const checked: View<Record<string, unknown>> = (params, context) => {
    const values: Partial<Record<RequestPart, unknown>> = {}
    const issues: ValidationIssue[] = []
    const finish = (): ViewReturn | Promise<ViewReturn> => {
      if (issues.length === 0) {
        const { params: checkedParams = params, ...rest } = values
        return view(checkedParams as never, Object.assign(context, rest))
      }
      const error = new ValidationError(issues)
      if (onInvalid === undefined) throw error
      return onInvalid(error, context)
    }
    const take = (part: RequestPart, result: SchemaResult<unknown>): void => {
      if (result.issues === undefined) values[part] = result.value
      else issues.push(...issuesOf(part, result.issues))
    }
    const next = (from: number): ViewReturn | Promise<ViewReturn> => {
      for (let i = from; i < checks.length; i++) {
        const { part, validate } = checks[i]!
        const result = readAndValidate(part, params, context.request, validate)
        if (result instanceof Promise) {
          return result.then((later) => {
            take(part, later)
            return next(i + 1)
          })
        }
        take(part, result)
      }
      return finish()
    }
    return next(0)
  }
  Object.defineProperty(checked, 'name', { value: view.name })
  return checked as View<never>
}

const CHECKED_PARTS = ['params', 'query', 'json', 'form'] as const

type Validate = StandardSchema['~standard']['validate']
type Result = SchemaResult<unknown>

function validatorOf(part: RequestPart, schema: StandardSchema): Validate {
  const standard: unknown = (schema as Partial<StandardSchema>)['~standard']
  if (typeof standard !== 'object' || standard === null) {
    throw new TypeError(
      `The schema for ${part} does not follow Standard Schema: it has no '~standard'. ` +
        'Zod, Valibot and ArkType do; see https://standardschema.dev.',
    )
  }
  const { validate } = standard as StandardSchema['~standard']
  return (value) => validate.call(standard, value)
}

function readAndValidate(
  part: RequestPart,
  params: object,
  request: Request,
  validate: Validate,
): Result | Promise<Result> {
  switch (part) {
    case 'params':
      return validate({ ...params })
    case 'query':
      return validateFields(toObject(request.args), validate)
    case 'json':
      return request.json().then(validate)
    case 'form':
      return readForm(request).then((fields) => validateFields(fields, validate))
  }
}

async function readForm(request: Request): Promise<Record<string, unknown>> {
  const form = await request.form()
  const files = await request.files()
  return { ...toObject(form), ...toObject(files) }
}

function toObject(dict: MultiDict<unknown>): Record<string, unknown> {
  // Names come from outside: as own properties they cannot change what the object inherits.
  return Object.fromEntries(
    Array.from(dict.lists(), ([key, values]) => [key, values.length === 1 ? values[0] : values]),
  )
}
