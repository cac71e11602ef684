import { finishHeaders, isBodyless, type Request, Response } from '@phial/http'
import type { FetchAnswer } from '@phial/http/middleware'
import { answerOf, isAbort, plainAnswer, reportError } from './failure.ts'
import { adoptResponse } from './foreign-response.ts'
import { NodeBody } from './node-body.ts'
import type { NodeSource } from './node-source.ts'
import { discardContent, type StreamedContent, streamBody } from './stream-body.ts'

/** Sends the answer of an application. What goes wrong with it is answered with an error page, if that is possible. */
export function send(source: NodeSource, request: Request, answer: FetchAnswer): void {
  let response: Response
  try {
    response = answer instanceof Response ? answer : adoptResponse(answer)
  } catch (error) {
    fail(source, request, error)
    return
  }
  try {
    sendResponse(source, request, response)
  } catch (error) {
    discard(source, request, response)
    fail(source, request, error)
  }
}

/**
 * Answers for an application that has thrown, or whose response cannot be sent. If an answer is on its way already,
 * the connection is cut, so that the client sees that it is not whole.
 */
export function fail(source: NodeSource, request: Request, error: unknown): void {
  const { outgoing } = source
  if (outgoing.headersSent || outgoing.destroyed) {
    if (!isAbort(source, error)) reportError(source, request, error)
    outgoing.destroy()
    return
  }
  for (const makeAnswer of [answerOf, plainAnswer]) {
    try {
      sendResponse(source, request, makeAnswer(source, request, error))
      return
    } catch (second) {
      reportError(source, request, second)
      if (outgoing.headersSent) break
    }
  }
  outgoing.destroy()
}

/** Sends one of our responses. @throws what is wrong with it; nothing has been sent then. */
export function sendResponse(source: NodeSource, request: Request, response: Response): void {
  const { outgoing, body } = source
  const { status } = response
  if (outgoing.destroyed) {
    discard(source, request, response)
    return
  }
  if (status < 200) throw new TypeError(`A response's status must be from 200 to 599, got ${status}.`)
  const isHead = source.method === 'HEAD'
  let headers = finishHeaders(response, Buffer.byteLength, isHead)
  if (response.hasCloseCallbacks) outgoing.once('close', () => closeResponse(source, request, response))

  const { content } = response
  if (isHead || isBodyless(status)) {
    if (status === 205) headers = [...headers, 'Content-Length', '0']
    writeHead(source, response, headers)
    discardContent(content, (error) => reportError(source, request, error))
    end(source, null)
  } else if (content === null || typeof content === 'string' || content instanceof Uint8Array) {
    writeHead(source, response, headers)
    if (body === null) {
      if (content === null) outgoing.end()
      else outgoing.end(content)
    } else end(source, content)
  } else {
    void stream(source, request, response, content, headers)
  }
}

async function stream(
  source: NodeSource,
  request: Request,
  response: Response,
  content: StreamedContent,
  headers: string[],
): Promise<void> {
  const announced = response.headers.getFirst('Content-Length')
  try {
    await streamBody(content, source.outgoing, {
      length: announced === null ? null : Number(announced),
      sendHead: () => writeHead(source, response, headers),
      beforeEnd: () => settleBody(source),
      onBadHead: (error) => fail(source, request, error),
      onLateError: (error) => reportError(source, request, error),
    })
  } catch (error) {
    fail(source, request, error)
  }
}

/** One `writeHead` with the flat list: no header object is built, and Node adds the `Date`. */
function writeHead(source: NodeSource, response: Response, headers: string[]): void {
  const { outgoing, body } = source
  // The list may belong to a response that is sent again and again.
  if (
    source.gateway.endsConnections ||
    (body instanceof NodeBody && body.spoilsConnection && !response.isStreamed)
  ) {
    headers = [...headers, 'Connection', 'close']
  }
  const reason = response.customStatusText
  if (reason === null) outgoing.writeHead(response.status, headers)
  else outgoing.writeHead(response.status, reason, headers)
}

/** Sends content and end. If the client is still sending, it is given the time to come to the answer. */
function end(source: NodeSource, content: string | Uint8Array | null): void {
  const { outgoing, body } = source
  if (!(body instanceof NodeBody) || !body.spoilsConnection) {
    if (content === null) outgoing.end()
    else outgoing.end(content)
    return
  }
  if (content !== null && content.length > 0) outgoing.write(content)
  else outgoing.flushHeaders()
  void settleBody(source).then(() => outgoing.end())
}

/** Throws away what the application has left of the body, and closes the connection if too much is left. */
async function settleBody({ body, incoming, outgoing }: NodeSource): Promise<void> {
  if (!(body instanceof NodeBody) || !body.spoilsConnection) return
  outgoing.once('finish', () => {
    // A streamed answer was under way before it was clear that the body would not be read.
    if (!incoming.complete) incoming.socket.destroySoon()
  })
  await body.drain()
}

/** Gives back what a response holds that is not sent. */
function discard(source: NodeSource, request: Request, response: Response): void {
  discardContent(response.content, (error) => reportError(source, request, error))
  closeResponse(source, request, response)
}

function closeResponse(source: NodeSource, request: Request, response: Response): void {
  try {
    response.close()
  } catch (error) {
    reportError(source, request, error)
  }
}
