/**
 * How an application tells a server that it takes a WebSocket.
 *
 * @module
 */
export type { Upgrade, WebSocketConnection, WebSocketHandlers } from './lib/websocket/upgrade.ts'
export { setUpgrade, upgradeOf } from './lib/websocket/upgrade.ts'
