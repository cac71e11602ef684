import type { ImmutableMultiDict } from '../collections/multi-dict.ts'
import { RequestEntityTooLarge } from '../exceptions/client-errors.ts'
import type { Headers } from '../headers/headers.ts'
import { FileStorage } from './file-storage.ts'
import {
  concatenate,
  createMemoryStore,
  type FileStore,
  type FileStoreFactory,
  type StoredFile,
} from './file-store.ts'
import { parseFormContentType } from './form-content-type.ts'
import { assertSize, toHttpError } from './form-error.ts'
import { type BodyLimits, resolveBodyLimits } from './limits.ts'
import { MultipartDecoder, type MultipartEvent } from './multipart-decoder.ts'
import { MultipartError } from './multipart-error.ts'
import { decodePartText } from './part-text.ts'
import { RequestDict } from './request-dict.ts'
import { decodeUrlencodedBody, type FieldPair, parseUrlencoded } from './urlencoded.ts'
import type { Utf8Decoder } from './utf8.ts'

/** Fields and files of a form. */
export interface ParsedForm {
  readonly form: ImmutableMultiDict<string>
  readonly files: ImmutableMultiDict<FileStorage>
}

export interface ReadFormOptions {
  /** Limits that differ from the defaults, or the result of `resolveBodyLimits`. */
  limits?: Partial<BodyLimits>
  /** Where files go. Default: memory. */
  storeFactory?: FileStoreFactory
}

export interface ParseFormOptions extends Pick<ReadFormOptions, 'limits'> {
  /** Makes text of the bytes, where the runtime has a faster way than `TextDecoder`. */
  decoder?: Utf8Decoder
}

/** One whole read of Werkzeug; see {@link BodyLimits.maxFormMemorySize}. */
const READ_SIZE = 65_536

/**
 * Reads a form that is in memory, at once.
 *
 * A body of another content type and a malformed one give an empty form, as in Flask.
 *
 * @throws RequestEntityTooLarge (413) over a limit.
 * @throws BadRequest (400) for a multipart boundary that no client may send, or too much text before it.
 */
export function parseForm(
  body: Uint8Array,
  contentType: string | null,
  options: ParseFormOptions = {},
): ParsedForm {
  const limits = resolveBodyLimits(options.limits)
  const type = parseFormContentType(contentType)
  if (type.kind === 'other') return emptyForm()
  assertSize(body.length, limits.maxContentLength)
  if (type.kind === 'urlencoded') return parseUrlencodedForm(body, limits, options.decoder)
  if (type.boundary === '') return emptyForm()
  assertSize(body.length, multipartLimit(limits))
  const collector = new FormCollector(createMemoryStore)
  try {
    const decoder = new MultipartDecoder(type.boundary, limits)
    decoder.receiveData(body)
    decoder.receiveData(null)
    // Stores in memory take everything at once.
    for (let event = decoder.nextEvent(); event.type !== 'epilogue'; event = decoder.nextEvent()) {
      collector.take(event)
    }
    return collector.result()
  } catch (error) {
    return emptyOrThrow(error)
  }
}

/**
 * Reads a form from bytes or from a stream of them, which is read no faster than the files are stored. A form in
 * memory needs no waiting: see {@link parseForm}, whose rules hold here too.
 *
 * An error of the source, of a store or of a limit discards all files before it is thrown, and ends the source.
 */
export async function readForm(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  contentType: string | null,
  options: ReadFormOptions = {},
): Promise<ParsedForm> {
  if (source instanceof Uint8Array) return parseForm(source, contentType, options)
  const limits = resolveBodyLimits(options.limits)
  const type = parseFormContentType(contentType)
  if (type.kind === 'other') return emptyForm()
  if (type.kind === 'urlencoded') {
    return parseUrlencodedForm(await collect(source, urlencodedLimit(limits)), limits)
  }
  if (type.boundary === '') return emptyForm()
  const collector = new FormCollector(options.storeFactory ?? createMemoryStore)
  try {
    const decoder = new MultipartDecoder(type.boundary, limits)
    const limit = multipartLimit(limits)
    let total = 0
    for await (const chunk of source) {
      total += chunk.length
      assertSize(total, limit)
      decoder.receiveData(chunk)
      await takeAll(decoder, collector)
    }
    decoder.receiveData(null)
    await takeAll(decoder, collector)
    return collector.result()
  } catch (error) {
    await collector.discard()
    return emptyOrThrow(error)
  }
}

/**
 * Gives back what the files of a form hold, temporary files above all. Whoever had the form read with a store of its
 * own calls it when the request is over.
 */
