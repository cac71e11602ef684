import type { Request } from '../request/request.ts'
import { type FetchApp, type FetchHandler, toHandler } from './fetch-app.ts'

/**
 * Puts several applications under one: each at its path, all other paths to `app`. The path moves from the request's
 * `path` to its `rootPath`, so that the mounted application builds its URLs right.
 *
 * ```ts
 * export default { fetch: dispatcher(site, { '/api': api, '/admin': admin }) }
 * ```
 *
 * The longest path that matches whole segments wins. Segments are compared as they are decoded, so `/%61pi` is `/api`.
 *
 * @throws TypeError for a path that does not start with `/`, or ends with it.
 */
export function dispatcher(
  app: FetchApp | FetchHandler,
  mounts: Readonly<Record<string, FetchApp | FetchHandler>>,
): FetchHandler {
  const fallback = toHandler(app)
  const byPath = new Map<string, FetchHandler>()
  let depth = 0
  for (const [path, mounted] of Object.entries(mounts)) {
    if (!path.startsWith('/') || path.endsWith('/')) {
      throw new TypeError(
        `A mounted path starts with a slash and does not end with one, as in '/api'; got ${JSON.stringify(path)}.`,
      )
    }
    byPath.set(path, toHandler(mounted))
    depth = Math.max(depth, path.split('/').length - 1)
  }
  return (request, env, executionContext) => {
    const found = longestMount(request.rawPath, byPath, depth)
    if (found === null) return fallback(request, env, executionContext)
    return found.handler(mountRequest(request, found.length), env, executionContext)
  }
}

/** The request as an application sees it that is mounted under the first `length` characters of the raw path. */
export function mountRequest(request: Request, length: number): Request {
  const rest = request.target.slice(length)
  return request.with({
    rootPath: request.rootPath + request.target.slice(0, length),
    target: rest.startsWith('/') ? rest : `/${rest}`,
  })
}

function longestMount(
  rawPath: string,
  byPath: ReadonlyMap<string, FetchHandler>,
  depth: number,
): { handler: FetchHandler; length: number } | null {
  let found: { handler: FetchHandler; length: number } | null = null
  let end = 0
  for (let segments = 0; segments < depth && end < rawPath.length; segments++) {
    const slash = rawPath.indexOf('/', end + 1)
    end = slash < 0 ? rawPath.length : slash
    const handler = byPath.get(decodeSegments(rawPath.slice(0, end)))
    if (handler !== undefined) found = { handler, length: end }
  }
  return found
}

function decodeSegments(path: string): string {
  if (!path.includes('%')) return path
  return path
    .split('/')
    .map((segment) => {
      try {
        // `%2F` stays inside its segment: it is no separator.
        return decodeURIComponent(segment).replaceAll('/', '%2F')
      } catch {
        return segment
      }
    })
    .join('/')
}
