import type { FileStorage } from '../body/file-storage.ts'
import { type ParsedForm, parseForm, readForm } from '../body/form-reader.ts'
import { type BodyLimits, checkLimit, DEFAULT_BODY_LIMITS, resolveBodyLimits } from '../body/limits.ts'
import { type Part, readParts } from '../body/part-reader.ts'
import { RequestDict } from '../body/request-dict.ts'
import { CombinedMultiDict, type ImmutableMultiDict, type MultiDict } from '../collections/multi-dict.ts'
import { BadRequest, RequestEntityTooLarge, UnsupportedMediaType } from '../exceptions/client-errors.ts'
import { firstHeader } from '../headers/header-list.ts'
import { parseOptionsHeader } from '../headers/options-header.ts'
import { toReadableStream } from '../response/body-content.ts'
import type { BodySource } from './body-source.ts'
import { decodeJson, parseJson } from './json-body.ts'
import { RequestBase } from './request-base.ts'

const EMPTY = new Uint8Array(0)
const text = new TextDecoder()

export interface GetDataOptions {
  /** The body as text, decoded as UTF-8 with U+FFFD for what is none. Default false. */
  asText?: boolean
}

export interface GetJsonOptions {
  /** Read it whatever the content type says. Default false. */
  force?: boolean
  /** Give null, and no error, for a wrong content type or bad JSON. Default false. */
  silent?: boolean
}

/**
 * The body of a request, in every form in which a view may want it. It is read when it is first asked for and kept, so
 * it can be asked for again, in another form too; only `body`, `stream()` and `parts()` take it as it arrives.
 *
 * Every reader holds to {@link limits} and raises `RequestEntityTooLarge` (413) over them.
 */
export class RequestWithBody extends RequestBase {
  #limits: BodyLimits | null = null
  #contentType: readonly [mimetype: string, parameters: ReadonlyMap<string, string>] | null = null
  #json: { value: unknown } | null = null

  /** The limits of this request's body. Settable until the body is read. */
  get limits(): BodyLimits {
    return this.#limits ?? this.defaultLimits
  }

  set limits(limits: Partial<BodyLimits>) {
    this.#limits = resolveBodyLimits(limits, this.defaultLimits)
  }

  /** The limits where none are set on the request itself. */
  protected get defaultLimits(): BodyLimits {
    return DEFAULT_BODY_LIMITS
  }

  /** The most bytes of a body of any kind; null for no limit. Settable until the body is read. */
  get maxContentLength(): number | null {
    return this.limits.maxContentLength
  }

  set maxContentLength(value: number | null) {
    // A limit that is set by hand holds for every kind of body.
    this.limits = {
      ...this.limits,
      maxContentLength: checkLimit('maxContentLength', value),
      maxJsonLength: value,
      maxUrlencodedLength: value,
    }
  }

  /** The most bytes of all fields of a form that are not files. Settable until the body is read. */
  get maxFormMemorySize(): number | null {
    return this.limits.maxFormMemorySize
  }

  set maxFormMemorySize(value: number | null) {
    this.limits = { ...this.limits, maxFormMemorySize: value }
  }

  /** The most parts of a multipart form. Settable until the body is read. */
  get maxFormParts(): number | null {
    return this.limits.maxFormParts
  }

  set maxFormParts(value: number | null) {
    this.limits = { ...this.limits, maxFormParts: value }
  }

  /** The `Content-Type` header as sent, or null. */
  get contentType(): string | null {
    return firstHeader(this.source.rawHeaders, 'Content-Type')
  }

  /** The content type in lower case without parameters; `''` if there is none. */
  get mimetype(): string {
    return this.#parsedContentType()[0]
  }

  /** The parameters of the content type, such as `charset`. */
  get mimetypeParams(): ReadonlyMap<string, string> {
    return this.#parsedContentType()[1]
  }

  /** The announced size of the body in bytes; null if it is unknown. */
  get contentLength(): number | null {
    const { rawHeaders } = this.source
    if (firstHeader(rawHeaders, 'Transfer-Encoding') !== null) return null
    const value = firstHeader(rawHeaders, 'Content-Length')
    if (value === null) return null
    return /^\d{1,15}$/.test(value) ? Number(value) : 0
  }

  /** Whether the content type is JSON: `application/json` or `application/*+json`. */
  get isJson(): boolean {
    const { mimetype } = this
    return (
      mimetype === 'application/json' || (mimetype.startsWith('application/') && mimetype.endsWith('+json'))
    )
  }

  /** The body as a stream of bytes (Fetch), or null if there is none. */
  get body(): ReadableStream<Uint8Array> | null {
    const { body } = this.source
    return body === null ? null : toReadableStream(this.stream())
  }

  get bodyUsed(): boolean {
    return this.source.body?.used ?? false
  }

