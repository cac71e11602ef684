import { isSpace } from './whitespace.ts'

/** Without white space, or the given characters, at both ends. */
export function strip(text: string, characters?: string | null): string {
  return rstrip(lstrip(text, characters), characters)
}

/** Without white space, or the given characters, at the start. */
export function lstrip(text: string, characters?: string | null): string {
  let start = 0
  if (characters === undefined || characters === null) {
    while (start < text.length && isSpace(text.charCodeAt(start))) start += 1
    return text.slice(start)
  }
  const set = new Set(characters)
  while (start < text.length) {
    const character = String.fromCodePoint(text.codePointAt(start)!)
    if (!set.has(character)) break
    start += character.length
  }
  return text.slice(start)
}

/** Without white space, or the given characters, at the end. */
export function rstrip(text: string, characters?: string | null): string {
  let end = text.length
  if (characters === undefined || characters === null) {
    while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1
    return text.slice(0, end)
  }
  const set = new Set(characters)
  while (end > 0) {
    const pair = end > 1 && text.codePointAt(end - 2)! > 0xffff
    const character = text.slice(pair ? end - 2 : end - 1, end)
    if (!set.has(character)) break
    end -= character.length
  }
  return text.slice(0, end)
}

/** Without a prefix, where the text has it. */
export function removePrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

/** Without a suffix, where the text has it. */
export function removeSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}
