import type { CookieOptions } from '@phial/http/cookies'
import type { Phial } from '../app.ts'
import { durationSeconds } from '../duration.ts'
import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import { NullSessionState, type SessionState } from './session-state.ts'

/**
 * Where sessions come from and where they go. An application has one: that of signed cookies, unless the option
 * `sessionInterface` says otherwise.
 *
 * ```ts
 * class MySessions extends SessionInterface {
 *   override async openSession(app: Phial, request: Request) {
 *     return new SessionState(await load(request.cookies.get(this.getCookieName(app))))
 *   }
 *   override async saveSession(app: Phial, session: SessionState, response: Response) { … }
 * }
 * ```
 */
export abstract class SessionInterface {
  /**
   * Whether sessions are opened when something first looks at them; then {@link openSession} must be synchronous.
   * Otherwise each request waits for its session. Default false.
   */
  readonly opensLazily: boolean = false

  /** The session of a request; null where there can be none, so that writing to it says why. */
  abstract openSession(app: Phial, request: Request): SessionState | null | Promise<SessionState | null>

  /** Keeps a session, called after the view and the after hooks for each session that was opened. */
  abstract saveSession(app: Phial, session: SessionState, response: Response): void | Promise<void>

  /** The session where {@link openSession} has none. */
  makeNullSession(_app: Phial): SessionState {
    return new NullSessionState()
  }

  /** Whether the cookie of a request that did not look at its session may have to be sent again. */
  mustRefresh(_app: Phial, _request: Request): boolean {
    return false
  }

  getCookieName(app: Phial): string {
    return app.config.SESSION_COOKIE_NAME
  }

  /** Null sends the cookie to the host that set it alone. */
  getCookieDomain(app: Phial): string | null {
    return app.config.SESSION_COOKIE_DOMAIN
  }

  getCookiePath(app: Phial): string {
    return app.config.SESSION_COOKIE_PATH ?? app.config.APPLICATION_ROOT
  }

  /** Everything about the cookie but its value and its end. */
  getCookieOptions(app: Phial): CookieOptions {
    const { config } = app
    return {
      domain: this.getCookieDomain(app),
      path: this.getCookiePath(app),
      httpOnly: config.SESSION_COOKIE_HTTPONLY,
      secure: config.SESSION_COOKIE_SECURE,
      sameSite: config.SESSION_COOKIE_SAMESITE,
      partitioned: config.SESSION_COOKIE_PARTITIONED,
    }
  }

  /** When the cookie ends: for permanent sessions after `PERMANENT_SESSION_LIFETIME`, else null, with the browser. */
  getExpirationTime(app: Phial, session: SessionState): Date | null {
    return session.isPermanent ? new Date(Date.now() + sessionLifetime(app) * 1000) : null
  }

  /** Whether the cookie is sent: for changes, and for permanent sessions with `SESSION_REFRESH_EACH_REQUEST`. */
  shouldSetCookie(app: Phial, session: SessionState): boolean {
    return session.isModified || (app.config.SESSION_REFRESH_EACH_REQUEST && session.isPermanent)
  }

  /** Sends the cookie with this value. */
  protected setCookie(app: Phial, session: SessionState, response: Response, value: string): void {
    const expires = this.getExpirationTime(app, session)
    response.setCookie(this.getCookieName(app), value, { ...this.getCookieOptions(app), expires })
    keepFromCaches(app, response)
  }

  /** Takes the cookie back. */
  protected deleteCookie(app: Phial, response: Response): void {
    response.deleteCookie(this.getCookieName(app), this.getCookieOptions(app))
    keepFromCaches(app, response)
  }
}

/** Says of a response with a session cookie that it is for one client. */
function keepFromCaches({ config }: Phial, response: Response): void {
  response.vary.add('Cookie')
  const { SESSION_CACHE_CONTROL: value } = config
  if (value !== null && !response.headers.has('Cache-Control')) response.headers.set('Cache-Control', value)
}

/** `PERMANENT_SESSION_LIFETIME` in seconds. */
export function sessionLifetime(app: Phial): number {
  return durationSeconds(app.config.PERMANENT_SESSION_LIFETIME, 'PERMANENT_SESSION_LIFETIME')
}
