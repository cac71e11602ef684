import { parseOptionsHeader } from '../headers/options-header.ts'

/** Names from a `Content-Disposition` header; null where the parameter is absent. They are data, never paths. */
export interface PartDisposition {
  readonly name: string | null
  readonly filename: string | null
}

/**
 * The header lines of a part as a flat list `[name, value, …]`. Lines end in CR LF, LF or CR; a line that begins with
 * a space or tab continues the one before it.
 *
 * @param limit the most headers to take; the first one over it ends the reading and gives null.
 */
export function parsePartHeaders(block: string, limit: number): string[] | null {
  const list: string[] = []
  let line = ''
  let start = 0
  let at = 0
  while (at <= block.length) {
    const code = at < block.length ? block.charCodeAt(at) : 10
    if (code !== 13 && code !== 10) {
      at++
      continue
    }
    line += block.slice(start, at)
    at += code === 13 && block.charCodeAt(at + 1) === 10 ? 2 : 1
    const next = block.charCodeAt(at)
    if (next === 32 || next === 9) {
      line += ' '
      start = ++at
      continue
    }
    start = at
    line = line.trim()
    if (line === '') continue
    if (list.length >= limit * 2) return null
    const colon = line.indexOf(':')
    if (colon < 0) list.push(line, '')
    else list.push(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
    line = ''
  }
  return list
}

const FORM_DATA = 'form-data; name="'
const FILENAME = '"; filename="'

/** Reads name and file name from the value of a part's `Content-Disposition` header (RFC 7578 §4.2). */
export function parseDisposition(value: string): PartDisposition {
  // Nearly all clients write exactly this; anything else is left to the full grammar.
  if (value.startsWith(FORM_DATA) && value.endsWith('"') && !value.includes('\\') && !value.includes('%')) {
    const nameEnd = value.indexOf('"', FORM_DATA.length)
    if (nameEnd === value.length - 1) return { name: value.slice(FORM_DATA.length, nameEnd), filename: null }
    const filenameStart = nameEnd + FILENAME.length
    if (
      filenameStart < value.length &&
      value.startsWith(FILENAME, nameEnd) &&
      value.indexOf('"', filenameStart) === value.length - 1
    ) {
      return { name: value.slice(FORM_DATA.length, nameEnd), filename: value.slice(filenameStart, -1) }
    }
  }
  const [, parameters] = parseOptionsHeader(value)
  return { name: parameters.get('name') ?? null, filename: parameters.get('filename') ?? null }
}
