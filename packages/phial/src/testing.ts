/**
 * Tools for the tests of applications.
 *
 * @module
 */

export { captureLog } from './lib/testing/capture-log.ts'
export type { AppClientOptions } from './lib/testing/client.ts'
export { AppClient } from './lib/testing/client.ts'