export async function closeForm(form: ParsedForm): Promise<void> {
  const files = Array.from(form.files.items({ multi: true }), ([, file]) => file)
  const results = await Promise.allSettled(files.map((file) => file.close()))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function takeAll(decoder: MultipartDecoder, collector: FormCollector): Promise<void> {
  for (;;) {
    const event = decoder.nextEvent()
    if (event.type === 'needData' || event.type === 'epilogue') return
    const wait = collector.take(event)
    if (wait !== undefined) await wait
  }
}

/** Makes fields and files of a decoder's events. */
class FormCollector {
  readonly #factory: FileStoreFactory
  readonly #fields: FieldPair[] = []
  readonly #files: [name: string, file: FileStorage][] = []
  // The part that is open: its text so far, or its store.
  #name = ''
  #filename: string | null = null
  #headers: Headers | null = null
  #text: Uint8Array[] = []
  #textSize = 0
  #store: FileStore | null = null

  constructor(factory: FileStoreFactory) {
    this.#factory = factory
  }

  take(event: MultipartEvent): void | Promise<void> {
    switch (event.type) {
      case 'field':
        this.#name = event.name ?? ''
        this.#headers = event.headers
        return
      case 'file':
        this.#name = event.name ?? ''
        this.#filename = event.filename
        this.#headers = event.headers
        this.#store = this.#factory({
          name: event.name,
          filename: event.filename,
          contentType: event.headers.getFirst('Content-Type'),
          headers: event.headers,
        })
        return
      case 'data':
        return this.#store === null
          ? this.#takeText(event.data, event.moreData)
          : this.#takeFile(this.#store, event.data, event.moreData)
    }
  }

  #takeText(data: Uint8Array, moreData: boolean): void {
    this.#text.push(data)
    this.#textSize += data.length
    if (moreData) return
    this.#fields.push([this.#name, decodePartText(concatenate(this.#text, this.#textSize), this.#headers!)])
    this.#text = []
    this.#textSize = 0
  }

  #takeFile(store: FileStore, data: Uint8Array, moreData: boolean): void | Promise<void> {
    const wait = data.length > 0 ? store.write(data) : undefined
    if (moreData) return wait
    if (wait !== undefined) return wait.then(() => this.#finishFile(store))
    return this.#finishFile(store)
  }

  #finishFile(store: FileStore): void | Promise<void> {
    const finished = store.finish()
    if (finished instanceof Promise) return finished.then((stored) => this.#addFile(stored))
    this.#addFile(finished)
  }

  #addFile(stored: StoredFile): void {
    this.#store = null
    const options = { name: this.#name, filename: this.#filename, headers: this.#headers! }
    this.#files.push([this.#name, new FileStorage(stored, options)])
  }

  result(): ParsedForm {
    return { form: new RequestDict(this.#fields), files: new RequestDict(this.#files) }
  }

  async discard(): Promise<void> {
    const store = this.#store
    const closings = this.#files.map(([, file]) => file.close())
    if (store !== null) closings.push(Promise.resolve().then(() => store.discard()))
    // The error that led here says more than one of the cleaning.
    await Promise.allSettled(closings)
  }
}

function parseUrlencodedForm(body: Uint8Array, limits: BodyLimits, decoder?: Utf8Decoder): ParsedForm {
  assertSize(body.length, urlencodedLimit(limits))
  const text = decodeUrlencodedBody(body, decoder)
  if (text === null) return emptyForm()
  const fields = parseUrlencoded(text, limits.maxFormFields)
  if (fields === null) throw new RequestEntityTooLarge()
  return { form: new RequestDict(fields), files: NO_FILES }
}

const NO_FILES: ImmutableMultiDict<FileStorage> = new RequestDict<FileStorage>()

async function collect(source: AsyncIterable<Uint8Array>, limit: number | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of source) {
    total += chunk.length
    assertSize(total, limit)
    chunks.push(chunk)
  }
  return concatenate(chunks, total)
}

function multipartLimit(limits: BodyLimits): number | null {
  const { maxContentLength, maxFormMemorySize } = limits
  // Werkzeug refuses a read that is over this limit, so with less than one read it bounds the whole body.
  return maxFormMemorySize !== null && maxFormMemorySize < READ_SIZE
    ? least(maxContentLength, maxFormMemorySize)
    : maxContentLength
}

function urlencodedLimit(limits: BodyLimits): number | null {
  return least(limits.maxContentLength, least(limits.maxUrlencodedLength, limits.maxFormMemorySize))
}

function least(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

function emptyForm(): ParsedForm {
  return { form: new RequestDict(), files: new RequestDict() }
}

function emptyOrThrow(error: unknown): ParsedForm {
  if (error instanceof MultipartError && error.kind === 'malformed') return emptyForm()
  throw toHttpError(error)
}
