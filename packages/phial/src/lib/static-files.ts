import type { PhialOptions } from './app.ts'
import type { RequestContext } from './context/context.ts'
import type { Response } from './response.ts'

/** Where an application keeps its static files, and where it serves them. */
export interface StaticFiles {
  /** The folder, or null for none. */
  readonly folder: string | null
  /** The path of the URL, or null for none. */
  readonly urlPath: string | null
}

/**
 * Works out the static folder of an application from its options.
 *
 * @throws TypeError for a static host without host matching, or the other way round.
 */
export function resolveStaticFiles(rootPath: string | null, options: PhialOptions): StaticFiles {
  const { staticFolder = 'static', staticUrlPath, staticHost, hostMatching = false } = options
  if ((staticHost !== undefined) !== (hostMatching && staticFolder !== null && rootPath !== null)) {
    if (staticHost !== undefined || options.staticFolder !== undefined) {
      throw new TypeError(
        'With host matching, static files need to know their host: give hostMatching and staticHost together, ' +
          'or set staticFolder to null.',
      )
    }
    return { folder: null, urlPath: null }
  }
  if (staticFolder === null || rootPath === null) return { folder: null, urlPath: null }
  const folder = joinPath(rootPath, staticFolder)
  const base = folder.slice(Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1)
  return { folder, urlPath: (staticUrlPath ?? `/${base}`).replace(/\/+$/, '') }
}

/** The view of the static route. The file system is loaded with the first file that is sent. */
export async function sendStaticFile(
  params: { readonly filename: string },
  { app, request }: RequestContext,
): Promise<Response> {
  const { sendFromDirectory } = await import('@phial/http/files-node')
  const maxAge = app.getSendFileMaxAge(params.filename)
  return (await sendFromDirectory(app.staticFolder!, params.filename, request, {
    maxAge,
    responseClass: app.responseClass,
  })) as Response
}

function joinPath(root: string, folder: string): string {
  const trimmed = folder.replace(/[/\\]+$/, '')
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(trimmed)) return trimmed
  return `${root.replace(/[/\\]+$/, '')}/${trimmed}`
}
