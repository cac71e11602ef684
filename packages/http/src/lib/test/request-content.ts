import { FileStorage } from '../body/file-storage.ts'
import { MultipartEncoder } from '../body/multipart-encoder.ts'
import { dumpUrlencoded } from '../body/urlencoded.ts'
import { MultiDict } from '../collections/multi-dict.ts'
import { guessType } from '../mime-types.ts'

/** A file of a form, where a `File` is not at hand. */
export interface TestFile {
  content: string | Uint8Array | Blob
  /** Default `''`: what browsers send where no file was chosen. */
  filename?: string
  /** Default: the type of a `Blob`, else guessed from the name, else `application/octet-stream`. */
  contentType?: string
}

export type TestFileValue = File | Blob | FileStorage | TestFile

/** A value of a form's field. Numbers and booleans are written as text; null and undefined leave the field out. */
export type FormValue = string | number | boolean | null | undefined | TestFileValue

/** A form: a mapping, where an array stands for several values, or pairs. */
export type FormInit =
  | Readonly<Record<string, FormValue | readonly FormValue[]>>
  | Iterable<readonly [string, FormValue]>
  | MultiDict<string>

export type TestBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | URLSearchParams
  | FormData
  | AsyncIterable<Uint8Array>

/** The content of a request, with its type and its size in bytes; null where they are not known. */
export interface RequestContent {
  readonly contentType: string | null
  readonly size: number | null
  /** Whole, or to be read piece by piece; each call begins anew. */
  readonly open: () => Uint8Array | AsyncIterable<Uint8Array>
}

type Piece = Uint8Array | Blob | FileStorage

const utf8 = new TextEncoder()

/** The content that `body` stands for. */
export function contentOfBody(body: TestBody): RequestContent {
  if (typeof body === 'string') return contentOfPieces(null, [utf8.encode(body)])
  if (body instanceof Uint8Array) return contentOfPieces(null, [body])
  if (body instanceof ArrayBuffer) return contentOfPieces(null, [new Uint8Array(body)])
  if (body instanceof Blob) return contentOfPieces(body.type === '' ? null : body.type, [body])
  if (body instanceof URLSearchParams) return contentOfForm(body, [], null)
  if (body instanceof FormData)
    return contentOfForm(body as Iterable<[string, string | File]>, [], 'multipart/form-data')
  return { contentType: null, size: null, open: () => body }
}

export function contentOfJson(value: unknown): RequestContent {
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} cannot be sent as JSON.`)
  return contentOfPieces('application/json', [utf8.encode(text)])
}

/**
 * The content of a form: multipart if it has a file or `contentType` says so, else urlencoded.
 */
export function contentOfForm(
  form: FormInit,
  files: Iterable<readonly [string, TestFileValue]>,
  contentType: string | null,
): RequestContent {
  const values: [string, string | TestFileValue][] = []
  for (const [name, value] of pairsOf(form)) {
    if (value === null || value === undefined) continue
    values.push([name, typeof value === 'object' ? value : String(value)])
  }
  for (const [name, file] of files) values.push([name, file])
  const isMultipart =
    contentType?.toLowerCase().startsWith('multipart/form-data') ??
    values.some(([, value]) => typeof value !== 'string')
  if (!isMultipart) {
    const texts = values.map(([name, value]): [string, string] => {
      if (typeof value === 'string') return [name, value]
      throw new TypeError(
        `The file ${JSON.stringify(name)} cannot be sent as ${contentType}; use multipart/form-data.`,
      )
    })
    return contentOfPieces('application/x-www-form-urlencoded', [utf8.encode(dumpUrlencoded(texts))])
  }
  const encoder = new MultipartEncoder(/boundary=([0-9A-Za-z'+_.-]+)$/.exec(contentType ?? '')?.[1])
  const pieces: Piece[] = []
  for (const [name, value] of values) {
    if (typeof value === 'string') {
      pieces.push(encoder.start({ name }), utf8.encode(value))
      continue
    }
    const { content, filename, type } = fileOf(name, value)
    pieces.push(encoder.start({ name, filename, headers: { 'Content-Type': type } }), content)
  }
  pieces.push(encoder.end())
  return contentOfPieces(encoder.contentType, pieces)
}

/** The pairs of a mapping whose values may be arrays, or of an iterable of pairs. */
export function pairsOf<Value>(
  init:
    | Readonly<Record<string, Value | readonly Value[]>>
    | Iterable<readonly [string, Value]>
    | MultiDict<Value & string>,
): [string, Value][] {
  if (init instanceof MultiDict) return [...init.items({ multi: true })] as [string, Value][]
  if (Symbol.iterator in init)
    return Array.from(init as Iterable<readonly [string, Value]>, ([name, value]) => [name, value])
  const pairs: [string, Value][] = []
  for (const [name, value] of Object.entries(init)) {
    if (Array.isArray(value)) for (const item of value as Value[]) pairs.push([name, item])
    else pairs.push([name, value as Value])
  }
  return pairs
}

function fileOf(name: string, value: TestFileValue): { content: Piece; filename: string; type: string } {
  if (value instanceof FileStorage) {
    const filename = value.filename ?? ''
    return { content: value, filename, type: value.type || typeOf(filename) }
  }
  if (value instanceof Blob) {
    const filename = value instanceof File ? value.name : 'blob'
    return { content: value, filename, type: value.type || typeOf(filename) }
  }
  const { content, filename = '', contentType } = value
  if (typeof content !== 'string' && !(content instanceof Uint8Array || content instanceof Blob)) {
    throw new TypeError(
      `The file ${JSON.stringify(name)} has no content. Give a File, a Blob, or ` +
        "{ content: 'text or bytes', filename: 'a.txt' }.",
    )
  }
  const own = content instanceof Blob ? content.type : ''
  return {
    content: typeof content === 'string' ? utf8.encode(content) : content,
    filename,
    type: contentType ?? (own || typeOf(filename)),
  }
}

function typeOf(filename: string): string {
  return guessType(filename)[0] ?? 'application/octet-stream'
}

function contentOfPieces(contentType: string | null, pieces: readonly Piece[]): RequestContent {
  let size = 0
  for (const piece of pieces) size += piece instanceof Uint8Array ? piece.length : piece.size
  return {
    contentType,
    size,
    // Only blobs have to be waited for.
    open: () =>
      pieces.every((piece) => piece instanceof Uint8Array) ? join(pieces, size) : readPieces(pieces),
  }
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const piece of pieces) {
    bytes.set(piece, offset)
    offset += piece.length
  }
  return bytes
}

async function* readPieces(pieces: readonly Piece[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece
    else yield new Uint8Array(await piece.arrayBuffer())
  }
}
