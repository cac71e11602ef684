/**
 * Where sessions are kept: in a signed cookie, or on the server.
 *
 * @module
 */
export { CookieSessionInterface } from './lib/sessions/cookie-sessions.ts'
export { SessionInterface } from './lib/sessions/session-interface.ts'
export type { SessionStateOptions } from './lib/sessions/session-state.ts'
export { NullSessionState, SessionState, SessionUnavailableError } from './lib/sessions/session-state.ts'
export type { SessionStore, StoredSessionOptions } from './lib/sessions/stored-sessions.ts'
export { MemorySessionStore, StoredSessionInterface } from './lib/sessions/stored-sessions.ts'
