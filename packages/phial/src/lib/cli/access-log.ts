import type { AccessRecord } from '@phial/serve'
import type { Painter } from './painter.ts'

/** Writes a line for each request that was answered. */
export interface AccessLog {
  record(record: AccessRecord): void
  /** Writes what waits. */
  flush(): void
}

const MONTHS: readonly string[] = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** The parameters of a query whose values are kept out of the log. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  'access_token',
  'api_key',
  'apikey',
  'auth',
  'client_secret',
  'code',
  'id_token',
  'key',
  'passwd',
  'password',
  'refresh_token',
  'secret',
  'sig',
  'signature',
  'token',
])

/**
 * An access log in the style of Apache, as Werkzeug's server has it. The lines of one turn of the event loop are written
 * together: writing costs more than answering.
 *
 * @param now the current time; tests give their own.
 */
export function createAccessLog(
  write: (text: string) => void,
  painter: Painter,
  now: () => Date = () => new Date(),
): AccessLog {
  let waiting = ''
  const flush = (): void => {
    const text = waiting
    waiting = ''
    if (text !== '') write(text)
  }
  const timestamp = cachedTimestamp(now)
  return {
    record(record) {
      if (waiting === '') setImmediate(flush)
      waiting += `${accessLine(record, timestamp(), painter)}\n`
    },
    flush,
  }
}

/** One line: `127.0.0.1 - - [31/Dec/2026 23:59:59] "GET / HTTP/1.1" 200 -`. */
export function accessLine(record: AccessRecord, timestamp: string, painter: Painter): string {
  const target = escapeControls(hideSecrets(record.target))
  const request = `"${escapeControls(record.method)} ${target} HTTP/${record.httpVersion}"`
  const note = record.complete ? '' : ' (not sent whole)'
  return `${record.remoteAddr ?? '-'} - - [${timestamp}] ${paintByStatus(request, record.status, painter)} ${record.status} -${note}`
}

function paintByStatus(text: string, status: number, painter: Painter): string {
  if (status === 404) return painter.yellow(text)
  if (status >= 500) return painter.bold(painter.magenta(text))
  if (status >= 400) return painter.bold(painter.red(text))
  if (status === 304) return painter.cyan(text)
  if (status >= 300) return painter.green(text)
  if (status < 200) return painter.bold(text)
  return text
}

/** Control characters as `\x1b`, quotes and backslashes escaped: a request cannot write lines or obey a terminal. */
export function escapeControls(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f"\\]/g, (c) =>
    c === '"' || c === '\\' ? `\\${c}` : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

/** The target with `***` for the values of parameters that are secrets by their names. */
function hideSecrets(target: string): string {
  const question = target.indexOf('?')
  if (question === -1) return target
  const pairs = target.slice(question + 1).split('&')
  const shown = pairs.map((pair) => {
    const equals = pair.indexOf('=')
    return equals !== -1 && SECRET_PARAMETERS.has(pair.slice(0, equals).toLowerCase())
      ? `${pair.slice(0, equals)}=***`
      : pair
  })
  return `${target.slice(0, question)}?${shown.join('&')}`
}

/** The local time, computed once a second. */
function cachedTimestamp(now: () => Date): () => string {
  let second = Number.NaN
  let text = ''
  return () => {
    const date = now()
    const current = Math.floor(date.getTime() / 1000)
    if (current !== second) {
      second = current
      const day = `${two(date.getDate())}/${MONTHS[date.getMonth()]}/${date.getFullYear()}`
      text = `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
    }
    return text
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
