import { TaggedJsonSerializer } from '../json/tagged.ts'
import { createSessionView, type Session, type SessionSource } from './session.ts'

/** How values of a session become text; two values are the same if their texts are. */
export interface SessionSerializer {
  dumps(value: unknown): string
}

export interface SessionStateOptions {
  /** Whether the client had no session before this request. Default: true without entries. */
  isNew?: boolean
  /** Writes values, to notice changes inside them. Default: tagged JSON. */
  serializer?: SessionSerializer
  /** The key under which a store keeps the session. Default null. */
  id?: string | null
}

/** The entry that makes a session outlive the browser. */
const PERMANENT = '_permanent'

const taggedJson = new TaggedJsonSerializer()

/**
 * What a session holds and what happened to it, as a {@link SessionInterface} sees it. Views see its {@link view}.
 *
 * Changes inside a value are noticed by comparing its text before and after, so values are plain objects and arrays.
 */
export class SessionState implements SessionSource {
  readonly isNew: boolean
  /** The key under which a store keeps the session, or null. */
  id: string | null
  /** Whether the session is to get a new id. */
  isRegenerated = false
  /** Whether anything looked at the session, so that the response depends on the cookie. */
  isAccessed = false
  readonly #entries: Map<string, unknown>
  readonly #serializer: SessionSerializer
  /** The text of each object that was handed out, as it was then. */
  readonly #handedOut = new Map<string, string>()
  #isModified = false
  #view: Session | null = null

  constructor(
    entries: Iterable<readonly [string, unknown]> = [],
    { isNew, serializer = taggedJson, id = null }: SessionStateOptions = {},
  ) {
    this.#entries = new Map(entries)
    this.#serializer = serializer
    this.isNew = isNew ?? this.#entries.size === 0
    this.id = id
  }

  /** Whether the session cannot be written. */
  get isNull(): boolean {
    return false
  }

  /** The session as views use it. */
  get view(): Session {
    this.#view ??= createSessionView(this)
    return this.#view
  }

  /** What is stored, in the order in which it was set. */
  get entries(): ReadonlyMap<string, unknown> {
    return this.#entries
  }

  get size(): number {
    this.isAccessed = true
    return this.#entries.size
  }

  get(key: string): unknown {
    this.isAccessed = true
    const value = this.#entries.get(key)
    if (typeof value === 'object' && value !== null && !this.#isModified && !this.#handedOut.has(key)) {
      this.#handedOut.set(key, this.#serializer.dumps(value))
    }
    return value
  }

  has(key: string): boolean {
    this.isAccessed = true
    return this.#entries.has(key)
  }

  keys(): string[] {
    this.isAccessed = true
    return [...this.#entries.keys()]
  }

  set(key: string, value: unknown): void {
    this.isModified = true
    this.#entries.set(key, value)
  }

  delete(key: string): boolean {
    this.isAccessed = true
    if (!this.#entries.has(key)) return false
    this.isModified = true
    return this.#entries.delete(key)
  }

  clear(): void {
    this.isModified = true
    this.#entries.clear()
  }

  /** Whether the session differs from what was opened. */
  get isModified(): boolean {
    if (this.#isModified) return true
    for (const [key, before] of this.#handedOut) {
      if (this.#serializer.dumps(this.#entries.get(key)) !== before) {
        this.#isModified = true
        return true
      }
    }
    return false
  }

  set isModified(value: boolean) {
    if (value) this.isAccessed = true
    else this.#handedOut.clear()
    this.#isModified = value
  }

  /** Whether the session outlives the browser, for `PERMANENT_SESSION_LIFETIME`. */
  get isPermanent(): boolean {
    this.isAccessed = true
    return this.#entries.get(PERMANENT) === true
  }

  set isPermanent(value: boolean) {
    this.set(PERMANENT, value)
  }

  /** Gives the session a new identity. */
  regenerate(): void {
    this.isModified = true
    this.isRegenerated = true
  }
}

/** The session where none can be written: it is empty, and every change throws an error that says why. */
export class NullSessionState extends SessionState {
  override get isNull(): boolean {
    return true
  }

  override set(): never {
    throw new SessionUnavailableError()
  }

  override delete(): never {
    throw new SessionUnavailableError()
  }

  override clear(): never {
    throw new SessionUnavailableError()
  }

  override regenerate(): never {
    throw new SessionUnavailableError()
  }
}

/** A session was written where there is no key to sign it with. */
export class SessionUnavailableError extends Error {
  override readonly name: string = 'SessionUnavailableError'

  constructor() {
    super(
      'The session is unavailable because no secret key was set. Set the secretKey on the application to something ' +
        'unique and secret: app.config.SECRET_KEY = process.env.SECRET_KEY, with at least 16 random bytes.',
    )
  }
}
