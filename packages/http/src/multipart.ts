/**
 * `multipart/form-data` without I/O: a decoder that turns bytes into events, and its inverse.
 *
 * ```ts
 * const decoder = new MultipartDecoder(boundary)
 * decoder.receiveData(bytes)
 * for (let event = decoder.nextEvent(); event.type !== 'needData'; event = decoder.nextEvent()) …
 * ```
 *
 * @module
 */
export type {
  DataEvent,
  EpilogueEvent,
  FieldEvent,
  FileEvent,
  MultipartEvent,
  NeedDataEvent,
  PreambleEvent,
} from './lib/body/multipart-decoder.ts'
export { MultipartDecoder } from './lib/body/multipart-decoder.ts'
export type { MultipartPart } from './lib/body/multipart-encoder.ts'
export { createBoundary, encodeMultipart, MultipartEncoder } from './lib/body/multipart-encoder.ts'
export type { MultipartErrorKind } from './lib/body/multipart-error.ts'
export { MultipartError } from './lib/body/multipart-error.ts'
