/**
 * The `phial` command as functions, for tests and for commands of one's own.
 *
 * @module
 */
export type { AppReference } from './lib/cli/app-reference.ts'
export { parseAppReference } from './lib/cli/app-reference.ts'
export type { CliErrorOptions } from './lib/cli/cli-error.ts'
export { CliError, NoAppError } from './lib/cli/cli-error.ts'
export { loadEnvFiles } from './lib/cli/dotenv.ts'
export { invoke } from './lib/cli/invoke.ts'
export type { CliIo } from './lib/cli/io.ts'
export { locateApp } from './lib/cli/load-app.ts'
export { main } from './lib/cli/main.ts'
export { askConfirmation, askValue } from './lib/cli/questions.ts'
export { isRunningFromReloader } from './lib/cli/run-options.ts'
export type { ProcessOptions } from './lib/cli/run-process.ts'
export { runProcess } from './lib/cli/run-process.ts'
export type { ServedApp } from './lib/cli/served-app.ts'
