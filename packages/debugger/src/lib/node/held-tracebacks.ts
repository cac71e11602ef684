import { randomBytes } from 'node:crypto'
import type { LiveFrame } from '../live-frame.ts'
import type { ErrorReport } from '../report.ts'
import { type ConsoleOptions, ConsoleSession } from './console-session.ts'

/** An error whose frames are kept, with everything that they hold. */
export interface HeldTraceback {
  readonly report: ErrorReport
  /** The console of a frame; null for frames that have none. */
  console(frame: number): ConsoleSession | null
  frame(index: number): LiveFrame | null
}

/** Errors that are kept. What their frames hold cannot be freed meanwhile. */
const MAX_TRACEBACKS = 20
/** Milliseconds since an error was last looked at. */
const MAX_AGE = 60 * 60 * 1000

/** The latest errors, for the page of each to look into. Letting go of one is all that is needed to free it. */
export class HeldTracebacks {
  readonly #held = new Map<string, { readonly traceback: HeldTraceback; readonly timer: NodeJS.Timeout }>()
  readonly #options: ConsoleOptions

  constructor(options: ConsoleOptions) {
    this.#options = options
  }

  /** The name of the latest one, or null. */
  get last(): string | null {
    return [...this.#held.keys()].at(-1) ?? null
  }

  /** Keeps an error; the oldest one makes room for it. */
  add(report: Omit<ErrorReport, 'id'>, frames: readonly LiveFrame[]): ErrorReport {
    const id = randomBytes(16).toString('base64url')
    const named: ErrorReport = { ...report, id }
    const consoles = new Map<number, ConsoleSession>()
    const traceback: HeldTraceback = {
      report: named,
      frame: (index) => frames[index] ?? null,
      console: (index) => {
        const frame = frames[index]
        if (frame === undefined || frame.evaluate === null) return null
        let session = consoles.get(index)
        if (session === undefined) consoles.set(index, (session = new ConsoleSession(frame, this.#options)))
        return session
      },
    }
    this.#held.set(id, { traceback, timer: setTimeout(() => this.#held.delete(id), MAX_AGE).unref() })
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MAX_TRACEBACKS) break
      this.#drop(oldest)
    }
    return named
  }

  /** An error that is kept, or null. */
  get(id: string): HeldTraceback | null {
    const held = this.#held.get(id)
    if (held === undefined) return null
    held.timer.refresh()
    return held.traceback
  }

  clear(): void {
    for (const id of this.#held.keys()) this.#drop(id)
  }

  #drop(id: string): void {
    clearTimeout(this.#held.get(id)!.timer)
    this.#held.delete(id)
  }
}
