/**
 * Uploaded files on disk, for Node (also Bun and Deno).
 *
 * - A gateway spools large uploads: `readForm(body, contentType, { storeFactory: createFileSpool() })`, and calls
 *   `closeForm(form)` when the request is over.
 * - A view keeps one: `await saveFileIn(file, directory)`, or `await saveFile(file, path)`.
 *
 * @module
 */
export type { FileSpoolOptions } from './lib/node/file-spool.ts'
export { createFileSpool } from './lib/node/file-spool.ts'
export type { SaveFileOptions } from './lib/node/save-file.ts'
export { saveFile, saveFileIn } from './lib/node/save-file.ts'
export type { FileSource, SendFromDirectoryOptions } from './lib/node/send-file.ts'
export { resolvePath, sendFile, sendFromDirectory } from './lib/node/send-file.ts'
export type { SharedFilesOptions } from './lib/node/shared-files.ts'
export { sharedFiles } from './lib/node/shared-files.ts'
