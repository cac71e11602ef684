import { fileURLToPath } from 'node:url'

/** The path of a file URL without its query, or null. */
export function filePathOf(url: string): string | null {
  try {
    return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : null
  } catch {
    return null
  }
}
