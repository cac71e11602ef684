import type { FileStoreFactory } from '../body/file-store.ts'
import type { BodySource } from './body-source.ts'

/**
 * What a gateway knows of one request: the border between transports and {@link Request}. Gateways may compute the
 * members when they are asked for.
 */
export interface RequestSource {
  /** As on the wire, usually in upper case. */
  readonly method: string
  /** Path and query as on the wire, in origin form: it starts with `/` (or is `*` for OPTIONS). */
  readonly target: string
  /** `http` or `https` (`ws`, `wss` for an upgrade). */
  readonly scheme: string
  /** The headers in order, `[name, value, name, value, …]`, one character per byte. */
  readonly rawHeaders: string[]
  /** The path under which the application is mounted, without a slash at its end; `''` at the root. */
  readonly rootPath: string
  /** The address of the peer, or null where the runtime does not tell. */
  readonly remoteAddr: string | null
  /** The address and port that the server listens on, or null where that is not known. */
  readonly server: readonly [host: string, port: number | null] | null
  /** Null if the request has no body. */
  readonly body: BodySource | null
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal
  /** Where the files of a form go; default: memory. */
  readonly storeFactory?: FileStoreFactory | undefined
  /** Whether the gateway can open a WebSocket for this request. Default false. */
  readonly canUpgrade?: boolean
  /** Bindings of the runtime (Workers), else undefined. */
  readonly env?: unknown
  /** The runtime's context of this event (`waitUntil`), else undefined. */
  readonly executionContext?: unknown
}

/** Members of a source that a middleware may replace. */
export type SourceChanges = Partial<
  Pick<RequestSource, 'method' | 'target' | 'scheme' | 'rawHeaders' | 'rootPath' | 'remoteAddr' | 'server'>
>

/** A source that differs from another in some members and shares its body, signal and bindings. */
export class ChangedSource implements RequestSource {
  readonly method: string
  readonly target: string
  readonly scheme: string
  readonly rawHeaders: string[]
  readonly rootPath: string
  readonly remoteAddr: string | null
  readonly server: readonly [host: string, port: number | null] | null
  readonly #origin: RequestSource

  constructor(origin: RequestSource, changes: SourceChanges) {
    this.#origin = origin
    this.method = changes.method ?? origin.method
    this.target = changes.target ?? origin.target
    this.scheme = changes.scheme ?? origin.scheme
    this.rawHeaders = changes.rawHeaders ?? origin.rawHeaders
    this.rootPath = changes.rootPath ?? origin.rootPath
    this.remoteAddr = changes.remoteAddr === undefined ? origin.remoteAddr : changes.remoteAddr
    this.server = changes.server === undefined ? origin.server : changes.server
  }

  get body(): BodySource | null {
    return this.#origin.body
  }

  get signal(): AbortSignal {
    return this.#origin.signal
  }

  get storeFactory(): FileStoreFactory | undefined {
    return this.#origin.storeFactory
  }

  get canUpgrade(): boolean {
    return this.#origin.canUpgrade === true
  }

  get env(): unknown {
    return this.#origin.env
  }

  get executionContext(): unknown {
    return this.#origin.executionContext
  }
}
