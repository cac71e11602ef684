/**
 * Content types of files by name.
 *
 * ```ts
 * guessType('archive.tar.gz') // ['application/x-tar', 'gzip']
 * ```
 *
 * @module
 */
export { contentTypeWithCharset } from './lib/headers/content-type.ts'
export { guessType } from './lib/mime-types.ts'
