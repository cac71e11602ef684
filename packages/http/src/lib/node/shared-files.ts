import { NotFound } from '../exceptions/client-errors.ts'
import { type FetchApp, type FetchHandler, toHandler } from '../middleware/fetch-app.ts'
import { sendFromDirectory } from './send-file.ts'

export interface SharedFilesOptions {
  /** Seconds for which clients may keep a file. Default 43,200 (12 hours); null makes them ask each time. */
  maxAge?: number | null
  /** Names that are not served, by the end of the path, as in `.map`. */
  disallow?: readonly string[]
}

/**
 * Serves folders at paths, and passes all else on to the application. A file that is not there is the application's
 * too.
 *
 * @param exports folders by path: `{ '/static': '/srv/app/static' }`.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/shared_data/
 */
export function sharedFiles(
  app: FetchApp | FetchHandler,
  exports: Readonly<Record<string, string>>,
  options: SharedFilesOptions = {},
): FetchHandler {
  const handler = toHandler(app)
  const { maxAge = 43_200, disallow = [] } = options
  const folders = Object.entries(exports).map(([path, folder]): [string, string] => [
    `${path.replace(/\/+$/, '')}/`,
    folder,
  ])
  return async (request, env, executionContext) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      for (const [prefix, folder] of folders) {
        // An encoded slash stays inside its segment, where no file name has one.
        if (/%2f|%5c/i.test(request.rawPath)) break
        const { path } = request
        if (!path.startsWith(prefix) || disallow.some((end) => path.endsWith(end))) continue
        try {
          return await sendFromDirectory(folder, path.slice(prefix.length), request, { maxAge })
        } catch (error) {
          if (!(error instanceof NotFound)) throw error
        }
      }
    }
    return handler(request, env, executionContext)
  }
}
