import { firstHeader } from '../headers/header-list.ts'
import { Headers } from '../headers/headers.ts'
import { type ByteSearch, createByteSearch, findBytes } from './byte-search.ts'
import { type BodyLimits, MAX_BOUNDARY_LENGTH, resolveBodyLimits } from './limits.ts'
import { MultipartError } from './multipart-error.ts'
import { parseDisposition, parsePartHeaders } from './part-headers.ts'

/** What stands before the first boundary. */
export interface PreambleEvent {
  readonly type: 'preamble'
  readonly data: Uint8Array
}

/** The start of a field. `name` is null if the part has none. */
export interface FieldEvent {
  readonly type: 'field'
  readonly name: string | null
  readonly headers: Headers
}

/** The start of a file: a part with a file name, which may be empty and is data only. */
export interface FileEvent {
  readonly type: 'file'
  readonly name: string | null
  readonly filename: string
  readonly headers: Headers
}

/** A piece of the part that was started last; `moreData` is false on its last piece, which may be empty. */
export interface DataEvent {
  readonly type: 'data'
  readonly data: Uint8Array
  readonly moreData: boolean
}

/** The end. What follows the last boundary is dropped. */
export interface EpilogueEvent {
  readonly type: 'epilogue'
}

/** Nothing to tell before more bytes have been received. */
export interface NeedDataEvent {
  readonly type: 'needData'
}

export type MultipartEvent =
  | PreambleEvent
  | FieldEvent
  | FileEvent
  | DataEvent
  | EpilogueEvent
  | NeedDataEvent

const CR = 13
const LF = 10
const DASH = 45

/** The most white space after a boundary; more is no padding that a transport adds. */
const MAX_PADDING = 1024

const EMPTY = new Uint8Array(0)
const NEED_DATA: NeedDataEvent = Object.freeze({ type: 'needData' })
const EPILOGUE: EpilogueEvent = Object.freeze({ type: 'epilogue' })
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type State = 'preamble' | 'headers' | 'dataStart' | 'data' | 'epilogue' | 'done'

/** Results of looking behind a boundary that are no position. */
const NO_BOUNDARY = -1
const UNDECIDED = -2

/**
 * Turns the bytes of a `multipart/form-data` body into events; it does no I/O. Give it bytes with
 * {@link receiveData} (null at the end) and take events with {@link nextEvent} until `needData` or `epilogue` comes.
 *
 * Lines may end in CR LF, LF or CR, and a boundary must stand at the start of a line (RFC 2046 §5.1.1, with the
 * leniency of Werkzeug). The events do not depend on how the bytes are cut, but for the cuts of `data`. Time is
 * linear in the bytes, memory bounded by the largest piece and the limits.
 */
export class MultipartDecoder {
  readonly #limits: BodyLimits
  readonly #search: ByteSearch
  #state: State = 'preamble'
  #complete = false
  #error: MultipartError | null = null

  // The bytes not yet used are those from #start to #end. Bytes before #end never change, as events show them.
  #buffer: Uint8Array = EMPTY
  #start = 0
  #end = 0
  #owned = false
  // Where to go on searching, so that no byte is looked at for each piece that comes.
  #scan = 0
  #padding = 0
  #terminal = false

  #parts = 0
  #files = 0
  #fieldBytes = 0
  #fileBytes = -1

  /**
   * @param boundary the `boundary` parameter of the content type.
   * @param limits those of parts, files, fields and headers are enforced here.
   * @throws MultipartError `refused` for a boundary that is not 1 to 70 printable ASCII characters.
   */
  constructor(boundary: string, limits?: Partial<BodyLimits>) {
    this.#limits = resolveBodyLimits(limits)
    this.#search = createByteSearch(delimiterOf(boundary))
  }

