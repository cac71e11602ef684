import { contentSize, finishHeaders, isBodyless, type Request, Response } from '@phial/http'
import type { FetchAnswer } from '@phial/http/middleware'
import { answerOf, isAbort, plainAnswer, reportError } from './failure.ts'
import { adoptResponse } from './foreign-response.ts'
import { NodeBody } from './node-body.ts'
import type { NodeSource } from './node-source.ts'
import { Outgoing } from './outgoing.ts'
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
  const { outgoing } = source
  const { status } = response
  if (outgoing.destroyed) {
    discard(source, request, response)
    return
  }
  if (status < 200) throw new TypeError(`A response's status must be from 200 to 599, got ${status}.`)
  const { content } = response
  const isHead = source.method === 'HEAD'
  const size = contentSize(content, Buffer.byteLength)
  let headers = finishHeaders(response, isHead, size)
  if (response.hasCloseCallbacks) outgoing.once('close', () => closeResponse(source, request, response))

  if (isHead || isBodyless(status)) {
    if (status === 205) headers = [...headers, 'Content-Length', '0']
    writeHead(source, response, headers)
    discardContent(content, (error) => reportError(source, request, error))
    end(source, null)
  } else if (content === null || content instanceof Uint8Array) {
    writeHead(source, response, headers)
    end(source, content)
  } else if (typeof content === 'string') {
    writeHead(source, response, headers)
    // What is as long in bytes as in characters is ASCII.
    endText(source, content, size === content.length, headers)
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
      sendHead: () => {
        writeHead(source, response, headers)
        if (isBeyondAscii(headers)) source.outgoing.write(NOTHING)
      },
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
  const { outgoing } = source
  // The list may belong to a response that is sent again and again.
  if (source.gateway.endsConnections || (spoilsConnection(source) && !response.isStreamed)) {
    headers = [...headers, 'Connection', 'close']
  }
  const reason = response.customStatusText
  if (reason === null) outgoing.writeHead(response.status, headers)
  else outgoing.writeHead(response.status, reason, headers)
}

/** Whether the rest of the request's body is in the way of the next request. */
function spoilsConnection({ body }: NodeSource): boolean {
  return body instanceof NodeBody && body.spoilsConnection
}

/** Sends a text and the end. */
function endText(source: NodeSource, text: string, isAscii: boolean, headers: readonly string[]): void {
  const { outgoing } = source
  if (!isAscii && isBeyondAscii(headers)) {
    outgoing.write(NOTHING)
    end(source, text)
  } else if (outgoing instanceof Outgoing && !spoilsConnection(source)) outgoing.endWith(text, isAscii)
  else end(source, text, isAscii ? 'latin1' : 'utf8')
}

/** Whether a value in a header list has characters that Latin-1 and UTF-8 write differently. */
function isBeyondAscii(headers: readonly string[]): boolean {
  for (let i = 1; i < headers.length; i += 2) if (BEYOND_ASCII.test(headers[i]!)) return true
  return false
}

const BEYOND_ASCII = /[\x80-\xff]/

// Node writes head and text as one, in the encoding of the text. Before bytes a head is in Latin-1, as it must be.
const NOTHING = new Uint8Array(0)

/** Sends content and end. If the client is still sending, it is given the time to come to the answer. */
function end(
  source: NodeSource,
  content: string | Uint8Array | null,
  encoding: BufferEncoding = 'utf8',
): void {
  const { outgoing } = source
  if (!spoilsConnection(source)) {
    if (content === null) outgoing.end()
    else outgoing.end(content, encoding)
    return
  }
  if (content !== null && content.length > 0) outgoing.write(content, encoding)
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
