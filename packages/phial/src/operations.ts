/**
 * What an application in operation needs: ids of requests, time limits, health.
 *
 * @module
 */
export type { HealthCheck, HealthOptions } from './lib/health.ts'
export { addHealthRoutes } from './lib/health.ts'
export type { RequestIdOptions } from './lib/request-id.ts'
export { requestId, setRequestIds } from './lib/request-id.ts'
export { timeLimit } from './lib/time-limit.ts'
