/**
 * A micro web framework for TypeScript with the shape of Flask.
 *
 * ```ts
 * import { Phial } from 'phial'
 *
 * const app = new Phial(import.meta)
 * app.get('/', () => 'Hello, World!')
 * export default app
 * ```
 *
 * @module
 */
export type { AbortOptions, SendFileOptions } from '@phial/http'
export type { HtmlValue } from '@phial/markup'
export { escape, html, Markup } from '@phial/markup'
export type { Converters, RuleParams } from '@phial/router'
export type { FetchHandler, PhialExtensions, PhialOptions, ShellContextProcessor } from './lib/app.ts'
export { Phial } from './lib/app.ts'
export type { Config } from './lib/config.ts'
export type { PhialConfig } from './lib/config-defaults.ts'
export type { Context, RequestContext } from './lib/context/context.ts'
export { hasAppContext, hasRequestContext, OutsideContextError } from './lib/context/current.ts'
export type { AppGlobals, Globals } from './lib/context/globals-bag.ts'
export { currentApp, g, request } from './lib/context/proxies.ts'
export type { EndpointName, Endpoints } from './lib/endpoints.ts'
export {
  abort,
  afterThisRequest,
  jsonify,
  makeResponse,
  redirect,
  sendFile,
  sendFromDirectory,
} from './lib/helpers.ts'
export { JsonProvider } from './lib/json/provider.ts'
export type { LogHandler, LogLevel, LogRecord } from './lib/logging.ts'
export { Logger } from './lib/logging.ts'
export type { Reply } from './lib/reply.ts'
export { reply } from './lib/reply.ts'
export { Request } from './lib/request.ts'
export { Response } from './lib/response.ts'
export type { RouteOptions } from './lib/route-options.ts'
export { EndpointConflictError } from './lib/routing-errors.ts'
export { SetupFinishedError } from './lib/setup-lock.ts'
export type { View, ViewHandle, ViewReturn } from './lib/typing.ts'
export type { UrlForOptions, UrlValues } from './lib/url-for.ts'
export { urlFor } from './lib/url-for.ts'
