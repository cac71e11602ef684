/**
 * Tools for the tests of applications.
 *
 * @module
 */

export { captureLog } from './lib/testing/capture-log.ts'
export type { RenderedTemplate } from './lib/testing/capture-templates.ts'
export { captureTemplates } from './lib/testing/capture-templates.ts'
export type { CliResult, CliRunnerOptions, InvokeOptions } from './lib/testing/cli-result.ts'
export { CliRunner } from './lib/testing/cli-runner.ts'
export type { AppClientOptions } from './lib/testing/client.ts'
export { AppClient, WebSocketRefused } from './lib/testing/client.ts'
export type { TestServer } from './lib/testing/make-server.ts'
export { makeServer } from './lib/testing/make-server.ts'
export { TestSocket } from './lib/testing/test-socket.ts'
