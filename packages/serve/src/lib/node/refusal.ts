import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** An answer of the server itself, which the application never sees. The connection ends with it. */
export interface Refusal {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

/** Makes a refusal: a plain page, and `Connection: close`. */
export function refusal(status: number, why: string, headers: readonly string[] = []): Refusal {
  const body = errorPage(status, why)
  return {
    status,
    headers: [
      'Content-Type',
      'text/html; charset=utf-8',
      'Content-Length',
      String(body.length),
      'Connection',
      'close',
      ...headers,
    ],
    body,
  }
}

/** The page that stands for an error, in ASCII. */
export function errorPage(status: number, why: string): string {
  const title = STATUS_CODES[status] ?? 'Error'
  return `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${why}</p>\n`
}

/** Writes a refusal to a connection that has no response object, and ends it. */
export function refuseSocket(socket: Duplex, { status, headers, body }: Refusal): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nDate: ${new Date().toUTCString()}\r\n`
  for (let i = 0; i < headers.length; i += 2) head += `${headers[i]}: ${headers[i + 1]}\r\n`
  socket.end(`${head}\r\n${body}`, () => socket.destroy())
}
