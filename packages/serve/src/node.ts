/**
 * The gateway to `node:http`.
 *
 * @module
 */
export type { ConnectionListener } from './lib/node/accept-connections.ts'
export { acceptConnections } from './lib/node/accept-connections.ts'
export type { NodeListener } from './lib/node/listener.ts'
export { nodeListener } from './lib/node/listener.ts'
export type { CloseOptions, Server } from './lib/node/serve.ts'
export { serve } from './lib/node/serve.ts'
export type { ConnectionServer, ConnectionServerOptions } from './lib/node/serve-connections.ts'
export { serveConnections } from './lib/node/serve-connections.ts'
