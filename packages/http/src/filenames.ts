/**
 * Names of files from outside.
 *
 * ```ts
 * secureFilename('../../etc/passwd') // 'etc_passwd'
 * safeJoin('/srv/static', ['../secret']) // null
 * ```
 *
 * @module
 */
export type { SafeJoinOptions } from './lib/safe-join.ts'
export { safeJoin } from './lib/safe-join.ts'
export type { SecureFilenameOptions } from './lib/secure-filename.ts'
export { secureFilename } from './lib/secure-filename.ts'
export type { FilePlatform } from './lib/windows-device-names.ts'
