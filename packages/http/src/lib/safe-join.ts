import { type FilePlatform, isWindowsDevice } from './windows-device-names.ts'

export interface SafeJoinOptions {
  /** With `windows`, names of devices, backslashes, drives and streams (`:`) are refused too. Default `posix`. */
  platform?: FilePlatform
}

/**
 * Joins parts of a path from outside to a trusted directory, with `/`; null if they would lead out of it. The text
 * alone is looked at: links are followed by whoever opens the file.
 *
 * @param directory the trusted directory; empty for the current one.
 * @param parts decoded once, as from a URL. Empty ones are left out.
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.safe_join
 */
export function safeJoin(
  directory: string,
  parts: readonly string[],
  options: SafeJoinOptions = {},
): string | null {
  let path = directory === '' ? '.' : directory
  for (const part of parts) {
    if (part === '') continue
    const normal = normalize(part)
    if (normal === null || (options.platform === 'windows' && !isSafeOnWindows(normal))) return null
    path += path.endsWith('/') ? normal : `/${normal}`
  }
  return path
}

/** The path without empty segments, `.` and `..`; null if it is absolute, leads upwards or holds a NUL. */
function normalize(path: string): string | null {
  if (path.startsWith('/') || path.includes('\0')) return null
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return null
  }
  return segments.length === 0 ? '.' : segments.join('/')
}

function isSafeOnWindows(path: string): boolean {
  return !path.includes('\\') && !path.includes(':') && !path.split('/').some(isWindowsDevice)
}
