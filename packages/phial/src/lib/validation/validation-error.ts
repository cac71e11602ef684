import { UnprocessableEntity } from '@phial/http/exceptions'
import { Response } from '../response.ts'
import type { SchemaIssue } from './standard-schema.ts'

/** A part of a request that a schema checks. */
export type RequestPart = 'params' | 'query' | 'json' | 'form'

/** What a client has to change. */
export interface ValidationIssue {
  /** The part of the request. */
  readonly in: RequestPart
  /** Where in it: names and indexes, from the outside inwards. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** As many issues as an answer shows. */
const MAX_SHOWN = 100

/**
 * A request does not have the form that the route asks for: a 422 as problem details (RFC 9457). Error handlers for 422
 * get it, with all {@link issues}.
 */
export class ValidationError extends UnprocessableEntity {
  override readonly name: string = 'ValidationError'
  readonly issues: readonly ValidationIssue[]

  constructor(issues: readonly ValidationIssue[]) {
    super('The request does not have the expected form.')
    this.issues = issues
  }

  /** The messages by field, as forms show them: `{ email: ['Required'] }`. Those of no field are at `''`. */
  get byField(): Readonly<Record<string, readonly string[]>> {
    const messages = new Map<string, string[]>()
    for (const { path, message } of this.issues) {
      const field = path.join('.')
      const present = messages.get(field)
      if (present === undefined) messages.set(field, [message])
      else present.push(message)
    }
    return Object.fromEntries(messages)
  }

  override getResponse(): Response {
    const problem = {
      type: 'about:blank',
      title: this.title,
      status: this.code,
      detail: this.description,
      errors: this.issues.slice(0, MAX_SHOWN).map(({ in: part, path, message }) => ({
        in: part,
        pointer: path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
        message,
      })),
    }
    return new Response(`${JSON.stringify(problem)}\n`, {
      status: this.code ?? 422,
      contentType: 'application/problem+json',
    })
  }
}

/** The issues of a schema as those of a part of a request. */
export function issuesOf(part: RequestPart, issues: readonly SchemaIssue[]): ValidationIssue[] {
  return issues.map(({ message, path = [] }) => ({
    in: part,
    path: path.map((step) => {
      const key = typeof step === 'object' ? step.key : step
      return typeof key === 'number' ? key : String(key)
    }),
    message,
  }))
}
