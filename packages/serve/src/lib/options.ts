import type { Request, Response } from '@phial/http'

/** The maxima of the message head. Over one of them the request is refused before the application sees it. */
export interface ServeLimits {
  /** Bytes of the request target (path and query). Default 8 KiB. Over it: 414. */
  maxTargetBytes?: number
  /** Bytes of all headers together, with `: ` and the line ends. Default 16 KiB. Over it: 431. */
  maxHeaderBytes?: number
  /** How many header lines there may be. Default 100. Over it: 431. */
  maxHeaderCount?: number
  /** Bytes of one header, its name and its value. Default 8 KiB. Over it: 431. */
  maxHeaderLineBytes?: number
  /**
   * Open connections. Default null: as many as the system gives. Over it: 503 with `Retry-After`. With TLS as many again may
   * be at their handshake.
   */
  maxConnections?: number | null
}

/** How long a connection may keep the server waiting, in seconds. */
export interface ServeTimeouts {
  /** For all headers of a request, and for the handshake of TLS. Default 60. Over it: 408, or the connection is cut. */
  headers?: number
  /** For a whole request with its body. Default 300. Over it: 408. */
  request?: number
  /** Between two requests of a connection. Default 5. */
  keepAlive?: number
  /** Without a byte in either direction while a request is under way. Default null: no limit. */
  idle?: number | null
}

/** Takes what the server has to say. `console` is one. */
export interface ServeLogger {
  info(message: string): void
  /** `error` is what was thrown, which may be anything. */
  error(message: string, error?: unknown): void
}

/** One request that has been answered. */
export interface AccessRecord {
  readonly method: string
  readonly target: string
  readonly httpVersion: string
  readonly remoteAddr: string | null
  readonly status: number
  /** From the end of the request's head to the end of the answer, in milliseconds. */
  readonly duration: number
  /** Whether the answer was sent whole. */
  readonly complete: boolean
}

/** What a gateway does for every request, however its server was started. */
export interface ListenerOptions {
  limits?: ServeLimits
  /** Default: errors go to standard error. */
  logger?: ServeLogger
  /**
   * Called for what the application throws instead of answering, and for answers that cannot be sent. What it returns
   * is the answer. Default: the error is logged and answered with a plain page 500. Errors that are answers
   * (`HttpException`) and clients that have gone do not come here.
   */
  onError?: (error: unknown, request: Request) => Response | undefined
  /** Called when an answer is over, for an access log. Default: none. */
  onAnswer?: (record: AccessRecord) => void
}

/** Certificate and key, in PEM; several certificates follow each other. */
export interface TlsOptions {
  key: string | Uint8Array
  cert: string | Uint8Array
  /** Of the key, if it is encrypted. */
  passphrase?: string
  /** Certificates that clients are checked against: every client must then show one that these have signed. */
  ca?: string | Uint8Array
}

export interface ServeOptions extends ListenerOptions {
  /** The address to listen on. Default `127.0.0.1`: this machine alone. `0.0.0.0` or `::` for all addresses. */
  hostname?: string
  /** From 0 to 65535; 0 takes a free one. Default 5000. */
  port?: number
  /** Listens on this Unix socket instead of `hostname` and `port`. */
  path?: string
  /** Serves HTTPS. */
  tls?: TlsOptions
  timeouts?: ServeTimeouts
  /** Closes the server when it aborts. */
  signal?: AbortSignal
  /**
   * Closes the server at SIGTERM and SIGINT, and ends the process then; the second signal ends it at once.
   * Default false.
   */
  signals?: boolean
  /** Seconds that requests under way get when the server is closed. Default 10. */
  grace?: number
  /** Lets several processes listen on the same port where the system can (Linux, Node 22.12 and newer). Default false. */
  reusePort?: boolean
}

/** Limits of the head with every member set. */
export interface HeadLimits {
  readonly maxTargetBytes: number
  readonly maxHeaderBytes: number
  readonly maxHeaderCount: number
  readonly maxHeaderLineBytes: number
}

