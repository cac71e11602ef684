/**
 * Serves an application, an object with `fetch(request)`, on Node. Bun, Deno and Workers take such an object as it is:
 * `export default app`.
 *
 * @module
 */
export type { FetchAnswer, FetchApp, FetchHandler } from '@phial/http/middleware'
export { ListenError } from './lib/listen-error.ts'
export type {
  AccessRecord,
  ListenerOptions,
  ServeLimits,
  ServeLogger,
  ServeOptions,
  ServeTimeouts,
  TlsOptions,
} from './lib/options.ts'
export { type CloseOptions, type NodeListener, nodeListener, type Server, serve } from './node.ts'
