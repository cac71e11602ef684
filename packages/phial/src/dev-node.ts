/**
 * Servers, reloader and certificates for development, for programs that start them themselves: what `werkzeug.serving`
 * is to Flask. The command `phial run` does the same for the command line.
 *
 * @module
 */
export type { CertificateFiles } from './lib/cli/certificate.ts'
export { generateAdhocCertificate, isTlsError, makeDevCertificate } from './lib/cli/certificate.ts'
export type { CreateFileWatch, FileWatch, FileWatchOptions } from './lib/cli/dev/file-watch.ts'
export type { RunSimpleOptions } from './lib/cli/dev/run-simple.ts'
export { runSimple } from './lib/cli/dev/run-simple.ts'
export type { ReloaderOptions } from './lib/cli/dev/run-with-reloader.ts'
export { runWithReloader } from './lib/cli/dev/run-with-reloader.ts'
export { testApp } from './lib/cli/dev/test-app.ts'
export type { DevServerOptions } from './lib/cli/dev-server.ts'
export { DevServer } from './lib/cli/dev-server.ts'
export { isLoopback, reachableUrls, socketPath } from './lib/cli/host.ts'
export { isRunningFromReloader } from './lib/cli/run-options.ts'
export type { ServedApp } from './lib/cli/served-app.ts'
