import { currentRequestContext } from './context/current.ts'
import type { Request } from './request.ts'

/** How grave a record is, from the least to the most. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical'

const RANK: Readonly<Record<LogLevel, number>> = { debug: 10, info: 20, warning: 30, error: 40, critical: 50 }

/** One thing that was logged. */
export interface LogRecord {
  readonly level: LogLevel
  /** The name of the logger. */
  readonly name: string
  readonly message: string
  readonly time: Date
  /** The error that was logged with it, if any. */
  readonly error?: unknown
  /** The request during which it was logged, if any. */
  readonly request?: Request
}

/** Where records go. */
export type LogHandler = (record: LogRecord) => void

/** Writes records as lines to the standard error: `[2026-01-31 12:00:00,000] INFO in app: message`. */
export const defaultHandler: LogHandler = (record) => {
  console.error(formatRecord(record))
}

/** A record as text: one line, and the error's stack below it. Control characters are escaped. */
export function formatRecord(record: LogRecord): string {
  const time = record.time.toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')
  const line = `[${time}] ${record.level.toUpperCase()} in ${record.name}: ${escapeControls(record.message)}`
  return record.error === undefined ? line : `${line}\n${errorText(record.error)}`
}

/** The log of an application. Records below {@link level} are dropped, the others go to each handler. */
export class Logger {
  readonly name: string
  /** The least level that is kept. */
  level: LogLevel
  /** Where records go; replace or add to it. */
  readonly handlers: LogHandler[]

  constructor(name: string, level: LogLevel = 'warning', handlers: LogHandler[] = [defaultHandler]) {
    this.name = name
    this.level = level
    this.handlers = handlers
  }

  /** Whether records of this level are kept. */
  isEnabledFor(level: LogLevel): boolean {
    return RANK[level] >= RANK[this.level]
  }

  /** A log for a part of the application, with the level and the handlers of this one. */
  child(name: string): Logger {
    return new Logger(`${this.name}.${name}`, this.level, this.handlers)
  }

  /** `%s`, `%d` and `%o` in the message stand for the values that follow. */
  debug(message: string, ...values: unknown[]): void {
    this.log('debug', message, values)
  }

  info(message: string, ...values: unknown[]): void {
    this.log('info', message, values)
  }

  warning(message: string, ...values: unknown[]): void {
    this.log('warning', message, values)
  }

  error(message: string, ...values: unknown[]): void {
    this.log('error', message, values)
  }

  critical(message: string, ...values: unknown[]): void {
    this.log('critical', message, values)
  }

  /** An error with its stack. */
  exception(message: string, error: unknown): void {
    this.log('error', message, [], error)
  }

  log(level: LogLevel, message: string, values: readonly unknown[] = [], error?: unknown): void {
    if (!this.isEnabledFor(level)) return
    const request = currentRequestContext()?.request
    const record: LogRecord = {
      level,
      name: this.name,
      message: values.length === 0 ? message : fillIn(message, values),
      time: new Date(),
      ...(error === undefined ? {} : { error }),
      ...(request === undefined ? {} : { request }),
    }
    for (const handler of this.handlers) handler(record)
  }
}

function fillIn(message: string, values: readonly unknown[]): string {
  let next = 0
  return message.replace(/%([sdo%])/g, (whole, kind: string) => {
    if (kind === '%') return '%'
    if (next >= values.length) return whole
    const value = values[next++]
    return kind === 'o' ? (JSON.stringify(value) ?? String(value)) : String(value)
  })
}

/** An error below its record. Its text may come from a client: no line of it can pass for a record. */
function errorText(error: unknown): string {
  const [first = '', ...more] = describeError(error).split('\n').map(escapeControls)
  return [first, ...more.map((line) => (/^\s|^$/.test(line) ? line : `  ${line}`))].join('\n')
}

/** The text with controls as `\x1b`, so that one record stays one line and no terminal obeys it. */
function escapeControls(text: string): string {
  return text.replace(
    /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

/** Any thrown value as text: errors with stack and causes. Never throws, whatever was thrown. */
export function describeError(error: unknown): string {
  try {
    const lines: string[] = []
    const seen = new Set<unknown>()
    let current: unknown = error
    while (current instanceof Error && !seen.has(current)) {
      seen.add(current)
      lines.push(`${lines.length === 0 ? '' : 'Caused by: '}${current.stack ?? String(current)}`)
      current = current.cause
    }
    if (lines.length === 0) return `${String(error)} (thrown, but not an Error)`
    return lines.join('\n')
  } catch {
    return 'An error that cannot be shown: its own text throws.'
  }
}
