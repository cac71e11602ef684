import type { Request } from '@phial/http'
import { type FetchAnswer, type ServeOptions, type Server, serve } from '../src/index.ts'

/** A server for one test, with what it logged. */
export interface TestServer extends AsyncDisposable {
  readonly server: Server
  readonly port: number
  readonly logged: readonly { readonly message: string; readonly error: unknown }[]
}

/** Serves `fetch` on a free port. */
export async function testServer(
  fetch: (request: Request) => FetchAnswer | Promise<FetchAnswer>,
  options: ServeOptions = {},
): Promise<TestServer> {
  const logged: { message: string; error: unknown }[] = []
  const server = await serve(
    { fetch },
    {
      port: 0,
      logger: { info: () => undefined, error: (message, error) => logged.push({ message, error }) },
      ...options,
    },
  )
  return { server, port: server.port!, logged, [Symbol.asyncDispose]: () => server.close({ grace: 0 }) }
}