  /** The body piece by piece as it arrives. The client is slowed down to the pace of the loop. */
  stream(): AsyncIterable<Uint8Array> {
    const { body } = this.source
    return body === null ? noChunks() : body.chunks(this.limits.maxContentLength ?? Number.POSITIVE_INFINITY)
  }

  /** The whole body (Fetch). */
  bytes(): Promise<Uint8Array> {
    try {
      const bytes = this.readBytes(this.limits.maxContentLength)
      return bytes instanceof Promise ? bytes : Promise.resolve(bytes)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** The whole body as an `ArrayBuffer` (Fetch). */
  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.bytes()
    return bytes.slice().buffer as ArrayBuffer
  }

  /** The whole body as a `Blob` with the request's content type (Fetch). */
  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.contentType ?? '' })
  }

  /** The whole body as text in UTF-8 (Fetch). */
  async text(): Promise<string> {
    return text.decode(await this.bytes())
  }

  /**
   * The whole body: bytes, or text with `asText`. As in Flask it is empty once the body was parsed as a form, unless it
   * was read before; `bytes()` and `text()` give it at any time.
   */
  getData(options: GetDataOptions & { asText: true }): Promise<string>
  getData(options?: GetDataOptions): Promise<Uint8Array>
  async getData(options: GetDataOptions = {}): Promise<Uint8Array | string> {
    const isForm = this.source.body?.takenAsForm === true
    if (options.asText === true) return isForm ? '' : this.text()
    return isForm ? EMPTY : this.bytes()
  }

  /**
   * The body as JSON.
   *
   * @throws UnsupportedMediaType (415) if the content type is not JSON, see `getJson({ force: true })`, or the body is
   *   packed (`Content-Encoding`).
   * @throws BadRequest (400) if the body is no JSON, or nested deeper than 100 levels.
   */
  json<T = unknown>(): Promise<T> {
    return this.getJson() as Promise<T>
  }

  /** The body as JSON, with options; as {@link json} without. */
  getJson<T = unknown>(options: GetJsonOptions = {}): Promise<T | null> {
    // One promise in all: each further one costs, and most bodies are there already.
    try {
      const value = this.readJson<T>(options)
      return value instanceof Promise ? value : Promise.resolve(value)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /**
   * As {@link getJson}, which goes through here: at once where the body is there already, and no promise then. It throws
   * at once too.
   */
  readJson<T = unknown>(options: GetJsonOptions = {}): T | null | Promise<T | null> {
    if (!this.isJson && options.force !== true) {
      if (options.silent === true) return null
      throw new UnsupportedMediaType(
        `Did not attempt to load JSON data because the request Content-Type was not 'application/json'.`,
      )
    }
    if (this.#json !== null) return this.#json.value as T
    this.#refuseEncoded()
    const { maxContentLength, maxJsonLength } = this.limits
    const bytes = this.readBytes(least(maxContentLength, maxJsonLength))
    if (bytes instanceof Promise) return bytes.then((later) => this.#parseJson(later, options) as T | null)
    return this.#parseJson(bytes, options) as T | null
  }

  #parseJson(bytes: Uint8Array, options: GetJsonOptions): unknown {
    try {
      const value = this.loadJson(decodeJson(bytes, this.source.body ?? undefined))
      this.#json = { value }
      return value
    } catch (error) {
      return options.silent === true ? null : this.onJsonLoadingFailed(error)
    }
  }

  /** Text as a value; an application's request uses its JSON provider. */
  protected loadJson(json: string): unknown {
    return parseJson(json)
  }

  /** Called for a body that is no JSON; what it returns is taken as the body. Raises `BadRequest` (400). */
  protected onJsonLoadingFailed(error: unknown): unknown {
    const why = error instanceof Error ? error.message : String(error)
    throw new BadRequest(`Failed to decode JSON object: ${why}`, { cause: error })
  }

  /**
   * The fields of a form that are no files: `application/x-www-form-urlencoded` or `multipart/form-data`. Empty for
   * every other content type.
   *
   * @throws UnsupportedMediaType (415) if the body is packed (`Content-Encoding`).
   *
   * ```ts
   * const form = await request.form()
   * form.require('user')   // 400 if it is missing
   * ```
   */
  form(): Promise<ImmutableMultiDict<string>> {
    try {
      const form = this.readForm()
      return form instanceof Promise ? form : Promise.resolve(form)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** As {@link form}, which goes through here: at once where the body is there already, and no promise then. */
  readForm(): ImmutableMultiDict<string> | Promise<ImmutableMultiDict<string>> {
    const parsed = this.loadForm()
    return parsed instanceof Promise ? parsed.then(({ form }) => form) : parsed.form
  }

  /** The files of a `multipart/form-data` form. Empty for every other content type. */
  async files(): Promise<ImmutableMultiDict<FileStorage>> {
    return this.readFiles()
  }

  /** As {@link files}, which goes through here: at once where the body is there already, and no promise then. */
  readFiles(): ImmutableMultiDict<FileStorage> | Promise<ImmutableMultiDict<FileStorage>> {
    const parsed = this.loadForm()
    return parsed instanceof Promise ? parsed.then(({ files }) => files) : parsed.files
  }

  /** The arguments of the query, and for methods with a body the fields of the form after them. */
  async values(): Promise<MultiDict<string>> {
    if (this.method === 'GET' || this.method === 'HEAD') return new CombinedMultiDict([this.args])
    return new CombinedMultiDict([this.args, await this.form()])
  }

  /** The form as Fetch's `FormData`. */
  async formData(): Promise<FormData> {
    const data = new FormData()
    const { form, files } = await this.loadForm()
    for (const [name, value] of form.items({ multi: true })) data.append(name, value)
    for (const [name, file] of files.items({ multi: true })) {
      data.append(name, new File([await file.arrayBuffer()], file.filename ?? '', { type: file.type }))
    }
    return data
  }

  /**
   * The parts of a `multipart/form-data` form one after the other, as they arrive. A part that is not read is
   * skipped; nothing is kept.
   */
  parts(): AsyncIterable<Part> {
    return readParts(this.stream(), this.contentType ?? '', { limits: this.limits })
  }

  /** Fields and files together, parsed once for all views of this request; at once where the body is there. */
  protected loadForm(): ParsedForm | Promise<ParsedForm> {
    const { body } = this.source
    if (body === null) return NO_FORM
    body.parsedForm ??= this.#parseForm(body)
    return body.parsedForm
  }

  #parseForm(body: BodySource): ParsedForm | Promise<ParsedForm> {
    const { mimetype, limits, contentType } = this
    const isUrlencoded = mimetype === 'application/x-www-form-urlencoded'
    const limit = isUrlencoded
      ? least(limits.maxContentLength, limits.maxUrlencodedLength)
      : limits.maxContentLength
    if (!isUrlencoded && mimetype !== 'multipart/form-data') {
      // Not a form, but a body that is too large is an error wherever it is noticed.
      if (limit !== null && body.length !== null && body.length > limit) throw new RequestEntityTooLarge()
      return NO_FORM
    }
    this.#refuseEncoded()
    body.takenAsForm = !body.used
    // Small bodies are parsed from memory; of large ones, files leave memory while they arrive.
    if (isUrlencoded || body.used || (body.length !== null && body.length <= BUFFERED_FORM)) {
      const bytes = this.readBytes(limit)
      const options = { limits, decoder: body }
      return bytes instanceof Promise
        ? bytes.then((later) => parseForm(later, contentType, options))
        : parseForm(bytes, contentType, options)
    }
    const { storeFactory } = this.source
    const options = storeFactory === undefined ? { limits } : { limits, storeFactory }
    return readForm(body.chunks(limit ?? Number.POSITIVE_INFINITY), contentType, options)
  }

  /** A packed body is not unpacked, since a few bytes could become many; so it is neither JSON nor a form. */
  #refuseEncoded(): void {
    const encoding = firstHeader(this.source.rawHeaders, 'Content-Encoding')
    if (encoding === null || encoding === '' || encoding.toLowerCase() === 'identity') return
    throw new UnsupportedMediaType(
      `The request's Content-Encoding is '${encoding}'. Send the body as it is, without Content-Encoding.`,
    )
  }

  /** The whole body; at once where it is there. */
  protected readBytes(limit: number | null): Uint8Array | Promise<Uint8Array> {
    const { body } = this.source
    return body === null ? EMPTY : body.read(limit ?? Number.POSITIVE_INFINITY)
  }

  #parsedContentType(): readonly [string, ReadonlyMap<string, string>] {
    if (this.#contentType === null) {
      const value = this.contentType
      if (value === null) this.#contentType = NO_CONTENT_TYPE
      // What nearly every client sends for these needs no parser.
      else if (value === 'application/json' || value === 'application/x-www-form-urlencoded')
        this.#contentType = [value, NO_PARAMETERS]
      else {
        const [mimetype, parameters] = parseOptionsHeader(value)
        this.#contentType = [mimetype.toLowerCase(), parameters]
      }
    }
    return this.#contentType
  }
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()
const NO_CONTENT_TYPE: readonly [string, ReadonlyMap<string, string>] = ['', NO_PARAMETERS]
const NO_FORM: ParsedForm = Object.freeze({
  form: new RequestDict<string>(),
  files: new RequestDict<FileStorage>(),
})

// Bytes up to which a form is parsed from memory rather than while it arrives.
const BUFFERED_FORM = 256 * 1024

function least(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

async function* noChunks(): AsyncGenerator<Uint8Array, void, undefined> {
  // There is no body.
}
