/**
 * Password hashes in Werkzeug's format (https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security).
 * Needs `node:crypto`, which Node, Bun, Deno and Workers (with `nodejs_compat`) have.
 *
 * ```ts
 * const stored = await generatePasswordHash('correct horse')
 * await checkPasswordHash(stored, 'correct horse') // true
 * ```
 *
 * @module
 */
export type { PasswordHashOptions } from './lib/node/password-hash.ts'
export {
  checkPasswordHash,
  generatePasswordHash,
  generateSalt,
  MAX_PASSWORD_BYTES,
} from './lib/node/password-hash.ts'
