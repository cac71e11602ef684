import type { BackgroundWork } from './background.ts'
import { checkConfig } from './config-checks.ts'
import type { Context } from './context/context.ts'
import { Pipeline } from './pipeline.ts'

/** Runs when a server starts or stops, in a context of the application without a request. */
export type LifecycleHook = () => void | Promise<void>

/** What happens to an application as a whole: a server starts with it, and stops. */
export abstract class Lifecycle extends Pipeline {
  readonly #startHooks: LifecycleHook[] = []
  readonly #shutdownHooks: LifecycleHook[] = []
  #starting: Promise<void> | null = null
  #stopping: Promise<void> | null = null

  abstract readonly background: BackgroundWork

  abstract appContext(): Context

  /**
   * Runs before a server takes requests: connect to a database, warm a cache. An error keeps the server from starting.
   *
   * ```ts
   * app.onStart(async () => {
   *   app.extensions.db = await connect(app.config.DATABASE_URL)
   * })
   * ```
   */
  onStart(hook: LifecycleHook): LifecycleHook {
    this.checkSetup('onStart')
    this.#startHooks.push(hook)
    return hook
  }

  /** Runs when a server has stopped and no request is left; the last registered runs first. Errors are logged. */
  onShutdown(hook: LifecycleHook): LifecycleHook {
    this.checkSetup('onShutdown')
    this.#shutdownHooks.unshift(hook)
    return hook
  }

  /**
   * Looks for mistakes in the configuration and runs the hooks of {@link onStart}, once. `app.run()`, `serve(app)` and the `phial` command call it; elsewhere, and in
   * tests that need it, call it yourself.
   */
  startup(): Promise<void> {
    this.#starting ??= this.appContext().run(async () => {
      checkConfig(this.config)
      for (const hook of this.#startHooks) await hook()
    })
    return this.#starting
  }

  /** Runs the hooks of {@link onShutdown}, once, after work that was given to `waitUntil`. */
  shutdown(): Promise<void> {
    this.#stopping ??= this.#shutDown()
    return this.#stopping
  }

  async #shutDown(): Promise<void> {
    await this.background.settled()
    await this.appContext().run(async () => {
      for (const hook of this.#shutdownHooks) {
        try {
          await hook()
        } catch (error) {
          this.logger.exception('A hook of onShutdown failed.', error)
        }
      }
    })
  }
}
