import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isFramingRefusal } from './head.ts'
import { drain } from './node-body.ts'
import type { Refusal } from './refusal.ts'

const REFUSED = Symbol('refused')

type RefusableSocket = Socket & { [REFUSED]?: true }

/** Whether a request of this connection was refused: what follows on it is not answered any more. */
export function isRefused(socket: Socket): boolean {
  return (socket as RefusableSocket)[REFUSED] === true
}

/** Answers instead of the application, and ends the connection. */
export function refuse(incoming: IncomingMessage, outgoing: ServerResponse, refused: Refusal): void {
  const socket: RefusableSocket = incoming.socket
  socket[REFUSED] = true
  outgoing.writeHead(refused.status, [...refused.headers])
  if (incoming.method === 'HEAD') outgoing.flushHeaders()
  else outgoing.write(refused.body)
  // What follows an ambiguous head may be anything; it is not read.
  if (isFramingRefusal(refused)) outgoing.end()
  else void drain(incoming).then(() => outgoing.end())
}
