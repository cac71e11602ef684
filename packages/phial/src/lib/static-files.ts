import { isAbsolutePath } from './module-path.ts'
import type { Response } from './response.ts'
import type { View } from './typing.ts'

export interface StaticFilesOptions {
  staticFolder?: string | null
  staticUrlPath?: string
  staticHost?: string
  hostMatching?: boolean
}

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
export function resolveStaticFiles(rootPath: string | null, options: StaticFilesOptions): StaticFiles {
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

/** What serves static files: an application or a blueprint. */
export interface StaticFilesOwner {
  readonly staticFolder: string | null
  getSendFileMaxAge(filename: string | null): number | null
}

/** The view of a static route. The file system is loaded with the first file that is sent. */
export function staticView(owner: StaticFilesOwner): View<{ readonly filename: string }> {
  return async function sendStaticFile({ filename }, { app, request }): Promise<Response> {
    const { sendFromDirectory } = await import('@phial/http/files-node')
    return (await sendFromDirectory(owner.staticFolder!, filename, request, {
      maxAge: owner.getSendFileMaxAge(filename) ?? app.getSendFileMaxAge(filename),
      responseClass: app.responseClass,
    })) as Response
  }
}

function joinPath(root: string, folder: string): string {
  const trimmed = folder.replace(/[/\\]+$/, '')
  if (isAbsolutePath(trimmed)) return trimmed
  return `${root.replace(/[/\\]+$/, '')}/${trimmed}`
}
