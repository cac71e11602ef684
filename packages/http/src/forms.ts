/**
 * Bodies of forms: reading them whole or part by part, their files, limits, and the stream under them.
 *
 * ```ts
 * const { form, files } = await readForm(request.body, request.headers.get('Content-Type'))
 * form.get('user')
 * await files.get('photo')?.bytes()
 * ```
 *
 * @module
 */
export type { FileStorageOptions } from './lib/body/file-storage.ts'
export { FileStorage } from './lib/body/file-storage.ts'
export type { FilePartInfo, FileStore, FileStoreFactory, StoredFile } from './lib/body/file-store.ts'
export { createMemoryStore } from './lib/body/file-store.ts'
export type { ParsedForm, ReadFormOptions } from './lib/body/form-reader.ts'
export { closeForm, parseForm, readForm } from './lib/body/form-reader.ts'
export type { InputStreamOptions, LimitedStreamOptions } from './lib/body/limited-stream.ts'
export { createInputStream, LimitedStream } from './lib/body/limited-stream.ts'
export type { BodyLimits } from './lib/body/limits.ts'
export { DEFAULT_BODY_LIMITS, resolveBodyLimits } from './lib/body/limits.ts'
export type { Part, ReadPartsOptions } from './lib/body/part-reader.ts'
export { readParts } from './lib/body/part-reader.ts'
export { RequestDict } from './lib/body/request-dict.ts'
export type { FieldPair } from './lib/body/urlencoded.ts'
export { dumpUrlencoded, parseUrlencoded } from './lib/body/urlencoded.ts'
