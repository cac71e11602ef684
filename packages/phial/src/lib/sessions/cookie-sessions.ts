import {
  BadData,
  type DigestMethod,
  type KeyDerivation,
  type SecretKey,
  URLSafeTimedSerializer,
} from '@phial/signer'
import type { Phial } from '../app.ts'
import { TaggedJsonSerializer } from '../json/tagged.ts'
import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import { SessionInterface, sessionLifetime } from './session-interface.ts'
import { SessionState } from './session-state.ts'

/** Shorter keys are warned of. */
const MIN_KEY_LENGTH = 16

/**
 * Sessions in a signed cookie, in Flask's own format: an application in Python with the same `SECRET_KEY` reads them,
 * and the other way round. Clients can read what is in them, but not change it.
 */
export class SecureCookieSessionInterface extends SessionInterface {
  override readonly opensLazily: boolean = true
  /** Keeps session cookies apart from other things that are signed with the same key. */
  salt = 'cookie-session'
  /** The hash that signs. */
  digestMethod: DigestMethod | 'sha1' | 'sha256' | 'sha384' | 'sha512' = 'sha1'
  /** How the key for the salt is made of the secret key. */
  keyDerivation: KeyDerivation = 'hmac'
  /** How values become text; `register` a tag for classes of your own. */
  readonly serializer: TaggedJsonSerializer = new TaggedJsonSerializer()
  /** One serializer for each set of keys; all others are forgotten. */
  #signing: { keys: readonly SecretKey[]; serializer: URLSafeTimedSerializer } | null = null

  /** What signs the cookies, or null without a secret key. */
  getSigningSerializer(app: Phial): URLSafeTimedSerializer | null {
    const { SECRET_KEY, SECRET_KEY_FALLBACKS } = app.config
    if (SECRET_KEY === null || SECRET_KEY.length === 0) return null
    const keys = [...(SECRET_KEY_FALLBACKS ?? []), SECRET_KEY]
    if (this.#signing === null || !isSameList(this.#signing.keys, keys)) {
      const serializer = new URLSafeTimedSerializer(keys, {
        salt: this.salt,
        serializer: this.serializer,
        signerOptions: {
          keyDerivation: this.keyDerivation,
          digestMethod: this.digestMethod,
          now: () => Date.now() / 1000,
        },
      })
      this.#signing = { keys, serializer }
      if (SECRET_KEY.length < MIN_KEY_LENGTH && !app.debug && !app.testing) {
        app.logger.warning(
          'The SECRET_KEY has %d %s and may be guessed. Use at least 16 random bytes, or as much text.',
          SECRET_KEY.length,
          typeof SECRET_KEY === 'string' ? 'characters' : 'bytes',
        )
      }
    }
    return this.#signing.serializer
  }

  override openSession(app: Phial, request: Request): SessionState | null {
    const signing = this.getSigningSerializer(app)
    if (signing === null) return null
    const { serializer } = this
    const cookies = request.cookies.getAll(this.getCookieName(app))
    if (cookies.length > 1) {
      app.logger.warning(
        'A request has %d cookies for the session. Another host of the domain may have set one; the name __Host-session ' +
          'keeps them from it.',
        cookies.length,
      )
    }
    for (const cookie of cookies) {
      const entries = this.#read(app, signing, cookie)
      // A cookie that another host of the domain has set may stand before ours: the first that we signed counts.
      if (entries !== null) return new SessionState(entries, { isNew: false, serializer })
    }
    return new SessionState([], { serializer })
  }

  override saveSession(app: Phial, session: SessionState, response: Response): void {
    if (session.isAccessed) response.vary.add('Cookie')
    if (session.entries.size === 0) {
      if (session.isModified) this.deleteCookie(app, response)
      return
    }
    if (!this.shouldSetCookie(app, session)) return
    this.setCookie(app, session, response, this.#write(app, session))
  }

  override mustRefresh(app: Phial, request: Request): boolean {
    const { SECRET_KEY, SESSION_REFRESH_EACH_REQUEST } = app.config
    if (SECRET_KEY === null || !SESSION_REFRESH_EACH_REQUEST) return false
    const name = this.getCookieName(app)
    // Most requests have other cookies only, or none.
    if (request.header('Cookie')?.includes(name) !== true) return false
    return request.cookies.getAll(name).some(mayBePermanent)
  }

  #write(app: Phial, { entries }: SessionState): string {
    const signing = this.getSigningSerializer(app)!
    try {
      return signing.dumps(entries)
    } catch (error) {
      for (const [key, value] of entries) {
        const problem = problemOf(() => this.serializer.dumps(value))
        if (problem === null) continue
        throw new TypeError(
          `The session cannot keep ${JSON.stringify(key)}: ${problem} A session holds what JSON holds, and dates, bytes, ` +
            'Markup, tuples and UUIDs. Keep an id in it, and the rest elsewhere.',
          { cause: error },
        )
      }
      throw error
    }
  }

  #read(app: Phial, signing: URLSafeTimedSerializer, cookie: string): Iterable<[string, unknown]> | null {
    if (cookie === '') return null
    try {
      const value = signing.loads(cookie, { maxAge: sessionLifetime(app) })
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value)
      app.logger.warning('A session cookie was signed, but holds no object. The session is empty.')
    } catch (error) {
      if (!(error instanceof BadData)) throw error
      // Bad signatures are daily bread. This one was made with our key.
      if (error.name === 'BadPayload') {
        app.logger.warning('A session cookie was signed, but cannot be read. The session is empty.')
      }
    }
    return null
  }
}

function problemOf(write: () => string): string | null {
  try {
    write()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Whether a cookie may hold a permanent session, as far as can be seen without reading it. */
function mayBePermanent(cookie: string): boolean {
  if (cookie.startsWith('.')) return true
  try {
    return atob(cookie.slice(0, cookie.indexOf('.')).replaceAll('-', '+').replaceAll('_', '/')).includes(
      '"_permanent":true',
    )
  } catch {
    return false
  }
}

function isSameList(a: readonly SecretKey[], b: readonly SecretKey[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
