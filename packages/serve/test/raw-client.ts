import { connect, type Socket } from 'node:net'

/** One response as it came over the wire. */
export interface RawResponse {
  readonly status: number
  /** Names in lower case; repeated ones joined by `, `. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** Whether a chunked body or a body with a length came to its end. */
  readonly complete: boolean
}

/** What a connection gave until it was closed, or nothing came for a while. */
export interface Exchange {
  readonly text: string
  readonly responses: readonly RawResponse[]
  /** Whether the server closed the connection. */
  readonly closed: boolean
}

export interface ExchangeOptions {
  /** Milliseconds without a byte after which the exchange is over. Default 150. */
  quiet?: number
  /** Whether the requests are HEAD, so that no bodies follow. Default false. */
  head?: boolean
}

/** Sends bytes as they are (one per character) and collects what comes back. Several texts are sent as several packets. */
export function exchange(
  port: number,
  sent: string | readonly string[],
  options: ExchangeOptions = {},
): Promise<Exchange> {
  const { quiet = 150, head = false } = options
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    let closed = false
    const finish = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ text, responses: parseResponses(text, head), closed })
    }
    let timer = setTimeout(finish, quiet + 400)
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('connect', () => void sendAll(socket, typeof sent === 'string' ? [sent] : sent))
    socket.on('data', (piece: string) => {
      text += piece
      clearTimeout(timer)
      timer = setTimeout(finish, quiet)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      closed = true
      finish()
    })
  })
}

async function sendAll(socket: Socket, packets: readonly string[]): Promise<void> {
  for (const packet of packets) {
    socket.write(packet, 'latin1')
    if (packets.length > 1) await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function parseResponses(text: string, head: boolean): RawResponse[] {
  const responses: RawResponse[] = []
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\r\n\r\n', at)
    if (end < 0 || !text.startsWith('HTTP/1.', at))
      throw new Error(`No response at ${at}: ${text.slice(at, at + 80)}`)
    const [line, ...fields] = text.slice(at, end).split('\r\n')
    const headers = new Map<string, string>()
    for (const field of fields) {
      const colon = field.indexOf(':')
      const name = field.slice(0, colon).toLowerCase()
      const value = field.slice(colon + 1).trim()
      headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
    }
    const status = Number(line!.split(' ')[1])
    const start = end + 4
    const { body, next, complete } = parseBody(text, start, status, headers, head)
    responses.push({ status, headers, body, complete })
    at = next
  }
  return responses
}

function parseBody(
  text: string,
  start: number,
  status: number,
  headers: ReadonlyMap<string, string>,
  head: boolean,
): { body: string; next: number; complete: boolean } {
  if (head || status < 200 || status === 204 || status === 304)
    return { body: '', next: start, complete: true }
  if (headers.get('transfer-encoding') === 'chunked') {
    let body = ''
    for (let at = start; ; ) {
      const line = text.indexOf('\r\n', at)
      if (line < 0) return { body, next: text.length, complete: false }
      const size = Number.parseInt(text.slice(at, line), 16)
      if (size === 0) return { body, next: line + 4, complete: true }
      body += text.slice(line + 2, line + 2 + size)
      at = line + 2 + size + 2
    }
  }
  const length = headers.get('content-length')
  const next = length === undefined ? text.length : start + Number(length)
  return { body: text.slice(start, next), next: Math.min(next, text.length), complete: next <= text.length }
}

/** Waits until `condition` holds, at most for `limit` milliseconds. */
export async function until(condition: () => boolean, limit = 2000): Promise<void> {
  const end = performance.now() + limit
  while (!condition()) {
    if (performance.now() > end) throw new Error('What was waited for did not happen.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
