/**
 * What keeps visitors safe from other sites, and sites from each other.
 *
 * @module
 */
export type { CorsOptions } from './lib/security/cors.ts'
export { allowCors } from './lib/security/cors.ts'
export type { CsrfOptions } from './lib/security/csrf.ts'
export { csrfToken, protectFromCsrf } from './lib/security/csrf.ts'
export { CsrfError } from './lib/security/csrf-error.ts'
export { isSafeRedirect, safeRedirect } from './lib/security/safe-redirect.ts'
export type { ContentSecurityPolicyDirectives, SecureHeadersOptions } from './lib/security/secure-headers.ts'
export { cspNonce, NONCE, setSecureHeaders } from './lib/security/secure-headers.ts'
export type { SignedUrlOptions } from './lib/security/signed-url.ts'
export { requireSignedUrl, signedUrlFor } from './lib/security/signed-url.ts'
