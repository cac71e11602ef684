/**
 * The headers `Cookie` and `Set-Cookie`.
 *
 * ```ts
 * parseCookie('theme=dark; lang=en').get('theme') // 'dark'
 * dumpCookie('theme', 'dark', { maxAge: 3600, sameSite: 'Lax' })
 * ```
 *
 * @module
 */
export type { CookieOptions, SameSite } from './lib/cookies/dump-cookie.ts'
export { dumpCookie } from './lib/cookies/dump-cookie.ts'
export type { ParseCookieOptions } from './lib/cookies/parse-cookie.ts'
export { parseCookie } from './lib/cookies/parse-cookie.ts'