  /** Adds bytes, which must not change afterwards; null says that there are no more. */
  receiveData(data: Uint8Array | null): void {
    if (data === null) {
      this.#complete = true
      return
    }
    if (this.#complete) throw new TypeError('The multipart body was ended with null; it takes no more data.')
    if (data.length === 0 || this.#state === 'epilogue' || this.#state === 'done') return
    if (this.#start === this.#end) {
      this.#rebase(data, data.length, false)
      return
    }
    const rest = this.#end - this.#start
    if (!this.#owned || this.#end + data.length > this.#buffer.length) {
      const size = rest + data.length
      const grown = new Uint8Array(rest > data.length ? size * 2 : size)
      grown.set(this.#buffer.subarray(this.#start, this.#end))
      this.#rebase(grown, rest, true)
    }
    this.#buffer.set(data, this.#end)
    this.#end += data.length
  }

  /**
   * The next event.
   *
   * @throws MultipartError for a malformed body or one over a limit; from then on always.
   */
  nextEvent(): MultipartEvent {
    if (this.#error !== null) throw this.#error
    try {
      switch (this.#state) {
        case 'preamble':
          return this.#readPreamble()
        case 'headers':
          return this.#readHeaders()
        case 'dataStart':
        case 'data':
          return this.#readData()
        case 'epilogue':
          if (!this.#complete) return NEED_DATA
          this.#state = 'done'
          return EPILOGUE
        case 'done':
          return NEED_DATA
      }
    } catch (error) {
      if (error instanceof MultipartError) this.#error = error
      throw error
    }
  }

  #readPreamble(): MultipartEvent {
    const size = this.#search.needle.length
    for (;;) {
      const at = findBytes(this.#search, this.#buffer, this.#scan, this.#end)
      if (at < 0) {
        // The tail may be the start of a boundary with its line break.
        this.#checkPreamble(this.#end - size - 1 - this.#start)
        return this.#need(this.#end - size + 1)
      }
      const behind = this.#behindBoundary(at)
      if (behind === NO_BOUNDARY) {
        this.#scan = at + 1
        continue
      }
      const length = this.#lineBreakBefore(at) - this.#start
      this.#checkPreamble(length)
      if (behind === UNDECIDED) return this.#need(at)
      const data = this.#buffer.subarray(this.#start, this.#start + length)
      this.#passBoundary(behind)
      return { type: 'preamble', data }
    }
  }

  #checkPreamble(length: number): void {
    const limit = this.#limits.maxPreambleBytes
    if (limit !== null && length > limit) {
      throw new MultipartError('refused', `No boundary in the first ${limit} bytes of the multipart body.`)
    }
  }

  #readHeaders(): MultipartEvent {
    const blank = this.#findBlankLine()
    const limit = this.#limits.maxPartHeaderBytes
    // Up to three bytes at the end may be the start of the blank line.
    if (limit !== null && (blank < 0 ? this.#end - 3 : blank) - this.#start > limit) {
      throw new MultipartError('too-large', `The headers of a part have more than ${limit} bytes.`)
    }
    if (blank < 0) return this.#need(this.#end - 3)
    const headerBytes = this.#buffer.subarray(this.#start, blank)
    const pairs = parsePartHeaders(
      decodeHeaders(headerBytes),
      this.#limits.maxPartHeaders ?? Number.POSITIVE_INFINITY,
    )
    if (pairs === null) {
      throw new MultipartError('too-large', `A part has more than ${this.#limits.maxPartHeaders} headers.`)
    }
    const disposition = firstHeader(pairs, 'content-disposition')
    if (disposition === null) throw malformed('A part has no Content-Disposition header.')
    const { name, filename } = parseDisposition(disposition)
    this.#countPart(name, filename)
    const headers = Headers.over(pairs, { readonly: true })
    // The line break that ends the last header belongs to it; the next one may open the boundary of an empty part.
    this.#start = blank + (this.#buffer[blank] === CR && this.#buffer[blank + 1] === LF ? 2 : 1)
    this.#scan = this.#start
    this.#state = 'dataStart'
    return filename === null ? { type: 'field', name, headers } : { type: 'file', name, filename, headers }
  }

  #readData(): MultipartEvent {
    const buffer = this.#buffer
    let from = this.#start
    if (this.#state === 'dataStart') {
      if (buffer[from] === CR && from + 1 >= this.#end && !this.#complete) return NEED_DATA
      from += buffer[from] === CR && buffer[from + 1] === LF && from + 1 < this.#end ? 2 : 1
      if (this.#scan < from) this.#scan = from
    }
    // Two bytes before a possible boundary may be its line break.
    let safe = this.#end - this.#search.needle.length - 1
    for (;;) {
      const at = findBytes(this.#search, buffer, this.#scan, this.#end)
      if (at < 0) {
        this.#scan = Math.max(this.#scan, this.#end - this.#search.needle.length + 1)
        break
      }
      const lineBreak = this.#lineBreakBefore(at)
      const behind = lineBreak === at ? NO_BOUNDARY : this.#behindBoundary(at)
      if (behind === NO_BOUNDARY) {
        this.#scan = at + 1
        continue
      }
      if (behind === UNDECIDED) {
        this.#scan = at
        safe = Math.min(safe, lineBreak)
        break
      }
      const data = buffer.subarray(from, Math.max(lineBreak, from))
      this.#countData(data.length)
      this.#passBoundary(behind)
      return { type: 'data', data, moreData: false }
    }
    if (this.#complete) throw malformed('The body ends within a part.')
    if (safe <= from) return NEED_DATA
    const data = buffer.subarray(from, safe)
    this.#countData(data.length)
    this.#start = safe
    this.#state = 'data'
    return { type: 'data', data, moreData: true }
  }

  /** Remembers that nothing is to be found before `scan`. */
  #need(scan: number): NeedDataEvent {
    if (this.#complete) {
      throw malformed(
        this.#state === 'headers'
          ? 'The body ends within the headers of a part.'
          : 'The body has no boundary.',
      )
    }
    this.#scan = Math.max(this.#scan, scan, this.#start)
    return NEED_DATA
  }

  /** Where the line break directly before `at` begins, or `at` if there is none. */
  #lineBreakBefore(at: number): number {
    const buffer = this.#buffer
    if (at <= this.#start) return at
    if (buffer[at - 1] === CR) return at - 1
    if (buffer[at - 1] !== LF) return at
    return at - 2 >= this.#start && buffer[at - 2] === CR ? at - 2 : at - 1
  }

  /** Where the line of the boundary found at `at` ends. Sets #terminal. */
  #behindBoundary(at: number): number {
    const buffer = this.#buffer
    const end = this.#end
    const undecided = this.#complete ? NO_BOUNDARY : UNDECIDED
    const start = at + this.#search.needle.length
    if (start >= end) return undecided
    if (buffer[start] === DASH) {
      if (start + 1 >= end) return undecided
      this.#terminal = true
      return buffer[start + 1] === DASH ? start + 2 : NO_BOUNDARY
    }
    let position = Math.max(start, this.#padding)
    while (position < end && isPadding(buffer[position]!)) position++
    if (position - start > MAX_PADDING) throw malformed('Too much white space after a boundary.')
    if (position >= end) {
      this.#padding = position
      return undecided
    }
    this.#padding = 0
    this.#terminal = false
    if (buffer[position] === LF) return position + 1
    if (buffer[position] !== CR) return NO_BOUNDARY
    if (position + 1 >= end) return this.#complete ? position + 1 : UNDECIDED
    return buffer[position + 1] === LF ? position + 2 : position + 1
  }

  #passBoundary(behind: number): void {
    this.#start = behind
    this.#scan = behind
    this.#padding = 0
    this.#state = 'headers'
    if (this.#terminal) {
      this.#state = 'epilogue'
      this.#rebase(EMPTY, 0, false)
    }
  }

  /** Where the first of two equal line breaks in a row begins, or -1. */
  #findBlankLine(): number {
    const buffer = this.#buffer
    const end = this.#end
    if (this.#start < end && (buffer[this.#start] === CR || buffer[this.#start] === LF)) {
      throw malformed('A part has no headers.')
    }
    for (let i = this.#scan; i + 1 < end; i++) {
      const byte = buffer[i]
      if (byte === LF) {
        if (buffer[i + 1] === LF) return i
      } else if (byte === CR) {
        if (buffer[i + 1] === CR) return i
        if (i + 3 < end && buffer[i + 1] === LF && buffer[i + 2] === CR && buffer[i + 3] === LF) return i
      }
    }
    return -1
  }

  #countPart(name: string | null, filename: string | null): void {
    const { maxFormParts, maxFiles, maxNameBytes, maxFilenameBytes } = this.#limits
    if (maxFormParts !== null && ++this.#parts > maxFormParts) {
      throw new MultipartError('too-large', `The form has more than ${maxFormParts} parts.`)
    }
    if (maxNameBytes !== null && name !== null && exceedsUtf8(name, maxNameBytes)) {
      throw new MultipartError('too-large', `The name of a part has more than ${maxNameBytes} bytes.`)
    }
    this.#fileBytes = -1
    if (filename === null) return
    this.#fileBytes = 0
    if (maxFiles !== null && ++this.#files > maxFiles) {
      throw new MultipartError('too-large', `The form has more than ${maxFiles} files.`)
    }
    if (maxFilenameBytes !== null && exceedsUtf8(filename, maxFilenameBytes)) {
      throw new MultipartError(
        'too-large',
        `The file name of a part has more than ${maxFilenameBytes} bytes.`,
      )
    }
  }

  #countData(length: number): void {
    const { maxFormMemorySize, maxFileSize } = this.#limits
    if (this.#fileBytes >= 0) {
      this.#fileBytes += length
      if (maxFileSize !== null && this.#fileBytes > maxFileSize) {
        throw new MultipartError('too-large', `A file has more than ${maxFileSize} bytes.`)
      }
      return
    }
    this.#fieldBytes += length
    if (maxFormMemorySize !== null && this.#fieldBytes > maxFormMemorySize) {
      throw new MultipartError(
        'too-large',
        `The fields of the form have more than ${maxFormMemorySize} bytes.`,
      )
    }
  }

  /** Goes over to `buffer`, in which the unused bytes stand at the front. */
  #rebase(buffer: Uint8Array, length: number, owned: boolean): void {
    this.#scan = Math.max(this.#scan - this.#start, 0)
    this.#padding = Math.max(this.#padding - this.#start, 0)
    this.#buffer = buffer
    this.#start = 0
    this.#end = length
    this.#owned = owned
  }
}

function delimiterOf(boundary: string): Uint8Array {
  if (boundary.length < 1 || boundary.length > MAX_BOUNDARY_LENGTH) {
    throw new MultipartError(
      'refused',
      `A multipart boundary must have 1 to ${MAX_BOUNDARY_LENGTH} characters (RFC 2046), got ${boundary.length}.`,
    )
  }
  const delimiter = new Uint8Array(boundary.length + 2).fill(DASH)
  for (let i = 0; i < boundary.length; i++) {
    const code = boundary.charCodeAt(i)
    if (code < 32 || code > 126) {
      throw new MultipartError('refused', 'A multipart boundary must be printable ASCII (RFC 2046).')
    }
    delimiter[i + 2] = code
  }
  return delimiter
}

function isPadding(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 11 || byte === 12
}

function decodeHeaders(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed('The headers of a part are not UTF-8.')
  }
}

/** Whether `text` has more than `limit` bytes in UTF-8. */
function exceedsUtf8(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false
  if (text.length > limit) return true
  return new TextEncoder().encode(text).length > limit
}

function malformed(message: string): MultipartError {
  return new MultipartError('malformed', message)
}
