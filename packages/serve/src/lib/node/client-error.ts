import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { HeadLimits } from '../options.ts'
import { type Refusal, refusal, refuseSocket } from './refusal.ts'

const BAD_REQUEST = refusal(400, 'The server could not understand the request.')
const TOO_SLOW = refusal(408, 'The request did not arrive in time.')
const LARGE_CHUNK_EXTENSIONS = refusal(413, 'The chunk extensions of the request are too large.')
const LONG_TARGET = refusal(414, 'The path and query of the request are too long.')
const LARGE_HEAD = refusal(431, 'The headers of the request are too large.')
const NO_VERSION = refusal(505, 'The server speaks HTTP/1.1 and HTTP/1.0.')

/** What Node's parser says of a message that it cannot read. */
export interface ParseError extends Error {
  readonly code?: string
  readonly rawPacket?: Uint8Array
}

/** Answers a message that Node's parser has refused, and ends the connection. */
export function answerClientError(error: ParseError, socket: Duplex, limits: HeadLimits): void {
  // Node keeps the response that is under way here; there is no public way to it.
  const { _httpMessage: current } = socket as Duplex & { _httpMessage?: ServerResponse | null }
  if (current !== null && current !== undefined) {
    if (current.req.complete) {
      // The message after it is bad. It is answered, and the connection ends with its answer.
      if (!current.headersSent) current.shouldKeepAlive = false
      current.once('close', () => socket.destroy())
      return
    }
    if (current.headersSent) {
      socket.destroy()
      return
    }
  }
  if (error.code === 'ECONNRESET') socket.destroy()
  else refuseSocket(socket, refusalFor(error, limits))
}

function refusalFor(error: ParseError, limits: HeadLimits): Refusal {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return startsWithLongLine(error.rawPacket, limits.maxTargetBytes) ? LONG_TARGET : LARGE_HEAD
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return TOO_SLOW
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return LARGE_CHUNK_EXTENSIONS
    case 'HPE_INVALID_VERSION':
      return namesOtherVersion(error.rawPacket) ? NO_VERSION : BAD_REQUEST
    default:
      return BAD_REQUEST
  }
}

/** Whether a packet begins with a request line that is over the limit. */
function startsWithLongLine(packet: Uint8Array | undefined, limit: number): boolean {
  if (packet === undefined || packet[0] === undefined) return false
  const end = packet.indexOf(0x0a)
  const line = end < 0 ? packet.length : end
  // A method comes first; what continues a header of an earlier packet seldom looks like one.
  return (
    line > limit &&
    /^[A-Z]{3,16} [/h]/.test(Buffer.from(packet.buffer, packet.byteOffset, 24).toString('latin1'))
  )
}

/** Whether a packet has a request line with a version of HTTP that is none of ours. */
function namesOtherVersion(packet: Uint8Array | undefined): boolean {
  if (packet === undefined) return false
  const line = Buffer.from(packet.buffer, packet.byteOffset, Math.min(packet.length, 16 * 1024)).toString(
    'latin1',
  )
  return / HTTP\/(?!1\.[01])\d+\.\d+\r?$/m.test(line)
}
