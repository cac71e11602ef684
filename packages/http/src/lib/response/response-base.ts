import { contentTypeWithCharset } from '../headers/content-type.ts'
import { assertHeaderValue, findHeader, firstHeader, setHeader } from '../headers/header-list.ts'
import { Headers, type HeadersInit } from '../headers/headers.ts'
import { statusName } from '../status.ts'
import { type BodyChunk, joinBody, joinPieces, toByteChunks, toReadableStream } from './body-content.ts'

/**
 * What a response may hold: text (sent as UTF-8), bytes, nothing, or something that gives pieces of these when it is
 * sent. A `Blob` is sent with its size; iterables stream.
 */
export type ResponseBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | Iterable<BodyChunk>
  | AsyncIterable<BodyChunk>
  | null

/** A body in the form that gateways write. */
export type ResponseContent =
  | string
  | Uint8Array
  | null
  | ReadableStream<Uint8Array>
  | Iterable<BodyChunk>
  | AsyncIterable<BodyChunk>

export interface ResponseInit {
  /** A number, or a number with a reason as in `'404 Gone Fishing'`; default 200. */
  status?: number | string
  /** The reason; default the status's name. HTTP/2 and later do not send it. */
  statusText?: string
  headers?: HeadersInit | null
  /** The content type without parameters; text types get `; charset=utf-8`. Ignored if `contentType` is set. */
  mimetype?: string
  /** The whole `Content-Type`. It wins over one in `headers`. */
  contentType?: string
}

/** The last content type that was found good. */
let checkedType = ''

/**
 * A response as plain data: a status, a flat header list and content that is bound late. It has the members of the
 * Fetch `Response`, but all of it can be changed until it is sent.
 *
 * Nothing is computed for what nobody asks: `headers` becomes an object, and `body` a stream, when touched.
 */
export class ResponseBase {
  /** The content type of responses that are given none. */
  static defaultMimetype = 'text/plain'

  /** The headers, `[name, value, name, value, …]`, as gateways write them. {@link headers} is a view of this list. */
  headerList: string[]
  /** The content, as gateways write it. */
  content: ResponseContent

  #status = 200
  #statusText: string | null = null
  #headers: Headers | null = null
  #closers: (() => void)[] | null = null
  #used = false

