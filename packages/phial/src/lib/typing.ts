import type { Markup } from '@phial/markup'
import type { RuleParams } from '@phial/router'
import type { RequestContext } from './context/context.ts'

/**
 * What a view may return: text or `Markup` (HTML), a plain object or an array (JSON), bytes, a `Blob`, a stream or an
 * iterator (streamed), a response of Phial or of Fetch, `reply(…)`, or a fetch handler to pass the request to.
 * Nothing (`undefined`, `null`) is an error that names the view.
 */
export type ViewReturn = string | Markup | object

/** A view: the values of the URL first, then the context of the request, with what schemas made of its parts. */
export type View<Params = Record<string, unknown>, Values = unknown> = (
  params: Params,
  context: RequestContext & Values,
) => ViewReturn | Promise<ViewReturn>

/** What a view may say about its routes; the options of a route come first. */
export interface ViewProperties {
  /** The methods of routes that name none. */
  methods?: readonly HttpMethod[]
  /** Methods that are always added. */
  requiredMethods?: readonly HttpMethod[]
  /** Whether OPTIONS is answered by itself. */
  provideAutomaticOptions?: boolean
}

/** Values of the URL of a rule, with the rule's defaults. */
export type ViewParams<Rule extends string, Defaults = unknown> = RuleParams<Rule> & Defaults

/** A registered view. `urlFor` takes it, so that the compiler checks the values. */
export interface ViewHandle<Params = Record<string, unknown>> {
  readonly endpoint: string
  readonly rule: string
  readonly view: View<Params>
  /** The blueprint of the view; the endpoint is then found by the name under which it is registered. */
  readonly blueprint?: object
}

export type HttpMethod =
  | 'GET'
  | 'HEAD'
  | 'POST'
  | 'PUT'
  | 'PATCH'
  | 'DELETE'
  | 'OPTIONS'
  | 'QUERY'
  | (string & {})
