import { type FilePlatform, isWindowsDevice } from './windows-device-names.ts'

export interface SecureFilenameOptions {
  /** With `windows`, `\` separates too, and names of devices get a `_` in front. Default `posix`. */
  platform?: FilePlatform
}

/**
 * A name from outside as one that can be stored: ASCII letters, digits, `_`, `-` and `.` alone, and no path. It may be
 * empty, and need not be unique: give such files a name of your own.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.utils.secure_filename
 */
export function secureFilename(filename: string, options: SecureFilenameOptions = {}): string {
  const isWindows = options.platform === 'windows'
  let name = ''
  let separated = false
  for (const character of filename.normalize('NFKD')) {
    if (isSeparator(character, isWindows)) {
      separated = true
    } else if (character < '\x80') {
      if (separated && name !== '') name += '_'
      separated = false
      if (/[\w.-]/.test(character)) name += character
    }
  }
  if (separated) name += '_'
  name = trimDotsAndUnderscores(name)
  return isWindows && isWindowsDevice(name) ? `_${name}` : name
}

/** Slashes and what Python takes for spaces. */
function isSeparator(character: string, isWindows: boolean): boolean {
  if (character === '/' || character === ' ' || (isWindows && character === '\\')) return true
  return (character >= '\t' && character <= '\r') || (character >= '\x1c' && character <= '\x1f')
}

function trimDotsAndUnderscores(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isDotOrUnderscore(text.charCodeAt(start))) start++
  while (end > start && isDotOrUnderscore(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isDotOrUnderscore(code: number): boolean {
  return code === 46 || code === 95
}
