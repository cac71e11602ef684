import type { AccessRecord, FetchApp, ServeOptions } from '@phial/serve'

/** A server of a test. */
export interface TestServer {
  /** Where it is reached, without a slash at its end. */
  readonly url: string
  readonly port: number
  /** The errors that the application threw. */
  readonly errors: readonly unknown[]
  /** The answers that are over, as an access log has them. */
  readonly answers: readonly AccessRecord[]
  /** Requests a path of it. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Stops it, and cuts what is under way. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Serves an application on a free port of this machine, for tests that need a real one: of a browser, of another process,
 * of what happens on the wire. Everything else is faster with `app.testClient()`. It needs Node.
 *
 * ```ts
 * await using server = await makeServer(app)
 * const response = await server.fetch('/')
 * ```
 *
 * @throws TypeError or RangeError for an option that is wrong.
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/#werkzeug.serving.make_server
 */
export async function makeServer(app: FetchApp, options: ServeOptions = {}): Promise<TestServer> {
  const { serve } = await import('@phial/serve')
  const errors: unknown[] = []
  const answers: AccessRecord[] = []
  const server = await serve(app, {
    port: 0,
    // What a test provokes is no news for the terminal.
    logger: { info: () => undefined, error: (_message, error) => void errors.push(error) },
    ...options,
    onAnswer: (record) => {
      answers.push(record)
      options.onAnswer?.(record)
    },
  })
  const close = (): Promise<void> => server.close({ grace: 0 })
  return {
    url: server.url,
    port: server.port ?? 0,
    errors,
    answers,
    fetch: (path, init) => fetch(new URL(path, server.url), init),
    close,
    [Symbol.asyncDispose]: close,
  }
}
