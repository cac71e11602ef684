import type { HeadersInit } from '../headers/headers.ts'
import { Headers } from '../headers/headers.ts'
import { MAX_BOUNDARY_LENGTH } from './limits.ts'

/** One part of a form to write. A part with a file name is a file. */
export interface MultipartPart {
  name: string
  filename?: string | null
  /** Further headers of the part; `Content-Disposition` is made here. */
  headers?: HeadersInit
  body: string | Uint8Array
}

const utf8 = new TextEncoder()

/**
 * Writes `multipart/form-data` (RFC 7578), piece by piece: {@link start} a part, give its {@link data} in any number of
 * pieces, and {@link end} the body after the last part. The inverse of the multipart decoder.
 */
export class MultipartEncoder {
  readonly boundary: string
  #open = false
  #ended = false

  /** @throws TypeError for a boundary that may not stand in a content type without quotes. */
  constructor(boundary: string = createBoundary()) {
    if (boundary.length > MAX_BOUNDARY_LENGTH || !/^[0-9A-Za-z'+_.-]+$/.test(boundary)) {
      throw new TypeError(
        `A multipart boundary must be 1 to ${MAX_BOUNDARY_LENGTH} letters, digits and '+_.- , got ${JSON.stringify(boundary)}.`,
      )
    }
    this.boundary = boundary
  }

  /** What goes into the `Content-Type` header. */
  get contentType(): string {
    return `multipart/form-data; boundary=${this.boundary}`
  }

  /** The bytes that end the part before and begin the next. Line ends and quotes in names are escaped. */
  start(part: Omit<MultipartPart, 'body'>): Uint8Array {
    this.#assertOpen()
    const filename = part.filename ?? null
    let head = `${this.#open ? '\r\n' : ''}--${this.boundary}\r\nContent-Disposition: form-data; name="${escapeName(part.name)}"`
    if (filename !== null) head += `; filename="${escapeName(filename)}"`
    head += '\r\n'
    if (part.headers !== undefined) {
      for (const [name, value] of new Headers(part.headers).toList()) {
        if (name.toLowerCase() !== 'content-disposition') head += `${name}: ${value}\r\n`
      }
    }
    this.#open = true
    return utf8.encode(`${head}\r\n`)
  }

  /** The bytes of a piece of the part begun last. They are not looked at: the boundary is random for that. */
  data(piece: string | Uint8Array): Uint8Array {
    this.#assertOpen()
    if (!this.#open) throw new TypeError('Data must belong to a part: call start() first.')
    return typeof piece === 'string' ? utf8.encode(piece) : piece
  }

  /** The bytes that end the body. */
  end(): Uint8Array {
    this.#assertOpen()
    this.#ended = true
    return utf8.encode(`${this.#open ? '\r\n' : ''}--${this.boundary}--\r\n`)
  }

  #assertOpen(): void {
    if (this.#ended) throw new TypeError('The multipart body was ended; start a new encoder.')
  }
}

/** Writes whole parts at once: the content type and the body. */
export function encodeMultipart(
  parts: Iterable<MultipartPart>,
  boundary?: string,
): { contentType: string; body: Uint8Array } {
  const encoder = new MultipartEncoder(boundary)
  const pieces: Uint8Array[] = []
  for (const part of parts) pieces.push(encoder.start(part), encoder.data(part.body))
  pieces.push(encoder.end())
  const body = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    body.set(piece, offset)
    offset += piece.length
  }
  return { contentType: encoder.contentType, body }
}

/** A boundary that no content holds by chance: 128 random bits. */
export function createBoundary(): string {
  let boundary = '----PhialFormBoundary'
  for (const byte of crypto.getRandomValues(new Uint8Array(16)))
    boundary += byte.toString(16).padStart(2, '0')
  return boundary
}

// Quotes and line ends as browsers write them (HTML, "multipart/form-data encoding algorithm"). They leave a backslash
// alone, though at the end of a name it would escape the quote.
function escapeName(name: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
