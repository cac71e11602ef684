/**
 * What an application in operation needs: ids of requests, time limits, health.
 *
 * @module
 */
export type { HealthCheck, HealthOptions } from './lib/operations/health.ts'
export { addHealthRoutes } from './lib/operations/health.ts'
export type { RequestIdOptions } from './lib/operations/request-id.ts'
export { requestId, setRequestIds } from './lib/operations/request-id.ts'
export { timeLimit } from './lib/operations/time-limit.ts'
