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
export type { WebSocketConnection, WebSocketHandlers } from '@phial/http/websocket'
export type { HtmlValue } from '@phial/markup'
export { escape, html, Markup } from '@phial/markup'
export type { Converters, RuleParams } from '@phial/router'
export { Phial } from './lib/app.ts'
export type {
  Extension,
  PhialExtensions,
  PhialOptions,
  ShellContextProcessor,
} from './lib/app-options.ts'
export { waitUntil } from './lib/background.ts'
export type { BlueprintOptions } from './lib/blueprints/blueprint.ts'
export { Blueprint } from './lib/blueprints/blueprint.ts'
export type { BlueprintSetupState, RegisterBlueprintOptions } from './lib/blueprints/setup-state.ts'
export type { Config, ConfigInit } from './lib/config.ts'
export type { PhialConfig } from './lib/config-defaults.ts'
export type { Context, RequestContext } from './lib/context/context.ts'
export { hasAppContext, hasRequestContext, OutsideContextError } from './lib/context/current.ts'
export type { AppGlobals, Globals } from './lib/context/globals-bag.ts'
export { currentApp, g, request, session, unwrap } from './lib/context/proxies.ts'
export { streamWithContext } from './lib/context/stream-with-context.ts'
export type { EndpointName, Endpoints } from './lib/endpoints.ts'
export type { ErrorClass, ErrorHandler } from './lib/error-handlers.ts'
export type { AppFetch, FetchHandler, WrappingHandler } from './lib/fetch.ts'
export type { FlashedMessagesOptions } from './lib/flash.ts'
export { flash, getFlashedMessages } from './lib/flash.ts'
export {
  abort,
  afterThisRequest,
  copyCurrentRequestContext,
  jsonify,
  makeResponse,
  redirect,
  sendFile,
  sendFromDirectory,
} from './lib/helpers.ts'
export type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  TeardownAppContext,
  TeardownRequest,
  UrlDefaults,
  UrlValuePreprocessor,
} from './lib/hooks.ts'
export { json } from './lib/json/current-json.ts'
export { FlaskJsonProvider } from './lib/json/flask-provider.ts'
export type { JsonResponseOptions } from './lib/json/provider.ts'
export { JsonProvider } from './lib/json/provider.ts'
export { Tuple, tuple, Uuid } from './lib/json/python-values.ts'
export type { JsonTag } from './lib/json/tagged.ts'
export { TaggedJsonSerializer } from './lib/json/tagged.ts'
export { lazy } from './lib/lazy.ts'
export type { LifecycleHook } from './lib/lifecycle.ts'
export type { LogHandler, LogLevel, LogRecord } from './lib/logging.ts'
export { Logger } from './lib/logging.ts'
export type { Middleware } from './lib/middleware.ts'
export type { ForeignHandler, MountedApp } from './lib/mounted-app.ts'
export type { Choice } from './lib/negotiate.ts'
export { negotiate } from './lib/negotiate.ts'
export { answerWithProblems } from './lib/problem-details.ts'
export type { Providers } from './lib/provide.ts'
export type { Reply } from './lib/reply.ts'
export { reply } from './lib/reply.ts'
export { Request } from './lib/request.ts'
export { Response } from './lib/response.ts'
export type { MethodRouteOptions, RouteOptions, UrlRuleOptions } from './lib/route-options.ts'
export { EndpointConflictError } from './lib/routing-errors.ts'
export type { Session, SessionData } from './lib/sessions/session.ts'
export { SetupFinishedError } from './lib/setup-lock.ts'
export {
  appContextPopped,
  appContextPushed,
  appContextTearingDown,
  beforeRenderTemplate,
  gotRequestException,
  messageFlashed,
  requestFinished,
  requestStarted,
  requestTearingDown,
  templateRendered,
} from './lib/signals/app-signals.ts'
export { Namespace, Signal } from './lib/signals/signal.ts'
export type { EventStreamInfo, ServerSentEvent, SseOptions } from './lib/sse.ts'
export { sse } from './lib/sse.ts'
export {
  getTemplateAttribute,
  renderBlock,
  renderTemplate,
  renderTemplateAsync,
  renderTemplateString,
  renderTemplateStringAsync,
  streamTemplate,
  streamTemplateString,
} from './lib/templating/render.ts'
export type {
  TemplateName,
  TemplateRef,
  TemplateRegistry,
  TemplateValues,
} from './lib/templating/template-registry.ts'
export type { HttpMethod, View, ViewHandle, ViewReturn } from './lib/typing.ts'
export type { UrlBuildErrorHandler, UrlForOptions, UrlValues } from './lib/url-for.ts'
export { urlFor } from './lib/url-for.ts'
export type { SchemaIssue, SchemaOutput, StandardSchema } from './lib/validation/standard-schema.ts'
export type { InvalidHandler } from './lib/validation/validate-request.ts'
export type { RequestPart, ValidationIssue } from './lib/validation/validation-error.ts'
export { ValidationError } from './lib/validation/validation-error.ts'
export type { WebSocketOptions, WebSocketView } from './lib/websocket/websocket-view.ts'
