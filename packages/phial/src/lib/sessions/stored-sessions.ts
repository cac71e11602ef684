import type { Phial } from '../app.ts'
import { TaggedJsonSerializer } from '../json/tagged.ts'
import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import { SessionInterface, sessionLifetime } from './session-interface.ts'
import { SessionState } from './session-state.ts'

/** Keeps the entries of sessions by their ids: a database, Redis, KV. */
export interface SessionStore {
  /** The entries, or null where there are none or they have expired. */
  get(id: string): MaybePromise<Readonly<Record<string, unknown>> | null>
  /** @param seconds how long the entries are kept from now on. */
  set(id: string, entries: Readonly<Record<string, unknown>>, seconds: number): MaybePromise<void>
  delete(id: string): MaybePromise<void>
}

type MaybePromise<Value> = Value | Promise<Value>

export interface StoredSessionOptions {
  /** Seconds from its last change for which a session is kept that ends with the browser. Default 86,400: a day. */
  browserSessionLifetime?: number
}

/**
 * Sessions that are kept on the server. The cookie holds 256 random bits that name the session, and nothing else. An id
 * that the store does not know is never taken over, and a session without entries is not stored.
 *
 * ```ts
 * const app = new Phial(import.meta, { sessionInterface: new StoredSessionInterface(new MemorySessionStore()) })
 * ```
 */
export class StoredSessionInterface extends SessionInterface {
  readonly store: SessionStore
  readonly #browserSessionLifetime: number

  constructor(store: SessionStore, { browserSessionLifetime = 86_400 }: StoredSessionOptions = {}) {
    super()
    this.store = store
    this.#browserSessionLifetime = browserSessionLifetime
  }

  override openSession(app: Phial, request: Request): SessionState | Promise<SessionState> {
    if (request.header('Cookie') === null) return new SessionState()
    const id = request.cookies.get(this.getCookieName(app))
    return id !== null && /^[\w-]{43}$/.test(id) ? this.#load(id) : new SessionState()
  }

  override async saveSession(app: Phial, session: SessionState, response: Response): Promise<void> {
    if (session.isAccessed) response.vary.add('Cookie')
    const { id, isModified } = session
    if (session.entries.size === 0) {
      if (!isModified) return
      if (id !== null) await this.store.delete(id)
      this.deleteCookie(app, response)
      return
    }
    if (!this.shouldSetCookie(app, session)) return
    if (session.isRegenerated && id !== null) await this.store.delete(id)
    if (session.isRegenerated || id === null) session.id = createSessionId()
    const seconds = session.isPermanent ? sessionLifetime(app) : this.#browserSessionLifetime
    await this.store.set(session.id!, Object.fromEntries(session.entries), seconds)
    this.setCookie(app, session, response, session.id!)
  }

  async #load(id: string): Promise<SessionState> {
    const entries = await this.store.get(id)
    if (entries === null) return new SessionState()
    return new SessionState(Object.entries(entries), { isNew: false, id })
  }
}

/** Sessions in the memory of one process, for development and tests: they end with it. */
export class MemorySessionStore implements SessionStore {
  readonly #kept = new Map<string, { text: string; until: number }>()
  readonly #serializer = new TaggedJsonSerializer()
  readonly #maxSessions: number

  /** @param maxSessions the oldest go beyond that number. Default 10,000. */
  constructor({ maxSessions = 10_000 }: { maxSessions?: number } = {}) {
    this.#maxSessions = maxSessions
  }

  /** How many sessions are kept. */
  get size(): number {
    return this.#kept.size
  }

  get(id: string): Readonly<Record<string, unknown>> | null {
    const kept = this.#kept.get(id)
    if (kept === undefined) return null
    if (kept.until > Date.now()) {
      return this.#serializer.loads(kept.text) as Record<string, unknown>
    }
    this.#kept.delete(id)
    return null
  }

  set(id: string, entries: Readonly<Record<string, unknown>>, seconds: number): void {
    this.#kept.delete(id)
    this.#kept.set(id, { text: this.#serializer.dumps(entries), until: Date.now() + seconds * 1000 })
    if (this.#kept.size > this.#maxSessions) this.#kept.delete(this.#kept.keys().next().value!)
  }

  delete(id: string): void {
    this.#kept.delete(id)
  }
}

/** 256 random bits in base64url. */
function createSessionId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '')
}
