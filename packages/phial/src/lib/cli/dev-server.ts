import type { Request } from '@phial/http'
import type { AccessRecord } from '@phial/serve'
import { type AccessLog, createAccessLog } from './access-log.ts'
import type { LoopWatch } from './dev/loop-watch.ts'
import type { Painter } from './painter.ts'
import type { ServedApp } from './served-app.ts'

export interface DevServerOptions {
  /** Takes the lines of the log. Default: none are written. */
  readonly write?: (text: string) => void
  /** Colours them. */
  readonly painter: Painter
  /** Is told of each request. Default: nobody. */
  readonly loopWatch?: LoopWatch | null
}

/**
 * What `runSimple` and `phial run` serve: an application with a line in the log for each request. A class of one's own
 * overrides a step and is given as `serverClass`, as Werkzeug takes a `request_handler`:
 *
 * ```ts
 * class QuietServer extends DevServer {
 *   override logRequest(record: AccessRecord): void {
 *     if (!record.target.startsWith('/static/')) super.logRequest(record)
 *   }
 * }
 * await runSimple('localhost', 5000, app, { serverClass: QuietServer })
 * ```
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/
 */
export class DevServer {
  readonly app: ServedApp
  /** What answers say in the header `Server`; '' for no header. */
  readonly serverVersion: string = ''
  readonly #log: AccessLog | null
  readonly #loopWatch: LoopWatch | null

  constructor(app: ServedApp, { write, painter, loopWatch = null }: DevServerOptions) {
    this.app = app
    this.#loopWatch = loopWatch
    this.#log = write === undefined ? null : createAccessLog(write, painter)
  }

  /** Answers a request. */
  fetch(request: Request, env?: unknown, context?: unknown): unknown {
    const isAnswered = this.#loopWatch?.began(`${request.method} ${request.path}`)
    const answer = this.app.fetch(this.makeRequest(request) as never, env, context)
    if (isAnswered !== undefined) {
      if (isPromise(answer)) answer.then(isAnswered, isAnswered)
      else isAnswered()
    }
    if (this.serverVersion === '') return answer
    return isPromise(answer) ? answer.then((value) => this.#named(value)) : this.#named(answer)
  }

  /** What the application is given for a request: the place to change it. */
  makeRequest(request: Request): Request {
    return request
  }

  /** Called when an answer is over. Writes its line. */
  logRequest(record: AccessRecord): void {
    this.#log?.record({ ...record, remoteAddr: this.addressString(record) })
  }

  /** How the log names a client. */
  addressString({ remoteAddr }: AccessRecord): string | null {
    return remoteAddr
  }

  /** Writes what waits to be written. */
  flush(): void {
    this.#log?.flush()
  }

  get requestClass(): unknown {
    return (this.app as { requestClass?: unknown }).requestClass
  }

  get hasWebSockets(): boolean {
    return this.app.hasWebSockets === true
  }

  startup(): unknown {
    return this.app.startup?.()
  }

  shutdown(): unknown {
    return this.app.shutdown?.()
  }

  #named(answer: unknown): unknown {
    const { headers } = answer as { headers: { set(name: string, value: string): void } }
    try {
      headers.set('Server', this.serverVersion)
      return answer
    } catch {
      // Answers of `fetch()` cannot be changed.
      const copy = new Response((answer as Response).body, answer as Response)
      copy.headers.set('Server', this.serverVersion)
      return copy
    }
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
