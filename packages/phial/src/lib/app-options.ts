import type { HttpExceptionClass } from '@phial/http'
import type { EnvironmentOptions, Loader } from '@phial/jinja'
import type { Phial } from './app.ts'
import type { ConfigInit } from './config.ts'
import type { JsonProvider } from './json/provider.ts'
import type { Request } from './request.ts'
import type { Response } from './response.ts'
import type { RoutingOptions } from './routing.ts'
import type { SessionInterface } from './sessions/session-interface.ts'

/** Gives names to `phial shell`. */
export type ShellContextProcessor = () => Record<string, unknown> | Promise<Record<string, unknown>>

export interface PhialOptions extends RoutingOptions {
  /** The folder of the application. Default: that of its module. */
  rootPath?: string
  /** The folder of static files, in {@link rootPath}; null for none. Default `static`. */
  staticFolder?: string | null
  /** The path under which static files are served. Default: the folder's name, as in `/static`. */
  staticUrlPath?: string
  /** The folder of templates, in {@link rootPath}; null for none. Default `templates`. */
  templateFolder?: string | null
  /** Where templates come from, in place of {@link templateFolder}, such as a `DictLoader`. */
  templateLoader?: Loader
  /** Settings of the template engine. */
  jinjaOptions?: EnvironmentOptions
  /** The host of the static route; needed with `hostMatching` where there is a static folder. */
  staticHost?: string
  /** The folder of {@link Phial.instancePath}; absolute. Default: `instance`, in {@link rootPath}. */
  instancePath?: string
  /** Whether configuration files are looked for in the instance folder. Default false: in {@link rootPath}. */
  instanceRelativeConfig?: boolean
  /** Configuration, over the defaults. */
  config?: ConfigInit
  /** The class of requests; extend `Request`. */
  requestClass?: typeof Request
  /** The class of responses; extend `Response`. */
  responseClass?: typeof Response
  /** How values become JSON and back. */
  jsonProvider?: JsonProvider
  /** Where sessions are kept. Default: in a signed cookie. */
  sessionInterface?: SessionInterface
  /** HTTP errors for `abort`, by status, besides the usual ones. */
  exceptions?: Iterable<readonly [number, HttpExceptionClass]>
}

/** State of extensions by their names. Extend it by declaration. */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
export interface PhialExtensions {}

/** What extends applications. It keeps its state for each in `app.extensions`, so that it can serve several. */
export interface Extension {
  initApp(app: Phial): void
}
