import { Request, type Response } from '@phial/http'
import type { FetchApp } from '@phial/http/middleware'
import type { AccessRecord, HeadLimits, ListenerOptions, ServeLogger } from '../options.ts'
import { resolveHeadLimits } from '../options.ts'

/** What all requests of a listener share. */
export interface Gateway {
  readonly app: FetchApp
  /** The class that the application wants its requests to be of. */
  readonly requestClass: typeof Request
  readonly limits: HeadLimits
  readonly logger: ServeLogger
  readonly onError: ((error: unknown, request: Request) => Response | undefined) | null
  readonly onAnswer: ((record: AccessRecord) => void) | null
  /** Milliseconds that connections wait for their next request, as clients are told; 0 where Node does it all. */
  keepAlive: number
  /** Whether connections end with their next answer, as they do while the server is closing. */
  endsConnections: boolean
  /** Whether the server is closing, so that no WebSocket opens any more. */
  stopping: boolean
  /** The requests whose signal somebody holds, for the case that the server closes before they are done. */
  readonly watched: Set<Abortable>
}

/** A request whose signal somebody holds. */
export interface Abortable {
  abort(reason: string): void
}

/**
 * @throws TypeError if `app` has no method `fetch`.
 * @throws TypeError or RangeError for a limit that is none.
 */
export function createGateway(app: FetchApp, options: ListenerOptions = {}): Gateway {
  if (typeof (app as { fetch?: unknown } | null)?.fetch !== 'function') {
    throw new TypeError(
      `An application is an object with a method fetch(request), as in 'export default app'; got ${describe(app)}.`,
    )
  }
  return {
    app,
    requestClass: app.requestClass ?? Request,
    limits: resolveHeadLimits(options.limits),
    logger: options.logger ?? standardError,
    onError: options.onError ?? null,
    onAnswer: options.onAnswer ?? null,
    keepAlive: 0,
    endsConnections: false,
    stopping: false,
    watched: new Set(),
  }
}

const standardError: ServeLogger = {
  info: (message) => console.error(message),
  error: (message, ...error) => console.error(message, ...error),
}

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return `${typeof value}${value === undefined ? '' : ` ${String(value)}`}`
  return `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'no members'}`
}