const LIMIT_NAMES: readonly string[] = [
  'maxTargetBytes',
  'maxHeaderBytes',
  'maxHeaderCount',
  'maxHeaderLineBytes',
  'maxConnections',
] satisfies (keyof ServeLimits)[]

const TIMEOUT_NAMES: readonly string[] = [
  'headers',
  'request',
  'keepAlive',
  'idle',
] satisfies (keyof ServeTimeouts)[]

/** The limits with their defaults. Throws for a value that is none. */
export function resolveHeadLimits(limits: ServeLimits = {}): HeadLimits {
  checkNames('limits', limits, LIMIT_NAMES)
  return {
    maxTargetBytes: wholeNumber('limits.maxTargetBytes', limits.maxTargetBytes ?? 8 * 1024),
    maxHeaderBytes: wholeNumber('limits.maxHeaderBytes', limits.maxHeaderBytes ?? 16 * 1024),
    maxHeaderCount: wholeNumber('limits.maxHeaderCount', limits.maxHeaderCount ?? 100),
    maxHeaderLineBytes: wholeNumber('limits.maxHeaderLineBytes', limits.maxHeaderLineBytes ?? 8 * 1024),
  }
}

/** The most connections, or null. Throws for a value that is no limit. */
export function resolveMaxConnections(limits: ServeLimits = {}): number | null {
  const { maxConnections = null } = limits
  return maxConnections === null ? null : wholeNumber('limits.maxConnections', maxConnections)
}

/** The timeouts in milliseconds; 0 stands for none, as Node has it. Throws for a value that is none. */
export function resolveTimeouts(timeouts: ServeTimeouts = {}): Required<Record<keyof ServeTimeouts, number>> {
  checkNames('timeouts', timeouts, TIMEOUT_NAMES)
  const resolved = {
    headers: milliseconds('timeouts.headers', timeouts.headers ?? 60),
    request: milliseconds('timeouts.request', timeouts.request ?? 300),
    keepAlive: milliseconds('timeouts.keepAlive', timeouts.keepAlive ?? 5),
    idle:
      timeouts.idle === undefined || timeouts.idle === null
        ? 0
        : milliseconds('timeouts.idle', timeouts.idle),
  }
  if (resolved.headers > resolved.request) {
    throw new RangeError(
      `timeouts.headers (${resolved.headers / 1000} s) must not be above timeouts.request (${resolved.request / 1000} s), which includes it.`,
    )
  }
  return resolved
}

/** `seconds` in milliseconds. Throws unless it is a number above 0, and no more than a timer can hold. */
export function milliseconds(name: string, seconds: unknown): number {
  checkNumber(name, seconds, 'a number of seconds')
  const value = seconds as number
  if (!(value > 0) || value > 2_147_483) {
    throw new RangeError(
      `${name} must be a number of seconds above 0 and at most 2147483, got ${String(value)}.`,
    )
  }
  return Math.ceil(value * 1000)
}

/** A grace time in milliseconds; 0 is one. Throws for anything that is no number of seconds. */
export function graceTime(seconds: unknown): number {
  return seconds === 0 ? 0 : milliseconds('grace', seconds)
}

/** Checks a port. */
export function checkPort(port: unknown): number {
  checkNumber('port', port, 'a whole number from 0 to 65535')
  if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65535) {
    throw new RangeError(
      `port must be a whole number from 0 to 65535 (0 takes a free one), got ${String(port)}.`,
    )
  }
  return port as number
}

function wholeNumber(name: string, value: unknown): number {
  checkNumber(name, value, 'a whole number')
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    throw new RangeError(`${name} must be a whole number from 1 up, got ${String(value)}.`)
  }
  return value as number
}

function checkNumber(name: string, value: unknown, expected: string): void {
  if (typeof value === 'number') return
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  throw new TypeError(`${name} must be ${expected}, got ${typeof value} ${shown}.`)
}

function checkNames(option: string, given: object, names: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new TypeError(
        `${option} has no member ${JSON.stringify(name)}. Its members are ${names.join(', ')}.`,
      )
    }
  }
}
