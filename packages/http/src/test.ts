/**
 * A test client for any application with a fetch handler.
 *
 * ```ts
 * const client = createClient(app)
 * const response = await client.post('/login', { form: { user: 'bob' } })
 * response.status // 303
 * ```
 *
 * @module
 */
export type { ClientOptions, OpenOptions } from './lib/test/client.ts'
export { Client, createClient } from './lib/test/client.ts'
export { ClientRedirectError } from './lib/test/client-redirect-error.ts'
export type { Cookie, CookieKey, CookieTarget, SetTestCookieOptions } from './lib/test/cookie-jar.ts'
export { CookieJar } from './lib/test/cookie-jar.ts'
export type { QueryValue, RequestOptions } from './lib/test/request-builder.ts'
export { RequestBuilder } from './lib/test/request-builder.ts'
export type { FormInit, FormValue, TestBody, TestFile, TestFileValue } from './lib/test/request-content.ts'
export { TestResponse } from './lib/test/test-response.ts'
