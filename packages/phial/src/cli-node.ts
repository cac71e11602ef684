/**
 * The `phial` command as functions, for tests and for commands of one's own.
 *
 * @module
 */
export type { AppReference } from './lib/cli/app-reference.ts'
export { parseAppReference } from './lib/cli/app-reference.ts'
export type { CliErrorOptions } from './lib/cli/cli-error.ts'
export { CliError, NoAppError } from './lib/cli/cli-error.ts'
export type { CliIo } from './lib/cli/io.ts'
export { locateApp } from './lib/cli/load-app.ts'
export { main } from './lib/cli/main.ts'
export type { ServedApp } from './lib/cli/served-app.ts'
