/**
 * Fetch handlers that wrap fetch handlers.
 *
 * @module
 */
export { dispatcher, mountRequest } from './lib/middleware/dispatcher.ts'
export type { FetchAnswer, FetchApp, FetchHandler } from './lib/middleware/fetch-app.ts'
export type { ProxyFixOptions } from './lib/middleware/proxy-fix.ts'
export { proxyFix } from './lib/middleware/proxy-fix.ts'