  /**
   * @throws RangeError if the status is no integer from 100 to 599.
   * @throws TypeError if a header's name or value is not allowed, or the body is none of {@link ResponseBody}.
   */
  constructor(body: ResponseBody = null, init?: ResponseInit) {
    this.headerList = []
    if (typeof body === 'string' || body === null) this.content = body
    else this.content = this.#adopt(body)
    if (init === undefined) {
      this.headerList.push('Content-Type', this.#ownType(body))
      return
    }
    if (init.status !== undefined) this.#setStatus(init.status)
    if (init.statusText !== undefined) this.#statusText = checkReason(init.statusText)
    if (init.headers) this.headers.extend(init.headers)
    const given =
      init.contentType ?? (init.mimetype === undefined ? null : contentTypeWithCharset(init.mimetype))
    if (given !== null) {
      // An application answers with few types, mostly one after the other.
      if (given !== checkedType) {
        assertHeaderValue('Content-Type', given)
        checkedType = given
      }
      setHeader(this.headerList, 'Content-Type', given)
    } else if (findHeader(this.headerList, 'Content-Type') < 0) {
      this.headerList.push('Content-Type', this.#ownType(body))
    }
  }

  /** The content type where none is given. A Blob knows its own. */
  #ownType(body: ResponseBody): string {
    if (typeof body === 'object' && body instanceof Blob && body.type !== '') return body.type
    return contentTypeWithCharset((this.constructor as typeof ResponseBase).defaultMimetype)
  }

  /** The status as a number. Settable, also with a reason as in `'404 Gone Fishing'`. */
  get status(): number {
    return this.#status
  }

  set status(value: number | string) {
    this.#statusText = null
    this.#setStatus(value)
  }

  /** The reason: the one given, else the status's name, else `Unknown`. */
  get statusText(): string {
    return this.#statusText ?? statusName(this.#status)
  }

  set statusText(value: string) {
    this.#statusText = checkReason(value)
  }

  /** The reason that was given, or null for the usual one. */
  get customStatusText(): string | null {
    return this.#statusText
  }

  /** Whether the status is from 200 to 299. */
  get ok(): boolean {
    return this.#status >= 200 && this.#status < 300
  }

  get headers(): Headers {
    this.#headers ??= Headers.over(this.headerList)
    return this.#headers
  }

  /** `default`, as for every response that was made and not fetched. */
  get type(): ResponseType {
    return 'default'
  }

  get url(): string {
    return ''
  }

  get redirected(): boolean {
    return false
  }

  /** The content as a stream of bytes, or null. Taking it uses up content that can be read once. */
  get body(): ReadableStream<Uint8Array> | null {
    if (this.content === null) return null
    if (!(this.content instanceof ReadableStream)) {
      const stream = toReadableStream(this.content)
      if (this.isStreamed) this.content = stream
      return stream
    }
    return this.content
  }

  get bodyUsed(): boolean {
    return this.#used
  }

  /** Whether the content comes piece by piece, so that its size is not known. */
  get isStreamed(): boolean {
    return this.content !== null && typeof this.content !== 'string' && !(this.content instanceof Uint8Array)
  }

  /**
   * The content as bytes. Streamed content is read to its end and kept, so it can be asked for again.
   */
  async getData(): Promise<Uint8Array> {
    const { content } = this
    if (content instanceof Uint8Array) return content
    if (content === null) return new Uint8Array(0)
    if (typeof content === 'string') return new TextEncoder().encode(content)
    this.content = await joinBody(toByteChunks(content))
    return this.content
  }

  /** Replaces the content by text (sent as UTF-8) or bytes. A `Content-Length` set by hand is taken out. */
  setData(value: string | Uint8Array): void {
    this.content = value
    this.headers.delete('Content-Length')
  }

  async bytes(): Promise<Uint8Array> {
    this.#used = true
    return this.getData()
  }

  async text(): Promise<string> {
    this.#used = true
    return typeof this.content === 'string' ? this.content : new TextDecoder().decode(await this.getData())
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text())
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    this.#used = true
    const bytes = await this.getData()
    return bytes.slice().buffer as ArrayBuffer
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: firstHeader(this.headerList, 'Content-Type') ?? '' })
  }

  async formData(): Promise<FormData> {
    return this.toFetch().formData()
  }

  /** A copy with its own headers. Streamed content is split, so that both can be read. */
  clone(): this {
    const clone = new (this.constructor as new () => this)()
    clone.headerList.length = 0
    clone.headerList.push(...this.headerList)
    clone.status = this.#status
    if (this.#statusText !== null) clone.statusText = this.#statusText
    if (this.isStreamed) {
      const [mine, theirs] = this.body!.tee()
      this.content = mine
      clone.content = theirs
    } else {
      clone.content = this.content
    }
    return clone
  }

  /** Runs `callback` when the response was sent, or the client has gone. Errors of it are the gateway's to report. */
  callOnClose(callback: () => void): void {
    this.#closers ??= []
    this.#closers.push(callback)
  }

  /** Runs what {@link callOnClose} collected, once. Gateways call it; all run, and the first error is thrown on. */
  close(): void {
    const closers = this.#closers
    if (closers === null) return
    this.#closers = null
    const errors: unknown[] = []
    for (const closer of closers) {
      try {
        closer()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new AggregateError(errors, 'Several callbacks of a closed response failed.')
  }

  /** Whether anything waits for {@link close}. */
  get hasCloseCallbacks(): boolean {
    return this.#closers !== null
  }

  /** This response as one of the runtime's own class, for `fetch` handlers and APIs that take no other. */
  toFetch(): globalThis.Response {
    const { content } = this
    const bodyless = this.#status === 204 || this.#status === 205 || this.#status === 304
    const body =
      bodyless || content === null
        ? null
        : typeof content === 'string'
          ? content
          : content instanceof Uint8Array
            ? content
            : this.body
    const headers = new globalThis.Headers()
    for (const [name, value] of this.headers.toList()) headers.append(name, value)
    return new globalThis.Response(body as BodyInit | null, {
      status: this.#status,
      statusText: this.statusText,
      headers,
    })
  }

  #setStatus(value: number | string): void {
    if (typeof value === 'number') {
      this.#status = checkStatus(value)
      return
    }
    const text = value.trim()
    const space = text.indexOf(' ')
    const code = space < 0 ? text : text.slice(0, space)
    if (!/^\d{3}$/.test(code)) {
      throw new RangeError(
        `A status must start with three digits, as in '404 Not Found', got ${JSON.stringify(value)}.`,
      )
    }
    this.#status = checkStatus(Number(code))
    if (space > 0) this.#statusText = checkReason(text.slice(space + 1))
  }

  #adopt(body: Exclude<ResponseBody, string | null>): ResponseContent {
    if (body instanceof Uint8Array) return body
    if (body instanceof ArrayBuffer) return new Uint8Array(body)
    if (body instanceof ReadableStream) return body
    if (body instanceof Blob) {
      this.headerList.push('Content-Length', String(body.size))
      return body.stream() as ReadableStream<Uint8Array>
    }
    // What is there already needs no streaming.
    if (Array.isArray(body)) return joinPieces(body)
    if (Symbol.asyncIterator in body || Symbol.iterator in body) return body
    throw new TypeError(
      `A response's body must be a string, bytes, a Blob, a stream, an iterable of strings or bytes, or null; got ${String(body)}.`,
    )
  }
}

function checkStatus(status: number): number {
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw new RangeError(`A response's status must be an integer from 100 to 599, got ${status}.`)
  }
  return status
}

function checkReason(text: string): string {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) {
    throw new TypeError(
      `The reason of a status may hold no line ends or control characters, got ${JSON.stringify(text)}.`,
    )
  }
  return text
}
