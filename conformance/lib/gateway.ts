import { BytesBody, finishHeaders, isBodyless, Request, ResponseBase } from '@phial/http'
import type { FetchAnswer } from '@phial/http/middleware'
import type { Answer, StepRequest } from './transcript.ts'

/** An application as the transcripts are run against it. */
export interface App {
  fetch(request: Request): FetchAnswer | Promise<FetchAnswer>
}

/** A way to send requests to an application. */
export interface Gateway {
  send(request: StepRequest): Promise<Answer>
  close(): Promise<void>
}

/** Calls the application without a server in between. */
export function inProcessGateway(app: App): Gateway {
  return {
    send: async (request) => toAnswer(await app.fetch(toRequest(request)), request.method === 'HEAD'),
    close: async () => undefined,
  }
}

function toRequest(request: StepRequest): Request {
  const { method, url, headers, body, host, scheme, remoteAddr, scriptName } = request
  const port = /:(\d+)$/.exec(host)?.[1]
  return new Request({
    method,
    target: url,
    scheme,
    rawHeaders: ['Host', host, ...headers.flatMap(([name, value]) => [name, toLatin1(value)])],
    rootPath: scriptName,
    remoteAddr,
    server: ['localhost', port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port)],
    body: body === null ? null : new BytesBody(cutToLength(body, headers)),
    signal: new AbortController().signal,
  })
}

async function toAnswer(response: FetchAnswer, isHead: boolean): Promise<Answer> {
  if (!(response instanceof ResponseBase)) return answerOfFetch(response, isHead)
  try {
    finishHeaders(response, isHead)
    const isEmpty = isHead || isBodyless(response.status)
    const body = isEmpty ? new Uint8Array(0) : await response.getData()
    return { status: response.status, headers: response.headers.toList(), body }
  } finally {
    response.close()
  }
}

async function answerOfFetch(response: globalThis.Response, isHead: boolean): Promise<Answer> {
  const headers: [string, string][] = []
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') headers.push([name, value])
  }
  for (const cookie of response.headers.getSetCookie()) headers.push(['set-cookie', cookie])
  return {
    status: response.status,
    headers,
    body: isHead ? new Uint8Array(0) : new Uint8Array(await response.arrayBuffer()),
  }
}

/** Header values have one character per byte. */
export function toLatin1(text: string): string {
  return /[^\0-\xff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text
}

/** A server hands an application no more than the announced length. */
function cutToLength(body: Uint8Array, headers: StepRequest['headers']): Uint8Array {
  const announced = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
  return announced === undefined || !/^\d{1,15}$/.test(announced) ? body : body.subarray(0, Number(announced))
}
