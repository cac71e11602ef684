import type { Request as HttpRequest } from '@phial/http'
import { type AnswerReceiver, dispatcher, type FetchApp } from '@phial/http/middleware'
import { checkConfig } from './config-checks.ts'
import { warnOfRemovedKeys } from './config-removed.ts'
import type { RequestContext } from './context/context.ts'
import { runInContext } from './context/current.ts'
import { dispatch, dispatchTo } from './dispatch.ts'
import {
  type AppFetch,
  createFetch,
  type FetchHandler,
  type OwnHandler,
  type WrappingHandler,
} from './fetch.ts'
import { Lifecycle } from './lifecycle.ts'
import { type ForeignHandler, type MountedApp, mountedHandler } from './mounted-app.ts'
import { notExpected } from './not-expected.ts'
import type { Request } from './request.ts'
import type { Response } from './response.ts'
import { setupFinished } from './setup-lock.ts'

/** How requests come in: what servers call, what is wrapped around it, and what is mounted beside it. */
export abstract class Entry extends Lifecycle {
  abstract readonly requestClass: typeof Request

  /**
   * Answers a request: the application as servers see it. It is bound, so `Deno.serve(app.fetch)` works too.
   *
   * @param request ours, or one of the runtime.
   * @param env bindings of the runtime; see `request.env`.
   * @param executionContext the runtime's context of the event; see `request.executionContext`.
   */
  readonly fetch: AppFetch = createFetch(this, (request, env, executionContext) =>
    this.#handler(request, env, executionContext),
  )

  readonly #fetch: AppFetch = this.fetch
  #handler: OwnHandler = (request) => this.handleRequest(request)
  #isWrapped = false
  readonly #mounted: FetchApp[] = []
  #started = false

  abstract requestContext(request: Request): RequestContext

  /** Whether the application has begun to handle requests; nothing can be registered any more. */
  override get started(): boolean {
    return this.#started
  }

  override get hasWebSockets(): boolean {
    return super.hasWebSockets || this.#mounted.some((app) => app.hasWebSockets === true)
  }

  /**
   * Hands requests below a path to another application, which sees the path as its root. Middleware added later sees
   * them too; hooks and sessions of this application do not. It starts and stops with this application.
   *
   * ```ts
   * app.mount('/api', api)
   * ```
   *
   * @param app an application of Phial or of another framework, or a fetch handler. One of Phial builds URLs with the
   *   path in them; for all others the path is in `request.rootPath`, and not in `request.url`.
   */
  mount(path: string, app: MountedApp): void
  mount(path: string, app: ForeignHandler | { readonly fetch: ForeignHandler }): void
  mount(path: string, app: unknown): void {
    this.checkSetup('mount')
    if (typeof app !== 'function' && typeof (app as Partial<FetchApp> | undefined)?.fetch !== 'function') {
      throw new TypeError(notExpected('app.mount()', 'an application with fetch(), or a fetch handler', app))
    }
    const mounted = app as MountedApp
    this.wrap((next) => dispatcher(next, { [path]: mountedHandler(mounted) }))
    if (typeof mounted === 'function') return
    this.#mounted.push(mounted)
    this.onStart(async () => void (await mounted.startup?.()))
    this.onShutdown(async () => void (await mounted.shutdown?.()))
  }

  /**
   * Wraps the application's fetch handler in a middleware. The last one added is the first to see a request.
   *
   * ```ts
   * app.wrap((next) => (request) => next(request.with({ scheme: 'https' })))
   * app.wrap((next) => proxyFix(next))   // of @phial/http/middleware
   * ```
   */
  wrap(middleware: (next: FetchHandler) => WrappingHandler): void {
    this.checkSetup('wrap')
    const inner = this.#handler
    this.#isWrapped = true
    const outer = middleware((request, env, executionContext) =>
      inner(this.requestClass.from(request, { env, executionContext }), env, executionContext),
    )
    this.#handler = (request, env, executionContext) => {
      const answer = outer(request, env, executionContext)
      return answer instanceof Promise
        ? answer.then((later) => this.responseClass.from(later))
        : this.responseClass.from(answer)
    }
  }

  /**
   * As {@link fetch}, for gateways: an answer that comes late goes to `receiver`, and `undefined` is returned.
   *
   * @see FetchApp of `@phial/http/middleware`
   */
  answer(request: HttpRequest, receiver: AnswerReceiver): Response | undefined {
    const isPlain = !this.#isWrapped && this.handleRequest === Entry.prototype.handleRequest
    if (isPlain && this.fetch === this.#fetch && request instanceof this.requestClass) {
      if (!this.#started) this.#start()
      const context = this.requestContext(request)
      return runInContext(context, dispatchTo, { context, receiver })
    }
    const answer = this.fetch(request)
    if (!(answer instanceof Promise)) return answer
    answer.then(
      (later) => receiver.send(later),
      (error: unknown) => receiver.fail(error),
    )
    return undefined
  }

  /** Handles one request: makes its context and runs the pipeline in it. */
  protected handleRequest(request: Request): Response | Promise<Response> {
    if (!this.#started) this.#start()
    const context = this.requestContext(request)
    return runInContext(context, dispatch, context)
  }

  #start(): void {
    checkConfig(this.config)
    this.#started = true
    warnOfRemovedKeys(this)
  }

  protected override checkSetup(method: string): void {
    if (this.#started) throw setupFinished(method)
  }
}
