import { NotAcceptable } from '@phial/http/exceptions'
import { requireRequestContext } from './context/current.ts'
import { afterThisRequest } from './helpers.ts'
import type { Response } from './response.ts'
import type { ViewReturn } from './typing.ts'

/** Short names for what views mostly answer. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html'],
  ['json', 'application/json'],
  ['text', 'text/plain'],
  ['xml', 'application/xml'],
  ['csv', 'text/csv'],
])

/** Makes an answer, when it is the one that the client wants. */
export type Choice = () => ViewReturn | Promise<ViewReturn>

/**
 * Answers in the form that the client likes best, by its `Accept` header; the first where it likes several as much. The
 * response varies with the header.
 *
 * ```ts
 * return negotiate({ html: () => page(book), json: () => book, 'text/calendar': () => calendar(book) })
 * ```
 *
 * @param choices by media type, or `html`, `json`, `text`, `xml`, `csv`. A text gets the type of its choice.
 * @throws NotAcceptable (406) if the client takes none of them.
 */
export async function negotiate(choices: Readonly<Record<string, Choice>>): Promise<Response> {
  const context = requireRequestContext()
  const types = new Map(Object.entries(choices).map(([name, choice]) => [NAMES.get(name) ?? name, choice]))
  const { request } = context
  const offered = [...types.keys()]
  const type =
    request.header('Accept') === null ? (offered[0] ?? null) : request.acceptMimetypes.bestMatch(offered)
  // A refusal varies too.
  afterThisRequest((response) => {
    response.vary.add('Accept')
  })
  const choice = type === null ? undefined : types.get(type)
  if (type === null || choice === undefined) {
    throw new NotAcceptable(`This is available as ${offered.join(', ')}.`)
  }
  const answer = await choice()
  const response = await context.app.makeResponse(answer, context)
  if (typeof answer === 'string') response.mimetype = type
  return response
}
