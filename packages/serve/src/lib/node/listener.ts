import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BodySource, Request } from '@phial/http'
import type { AnswerReceiver, FetchAnswer, FetchApp } from '@phial/http/middleware'
import type { ListenerOptions } from '../options.ts'
import { collectFromStream } from './collected-body.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { checkHead } from './head.ts'
import { Incoming } from './incoming.ts'
import { noteResponse } from './keep-alive.ts'
import { NodeBody } from './node-body.ts'
import { NodeSource } from './node-source.ts'
import { isRefused, refuse } from './refuse.ts'
import { fail, send } from './send.ts'

/** What Node's own server calls for each request. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/**
 * An application as a listener of `node:http`, for servers that are made by hand. {@link serve} does that, and sets the
 * timeouts and the rest right.
 *
 * ```ts
 * http.createServer(nodeListener(app)).listen(5000)
 * ```
 */
export function nodeListener(app: FetchApp, options?: ListenerOptions): NodeListener {
  const gateway = createGateway(app, options)
  return (incoming, outgoing) => receive(gateway, incoming, outgoing, false)
}

// Bodies up to this size are read before the application is called, which then has them at once.
const COLLECT_FIRST = 256 * 1024

/** Takes one request from Node. @param expectsContinue whether the client waits for `100 Continue`. */
export function receive(
  gateway: Gateway,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  expectsContinue: boolean,
): void {
  const { socket } = incoming
  if (isRefused(socket)) return
  if (gateway.keepAlive !== 0) {
    noteResponse(socket, outgoing)
    // From here Node takes what it writes into the header Keep-Alive.
    ;(outgoing as { _keepAliveTimeout?: number })._keepAliveTimeout = gateway.keepAlive
  }
  const source = new NodeSource(incoming, outgoing, gateway)
  const refused = checkHead(source, gateway.limits)
  if (refused !== null) {
    refuse(incoming, outgoing, refused)
    return
  }
  if (gateway.onAnswer !== null) recordAnswer(source)
  const { bodyLength } = source
  if (bodyLength === 0) {
    if (incoming instanceof Incoming) incoming.skipBody()
    dispatch(source)
  } else if (bodyLength > 0 && bodyLength <= COLLECT_FIRST && !expectsContinue) {
    const call = (body: BodySource): void => {
      source.body = body
      dispatch(source)
    }
    if (incoming instanceof Incoming) incoming.collect(call)
    else collectFromStream(incoming, call)
  } else {
    source.body = new NodeBody(incoming, outgoing, bodyLength < 0 ? null : bodyLength, expectsContinue)
    dispatch(source)
  }
}

/** Calls the application. An answer that is there at once is written in the same tick. */
function dispatch(source: NodeSource): void {
  const { app, requestClass } = source.gateway
  const request = new requestClass(source)
  const exchange = new Exchange(source, request)
  let answer: FetchAnswer | Promise<FetchAnswer> | undefined
  try {
    if (app.answer === undefined) answer = app.fetch(request)
    else {
      answer = app.answer(request, exchange)
      if (answer === undefined) return
    }
  } catch (error) {
    exchange.fail(error)
    return
  }
  if (isPromise(answer)) {
    answer.then(
      (settled) => exchange.send(settled),
      (error: unknown) => exchange.fail(error),
    )
  } else exchange.send(answer)
}

/** A request whose answer is waited for. */
class Exchange implements AnswerReceiver {
  readonly #source: NodeSource
  readonly #request: Request

  constructor(source: NodeSource, request: Request) {
    this.#source = source
    this.#request = request
  }

  send(answer: FetchAnswer): void {
    send(this.#source, this.#request, answer)
  }

  fail(error: unknown): void {
    fail(this.#source, this.#request, error)
  }
}

function isPromise(answer: FetchAnswer | Promise<FetchAnswer>): answer is Promise<FetchAnswer> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function'
}

function recordAnswer(source: NodeSource): void {
  const { incoming, outgoing, gateway } = source
  const { remoteAddr } = source
  const start = performance.now()
  outgoing.once('close', () => {
    gateway.onAnswer!({
      method: source.method,
      target: source.target,
      httpVersion: incoming.httpVersion,
      remoteAddr,
      status: outgoing.statusCode,
      duration: performance.now() - start,
      complete: outgoing.writableFinished,
    })
  })
}
