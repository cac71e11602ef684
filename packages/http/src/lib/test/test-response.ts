import { Headers } from '../headers/headers.ts'
import { parseOptionsHeader } from '../headers/options-header.ts'
import type { FetchAnswer } from '../middleware/fetch-app.ts'
import type { Request } from '../request/request.ts'
import { toByteChunks } from '../response/body-content.ts'
import { ResponseBase } from '../response/response-base.ts'
import { finishHeaders, isBodyless } from '../response/wire.ts'

/** What a test client received: status, headers and content as they would be on the wire, the content whole. */
export class TestResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  /** The content in bytes. */
  readonly data: Uint8Array
  /** The request that this answers. */
  readonly request: Request
  /** The responses before this one, if redirects were followed. */
  readonly history: readonly TestResponse[]

  constructor(
    init: { status: number; statusText: string; headers: Headers; data: Uint8Array },
    request: Request,
    history: readonly TestResponse[] = [],
  ) {
    this.status = init.status
    this.statusText = init.statusText
    this.headers = init.headers
    this.data = init.data
    this.request = request
    this.history = history
  }

  /** Whether the status is from 200 to 299. */
  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  /** The content as text in UTF-8. */
  get text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.data)
  }

  /**
   * The content as JSON.
   *
   * @throws SyntaxError that shows status, content type and the content's beginning, if it is none.
   */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.text) as T
    } catch (error) {
      throw new SyntaxError(
        `Expected JSON in the response ${this.status} to ${this.request.method} ${this.request.target}, got ` +
          `${this.contentType ?? 'no content type'}: ${JSON.stringify(this.text.slice(0, 200))}`,
        { cause: error },
      )
    }
  }

  get contentType(): string | null {
    return this.headers.getFirst('Content-Type')
  }

  /** The content type in lower case without parameters, or `''`. */
  get mimetype(): string {
    return parseOptionsHeader(this.contentType)[0].toLowerCase()
  }

  /** Whether the content type is JSON. */
  get isJson(): boolean {
    const { mimetype } = this
    return (
      mimetype === 'application/json' || (mimetype.startsWith('application/') && mimetype.endsWith('+json'))
    )
  }

  /** The `Location` header as sent, or null. */
  get location(): string | null {
    return this.headers.getFirst('Location')
  }

  get [Symbol.toStringTag](): string {
    return 'TestResponse'
  }
}

/** Does with an application's answer what a gateway does: completes the headers, takes the content, closes it. */
export async function receiveAnswer(
  answer: FetchAnswer,
  request: Request,
  history: readonly TestResponse[],
): Promise<TestResponse> {
  const isHead = request.method === 'HEAD'
  const { status, statusText } = answer
  if (!(answer instanceof ResponseBase)) {
    const headers = new Headers([...answer.headers])
    if (isHead) await answer.body?.cancel()
    const data = isHead ? new Uint8Array(0) : new Uint8Array(await answer.arrayBuffer())
    return new TestResponse({ status, statusText, headers, data }, request, history)
  }
  try {
    const headers = Headers.over([...finishHeaders(answer, isHead)])
    const data = isHead || isBodyless(status) ? await discard(answer) : await answer.getData()
    return new TestResponse({ status, statusText, headers, data }, request, history)
  } finally {
    answer.close()
  }
}

/** Ends content that nobody may see, so that what it holds is given back. */
async function discard(answer: ResponseBase): Promise<Uint8Array> {
  const { content } = answer
  if (content instanceof ReadableStream) await content.cancel()
  else if (content !== null && typeof content === 'object' && !(content instanceof Uint8Array)) {
    const chunks = toByteChunks(content)[Symbol.asyncIterator]()
    await chunks.return?.()
  }
  return new Uint8Array(0)
}
