/**
 * The entries of an application's sessions, with their types. Extend it by declaration:
 *
 * ```ts
 * declare module 'phial' {
 *   interface SessionData { userId?: number }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
export interface SessionData {}

/** What a session has besides its entries. An entry of such a name is set and read by {@link set} and {@link get}. */
export interface SessionMembers {
  /** Whether the client had no session before this request. */
  readonly new: boolean
  /** Whether the session will be written. Changes inside its values count; setting it to true writes it anyway. */
  modified: boolean
  /** Whether anything looked at the session, so that the response varies with the cookie. */
  readonly accessed: boolean
  /** Whether it outlives the browser, for `PERMANENT_SESSION_LIFETIME`. Default false. */
  permanent: boolean
  /** The value of `key`, or `fallback`. */
  get(key: string, fallback?: unknown): unknown
  set(key: string, value: unknown): void
  /** Whether `key` is set. */
  has(key: string): boolean
  /** Removes `key` and gives its value, or `fallback`. */
  pop(key: string, fallback?: unknown): unknown
  /** The value of `key`; if it is not set, `value` is stored first. */
  setDefault(key: string, value: unknown): unknown
  /** Sets many entries at once. */
  update(values: Readonly<Record<string, unknown>>): void
  /** Removes all entries, and with them the cookie. */
  clear(): void
  /**
   * Keeps the entries under a new identity. Call it when a user logs in, so that an id that was known before is worth
   * nothing (session fixation). A session in a cookie has no id; it is signed anew.
   */
  regenerate(): void
}

/** What is remembered of a client from request to request. Names that are not set are undefined. */
export type Session = SessionData & SessionMembers & Record<string, unknown>

/** What is behind a view. */
export interface SessionSource {
  readonly isNew: boolean
  readonly isAccessed: boolean
  isModified: boolean
  isPermanent: boolean
  get(key: string): unknown
  has(key: string): boolean
  keys(): string[]
  set(key: string, value: unknown): void
  delete(key: string): boolean
  clear(): void
  regenerate(): void
}

interface Member {
  read(state: SessionSource): unknown
  write?(state: SessionSource, value: unknown): void
}

/** Each member: how it is read, and how it is written if it can be. */
const MEMBERS: ReadonlyMap<string, Member> = new Map<string, Member>([
  ['new', { read: (state) => state.isNew }],
  ['accessed', { read: (state) => state.isAccessed }],
  [
    'modified',
    {
      read: (state) => state.isModified,
      write: (state, value) => {
        state.isModified = Boolean(value)
      },
    },
  ],
  [
    'permanent',
    {
      read: (state) => state.isPermanent,
      write: (state, value) => {
        state.isPermanent = Boolean(value)
      },
    },
  ],
  [
    'get',
    {
      read: (state) => (key: string, fallback?: unknown) => (state.has(key) ? state.get(key) : fallback),
    },
  ],
  ['set', { read: (state) => (key: string, value: unknown) => state.set(key, value) }],
  ['has', { read: (state) => (key: string) => state.has(key) }],
  ['pop', { read: (state) => (key: string, fallback?: unknown) => pop(state, key, fallback) }],
  ['setDefault', { read: (state) => (key: string, value: unknown) => setDefault(state, key, value) }],
  ['update', { read: (state) => (values: object) => update(state, values) }],
  ['clear', { read: (state) => () => state.clear() }],
  ['regenerate', { read: (state) => () => state.regenerate() }],
])

function pop(state: SessionSource, key: string, fallback: unknown): unknown {
  const value = state.has(key) ? state.get(key) : fallback
  // Also where there is nothing to delete: without a secret key it says so.
  state.delete(key)
  return value
}

function setDefault(state: SessionSource, key: string, value: unknown): unknown {
  if (!state.has(key)) state.set(key, value)
  return state.get(key)
}

function update(state: SessionSource, values: object): void {
  for (const [key, value] of Object.entries(values)) state.set(key, value)
}

/** The view of a session: its members, and its entries as properties. */
export function createSessionView(state: SessionSource): Session {
  // Symbols are asked for by what prints and inspects objects; none is an entry.
  return new Proxy(Object.create(null) as Session, {
    get(_target, key) {
      if (typeof key === 'symbol') return undefined
      const member = MEMBERS.get(key)
      return member === undefined ? state.get(key) : member.read(state)
    },
    set(_target, key, value) {
      if (typeof key === 'symbol') throw new TypeError('The keys of a session are text.')
      const member = MEMBERS.get(key)
      if (member === undefined) state.set(key, value)
      else if (member.write !== undefined) member.write(state, value)
      else {
        throw new TypeError(
          `session.${key} is a member of every session. To store an entry of that name use session.set('${key}', …).`,
        )
      }
      return true
    },
    has: (_target, key) => typeof key === 'string' && state.has(key),
    deleteProperty(_target, key) {
      if (typeof key === 'string') state.delete(key)
      return true
    },
    ownKeys: () => state.keys(),
    getOwnPropertyDescriptor(_target, key) {
      if (typeof key === 'symbol' || !state.has(key)) return undefined
      return { value: state.get(key), writable: true, enumerable: true, configurable: true }
    },
    defineProperty(_target, key, descriptor) {
      if (typeof key === 'symbol') return false
      state.set(key, descriptor.value)
      return true
    },
  })
}
