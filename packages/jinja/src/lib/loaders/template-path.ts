/**
 * The parts of a template name, to be looked up below a folder; `undefined` if the name could lead out of it. Empty
 * parts and `.` are left out, so a leading slash means the folder itself.
 *
 * Refused are `..`, back slashes, null bytes, drives, and on Windows everything that names a device or a stream.
 */
export function splitTemplatePath(name: string, isWindows: boolean = false): string[] | undefined {
  if (name.includes('\\') || name.includes('\0') || /^[A-Za-z]:/.test(name)) return undefined
  const parts: string[] = []
  for (const part of name.split('/')) {
    if (part === '..') return undefined
    if (isWindows && isSpecialOnWindows(part)) return undefined
    if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length === 0 ? undefined : parts
}

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i

function isSpecialOnWindows(part: string): boolean {
  // Windows drops dots and blanks at the end: `.. ` is `..` too.
  return part.includes(':') || DEVICE.test(part.trimEnd()) || (/[. ]$/.test(part) && part !== '.')
}
