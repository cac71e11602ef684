import { requireRequestContext } from '../context/current.ts'
import { redirect } from '../helpers.ts'
import type { Response } from '../response.ts'

/** Longer targets are not followed. */
const MAX_LENGTH = 8192

/**
 * Whether a browser that is sent there stays on this site: a path that begins with one slash, or a URL of this origin.
 *
 * @param target as it will be sent.
 * @param origin of the site, as in `https://example.com`.
 */
export function isSafeRedirect(target: string, origin: string): boolean {
  if (target.length > MAX_LENGTH || /[\x00-\x20\x7f\\]/.test(target)) return false
  // A browser reads `//host` and `/.//host` as another host, or may.
  if (target.startsWith('//')) return false
  if (!target.startsWith('/') && !target.startsWith(`${origin}/`) && target !== origin) return false
  let url: URL
  try {
    url = new URL(target, origin)
  } catch {
    return false
  }
  return url.origin === origin && !url.pathname.startsWith('//')
}

/**
 * Sends the client to where it wanted to go, if that is on this site: for a `next` that came with the request.
 *
 * ```ts
 * return safeRedirect(request.args.get('next'), urlFor('index'))
 * ```
 *
 * @param target from outside; null counts as unsafe.
 * @param fallback where to go instead.
 */
export function safeRedirect(target: string | null, fallback: string, status = 302): Response {
  const { request } = requireRequestContext()
  const isSafe = target !== null && isSafeRedirect(target, `${request.scheme}://${request.host}`)
  return redirect(isSafe ? target : fallback, status)
}
