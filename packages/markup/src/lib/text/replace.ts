/**
 * Replaces from the left, as Python's `str.replace`: `replacement` is plain text, and an empty `old` stands before
 * each character and at the end.
 *
 * @param count How many to replace. Default: -1, all.
 */
export function replace(text: string, old: string, replacement: string, count: number = -1): string {
  let left = count < 0 ? Number.POSITIVE_INFINITY : count
  let out = ''
  if (old === '') {
    for (const character of text) out += (left-- > 0 ? replacement : '') + character
    return left > 0 ? out + replacement : out
  }
  let from = 0
  for (let at = text.indexOf(old); at >= 0 && left > 0; left--) {
    out += text.slice(from, at) + replacement
    from = at + old.length
    at = text.indexOf(old, from)
  }
  return out + text.slice(from)
}

/**
 * Replaces single characters, as Python's `str.translate`. The table has code points as keys and text, code points
 * or `null` (drop) as values; what it lacks stays.
 */
export function translate(text: string, table: ReadonlyMap<number, string | number | null>): string {
  let out = ''
  for (const character of text) {
    const mapped = table.get(character.codePointAt(0)!)
    if (mapped === undefined) out += character
    else if (mapped !== null) out += typeof mapped === 'number' ? String.fromCodePoint(mapped) : mapped
  }
  return out
}
