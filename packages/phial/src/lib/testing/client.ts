import { Client, type ClientOptions } from '@phial/http/test'
import type { Phial } from '../app.ts'

export type AppClientOptions = ClientOptions

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

  constructor(app: Phial, options: AppClientOptions = {}) {
    super(app as never, { baseUrl: baseUrlOf(app), ...options })
    this.app = app
  }
}

function baseUrlOf(app: Phial): string {
  const { SERVER_NAME, APPLICATION_ROOT, PREFERRED_URL_SCHEME } = app.config
  const path = APPLICATION_ROOT.startsWith('/') ? APPLICATION_ROOT : `/${APPLICATION_ROOT}`
  return `${PREFERRED_URL_SCHEME}://${SERVER_NAME ?? 'localhost'}${path}`
}
