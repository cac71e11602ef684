/**
 * Fetch handlers that wrap fetch handlers.
 *
 * @module
 */
export { dispatcher, mountRequest } from './lib/middleware/dispatcher.ts'
export type { AnswerReceiver, FetchAnswer, FetchApp, FetchHandler } from './lib/middleware/fetch-app.ts'
export type { HttpProxyOptions, ProxyTarget } from './lib/middleware/http-proxy.ts'
export { httpProxy } from './lib/middleware/http-proxy.ts'
export type { LintOptions } from './lib/middleware/lint.ts'
export { lint } from './lib/middleware/lint.ts'
export type { MethodOverrideOptions } from './lib/middleware/method-override.ts'
export { methodOverride } from './lib/middleware/method-override.ts'
export type { ProxyFixOptions } from './lib/middleware/proxy-fix.ts'
export { proxyFix } from './lib/middleware/proxy-fix.ts'
