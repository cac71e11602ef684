import { Client, type ClientOptions, type RequestBuilder, type RequestOptions } from '@phial/http/test'
import { upgradeOf } from '@phial/http/websocket'
import type { Phial } from '../app.ts'
import { runInContext } from '../context/current.ts'
import type { Response } from '../response.ts'
import type { Session } from '../sessions/session.ts'
import { appContextPushed } from '../signals/app-signals.ts'
import { HeldContext } from './held-context.ts'
import { TestSocket } from './test-socket.ts'

export interface AppClientOptions extends ClientOptions {
  /** The subdomain of `SERVER_NAME` that requests go to. Default: none. */
  subdomain?: string
}

/**
 * A client that sends requests to an application without a server. Its base URL is made of the application's
 * `SERVER_NAME`, `APPLICATION_ROOT` and `PREFERRED_URL_SCHEME`, and it keeps cookies.
 *
 * ```ts
 * const client = app.testClient()
 * const response = await client.post('/login', { form: { user: 'ann' }, followRedirects: true })
 * ```
 */
export class AppClient extends Client {
  readonly app: Phial

  constructor(app: Phial, { subdomain, ...options }: AppClientOptions = {}) {
    super(app as never, { baseUrl: baseUrlOf(app, subdomain), ...options })
    this.app = app
  }

  /** A request; its `json` is written by the application's own provider. */
  override build(path: string, options: RequestOptions = {}): RequestBuilder {
    const { json, ...rest } = options
    const builder =
      json === undefined
        ? super.build(path, rest)
        : super.build(path, { contentType: 'application/json', ...rest, body: this.app.json.dumps(json) })
    if (!builder.headers.has('User-Agent')) builder.headers.set('User-Agent', 'phial-test-client')
    return builder
  }

  /**
   * Opens the session of the client, lets `change` look at it and change it, and keeps it for the next requests.
   *
   * ```ts
   * await client.sessionTransaction((session) => {
   *   session.userId = 1
   * })
   * ```
   *
   * @param options of the request for which the session is opened, where that matters: a host, a path.
   * @returns what `change` returns.
   * @throws Error without a secret key; TypeError if the client keeps no cookies.
   */
  async sessionTransaction<Result>(
    change: (session: Session) => Result | Promise<Result>,
    options: RequestOptions = {},
  ): Promise<Result> {
    const { app, cookies } = this
    const builder = this.build('/', options)
    const target = { host: builder.hostname, path: builder.fullPath, secure: builder.scheme === 'https' }
    const sent = cookies.headerFor(target)
    if (sent !== '') builder.headers.set('Cookie', sent)
    const context = app.requestContext(app.requestClass.from(builder.toRequest()))
    const session = await context.openSession()
    if (session.isNull) {
      throw new Error(
        'The session could not be opened: the application has no SECRET_KEY. Set one for the test, for example ' +
          "app.config.SECRET_KEY = 'a key only for tests'.",
      )
    }
    const result = await change(session.view)
    const response = new app.responseClass('')
    await app.sessionInterface.saveSession(app, session, response)
    cookies.receive(response.headers.getAll('Set-Cookie'), target)
    return result
  }

  /**
   * Opens a WebSocket.
   *
   * ```ts
   * const socket = await client.websocket('/chat/lobby')
   * await socket.send('hello')
   * expect(await socket.receive()).toBe('hello')
   * ```
   *
   * @param options of the request, such as headers: an `Origin`, a `Sec-WebSocket-Protocol`.
   * @throws WebSocketRefused if the application answers otherwise; it has the `response`.
   */
  async websocket(path: string, options: RequestOptions = {}): Promise<TestSocket> {
    const { app, cookies } = this
    const builder = this.build(path, options)
    const target = { host: builder.hostname, path: builder.fullPath, secure: builder.scheme === 'https' }
    const sent = cookies.headerFor(target)
    if (sent !== '') builder.headers.set('Cookie', sent)
    builder.headers.set('Connection', 'Upgrade')
    builder.headers.set('Upgrade', 'websocket')
    const { source } = builder.toRequest()
    const response = await app.fetch(new app.requestClass({ ...source, canUpgrade: true }))
    cookies.receive(response.headers.getAll('Set-Cookie'), target)
    const upgrade = upgradeOf(response)
    if (upgrade === null) throw new WebSocketRefused(response)
    return new TestSocket(upgrade, response.headers, () => response.close())
  }

  /**
   * While `callback` runs, the globals show the context of the client's last request: `request`, `session` and `g` as
   * they were at its end.
   *
   * ```ts
   * await client.use(async () => {
   *   await client.post('/login', { form: { user: 'ann' } })
   *   expect(session.user).toBe('ann')
   * })
   * ```
   */
  async use<Result>(callback: () => Promise<Result>): Promise<Result> {
    const context = new HeldContext(this.app)
    return appContextPushed.connectedTo(
      (_app, pushed) => {
        if (pushed.context.hasRequest()) context.hold(pushed.context)
      },
      () => runInContext(context, callback, undefined),
      { sender: this.app },
    )
  }
}

/** The application has not accepted a WebSocket. */
export class WebSocketRefused extends Error {
  override readonly name = 'WebSocketRefused'
  readonly response: Response

  constructor(response: Response) {
    super(`The application has refused the WebSocket with the status ${response.status}.`)
    this.response = response
  }
}

function baseUrlOf(app: Phial, subdomain: string | undefined): string {
  const { SERVER_NAME, APPLICATION_ROOT, PREFERRED_URL_SCHEME } = app.config
  const path = APPLICATION_ROOT.startsWith('/') ? APPLICATION_ROOT : `/${APPLICATION_ROOT}`
  const host = SERVER_NAME ?? 'localhost'
  return `${PREFERRED_URL_SCHEME}://${subdomain === undefined ? '' : `${subdomain}.`}${host}${path}`
}
