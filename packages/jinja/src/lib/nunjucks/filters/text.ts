import { copySafeness, isSafe, type SafeString, textOf } from '../safe-string.ts'

/** What filters of text take for empty text. */
export function textOrEmpty(value: unknown): string {
  return value === null || value === undefined || value === false ? '' : textOf(value)
}

export function capitalize(value: unknown): unknown {
  const text = textOrEmpty(value).toLowerCase()
  return copySafeness(value, text.charAt(0).toUpperCase() + text.slice(1))
}

export function center(value: unknown, width: number = 80): unknown {
  const text = textOrEmpty(value)
  const columns = width || 80
  if (text.length >= columns) return text === '' ? text : value
  const blanks = columns - text.length
  const before = ' '.repeat(Math.max(0, Math.ceil(blanks / 2 - (blanks % 2))))
  const behind = ' '.repeat(Math.ceil(blanks / 2))
  return copySafeness(value, before + text + behind)
}

export function indent(value: unknown, width: number = 4, indentFirst: boolean = false): unknown {
  const text = textOrEmpty(value)
  if (text === '') return ''
  const blanks = ' '.repeat(width || 4)
  const lines = text.split('\n').map((line, index) => (index === 0 && !indentFirst ? line : blanks + line))
  return copySafeness(value, lines.join('\n'))
}

export function lower(value: unknown): string {
  return textOrEmpty(value).toLowerCase()
}

export function upper(value: unknown): string {
  return textOrEmpty(value).toUpperCase()
}

export function title(value: unknown): unknown {
  const words = textOrEmpty(value)
    .split(' ')
    .map((word) => textOf(capitalize(word)))
  return copySafeness(value, words.join(' '))
}

export function trim(value: unknown): unknown {
  return copySafeness(value, textOf(value).trim())
}

export function string(value: unknown): unknown {
  return copySafeness(value, value)
}

export function truncate(
  value: unknown,
  length: number = 255,
  killWords: boolean = false,
  end?: unknown,
): unknown {
  const text = textOrEmpty(value)
  const most = length || 255
  if (text.length <= most) return text === '' ? text : value
  const blank = killWords ? -1 : text.lastIndexOf(' ', most)
  const kept = text.slice(0, blank === -1 ? most : blank)
  return copySafeness(value, kept + (end === undefined || end === null ? '...' : textOf(end)))
}

export function wordcount(value: unknown): number | null {
  return textOrEmpty(value).match(/\w+/g)?.length ?? null
}

/** Replaces text, as often as told, or by a regular expression. */
export function replace(value: unknown, old: unknown, inserted: unknown, most: number = -1): unknown {
  if (old instanceof RegExp) return textOf(value).replace(old, inserted as string)
  if (typeof old !== 'number' && typeof old !== 'string') return value
  if (typeof value !== 'string' && typeof value !== 'number' && !isSafe(value)) return value
  const text = textOf(value)
  const wanted = String(old)
  const put = String(inserted)
  // As in Python: between all characters.
  if (wanted === '') return copySafeness(value, put + text.split('').join(put) + put)
  if (most === 0 || !text.includes(wanted)) return typeof value === 'number' ? text : value
  // A dollar sign would mean something to `replaceAll`.
  if (most < 0 && !put.includes('$')) return copySafeness(value, text.replaceAll(wanted, put))
  const parts = text.split(wanted)
  const last = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1)
  const kept = parts.slice(0, last + 1).join(put)
  return copySafeness(value, [kept, ...parts.slice(last + 1)].join(wanted))
}

export function reverseText(value: string | SafeString): unknown {
  return copySafeness(value, textOf(value).split('').reverse().join(''))
}
