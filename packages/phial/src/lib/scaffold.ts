import type { Loader } from '@phial/jinja'
import { CommandGroup } from './commands/command-group.ts'
import {
  addErrorHandler,
  createErrorHandlers,
  type ErrorClass,
  type ErrorHandler,
  type ErrorHandlers,
} from './error-handlers.ts'
import {
  type AfterRequest,
  type BeforeRequest,
  type ContextProcessor,
  createHooks,
  type Hooks,
  type TeardownRequest,
  type UrlDefaults,
  type UrlValuePreprocessor,
} from './hooks.ts'
import type { Middleware } from './middleware.ts'
import { readResource } from './resource.ts'
import { Routes } from './routes.ts'

/**
 * What can be registered on an application, and on everything that is registered on one: routes, hooks and error
 * handlers.
 *
 * `Inherited` are the values that all views get besides those of their rules: the parameters of a blueprint's prefix.
 * `Values` is what all find in their context besides what every context has.
 */
export abstract class Scaffold<Inherited = unknown, Values = unknown> extends Routes<Inherited, Values> {
  /** Tells this from others in endpoints, logs and messages. */
  abstract readonly name: string
  /** The folder of the module that made this, or null where the runtime has no files. */
  abstract readonly rootPath: string | null
  /** The folder of static files as a path, or null. */
  abstract readonly staticFolder: string | null
  /** The path under which static files are served, or null. */
  abstract readonly staticUrlPath: string | null
  /** The folder of templates as a path, or null. */
  abstract readonly templateFolder: string | null
  /** Where templates come from, in place of {@link templateFolder}; null for the folder. */
  abstract readonly templateLoader: Loader | null
  /** The hooks, in the order in which they were registered. */
  readonly hooks: Hooks = createHooks()
  /** The error handlers. */
  readonly errorHandlers: ErrorHandlers = createErrorHandlers()
  /** Commands for the command line: `phial NAME`. */
  readonly cli: CommandGroup = new CommandGroup()

  /**
   * The content of a file in the folder of the module, such as a schema.
   *
   * @throws Error if there is no such file, or no folder.
   */
  openResource(path: string, options: { asText: true }): Promise<string>
  openResource(path: string): Promise<Uint8Array>
  openResource(path: string, options: { asText?: boolean } = {}): Promise<string | Uint8Array> {
    return readResource(this.rootPath, path, options)
  }

  /** Seconds for which caches may keep a static file; null leaves it to the application. Override it to decide by name. */
  getSendFileMaxAge(_filename: string | null): number | null {
    return null
  }

  /** Wraps the views of this scope; those that were added first are outermost. See {@link Middleware}. */
  use(middleware: Middleware): void {
    this.checkSetup('use')
    this.hooks.middleware.push(middleware)
  }

  /**
   * Runs before every request of this scope. What it returns, other than nothing, is taken as the view's answer, and
   * neither later hooks nor the view run.
   */
  beforeRequest(hook: BeforeRequest): BeforeRequest {
    this.checkSetup('beforeRequest')
    this.hooks.beforeRequest.push(hook)
    return hook
  }

  /** Runs after every request of this scope with the response; the last registered runs first. */
  afterRequest(hook: AfterRequest): AfterRequest {
    this.checkSetup('afterRequest')
    this.hooks.afterRequest.unshift(hook)
    return hook
  }

  /** Runs at the end of every request of this scope, whatever happened; the last registered runs first. */
  teardownRequest(hook: TeardownRequest): TeardownRequest {
    this.checkSetup('teardownRequest')
    this.hooks.teardownRequest.unshift(hook)
    return hook
  }

  /** Sees the endpoint and the values of the URL before hooks and view, and may change the values. */
  urlValuePreprocessor(hook: UrlValuePreprocessor): UrlValuePreprocessor {
    this.checkSetup('urlValuePreprocessor')
    this.hooks.urlValuePreprocessors.push(hook)
    return hook
  }

  /** Sees the endpoint and the values before a URL is built, and may add values. */
  urlDefaults(hook: UrlDefaults): UrlDefaults {
    this.checkSetup('urlDefaults')
    this.hooks.urlDefaults.push(hook)
    return hook
  }

  /** Adds values to the templates that are rendered in this scope; those given to `renderTemplate` win. */
  contextProcessor(processor: ContextProcessor): ContextProcessor {
    this.checkSetup('contextProcessor')
    this.hooks.contextProcessors.push(processor)
    return processor
  }

  /**
   * Answers for errors: of a status (`404`), or of a class and its subclasses. The most specific one is chosen.
   *
   * ```ts
   * app.errorHandler(404, (error) => reply(`<h1>${error.title}</h1>`, 404))
   * ```
   */
  errorHandler(status: number, handler: ErrorHandler<import('@phial/http').HttpException>): void
  errorHandler<Thrown extends Error>(ErrorClass: ErrorClass<Thrown>, handler: ErrorHandler<Thrown>): void
  errorHandler(key: number | ErrorClass, handler: ErrorHandler<never>): void {
    this.checkSetup('errorHandler')
    addErrorHandler(this.errorHandlers, key, handler as ErrorHandler)
  }
}

/** What hooks can be registered on, whatever its prefix: an application or a blueprint. */
export type HookScope = Pick<Scaffold, 'beforeRequest' | 'afterRequest'>
