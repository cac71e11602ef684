/** The first character as a title, the others small. */
export function capitalize(text: string): string {
  if (text === '') return ''
  const first = String.fromCodePoint(text.codePointAt(0)!)
  // Lower case of the whole: a sigma at the end depends on what stands before it.
  return titleCharacter(first) + text.toLowerCase().slice(first.toLowerCase().length)
}

/** Each run of cased letters capitalized, as Python's `str.title`: `they're` becomes `They'Re`. */
export function title(text: string): string {
  return text.replace(/\p{Cased}+/gu, capitalize)
}

/** Upper and lower case exchanged. */
export function swapCase(text: string): string {
  return text.replace(/\p{Uppercase}+|\p{Lowercase}+/gu, (run, at: number) => {
    if (/^\p{Lowercase}/u.test(run)) return run.toUpperCase()
    const lower = run.toLowerCase()
    return run.endsWith('Σ') && endsWord(text, at + run.length) ? `${lower.slice(0, -1)}ς` : lower
  })
}

/** Whether the letter that ends at `end` has cased letters before it only. */
function endsWord(text: string, end: number): boolean {
  const before = text.slice(Math.max(0, end - 3), end - 1)
  return /\p{Cased}$/u.test(before) && !/^\p{Cased}/u.test(text.slice(end, end + 2))
}

/** For comparisons without regard to case (Unicode's full case folding): `ß` becomes `ss`. */
export function caseFold(text: string): string {
  let out = ''
  for (const character of text) out += foldCharacter(character)
  return out
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0)!
  if (code === 0x131) return character
  if (code === 0x1e9e) return 'ss'
  // Cherokee folds to its older, upper case letters.
  if (code >= 0x13a0 && code <= 0x13f5) return character
  if ((code >= 0x13f8 && code <= 0x13fd) || (code >= 0xab70 && code <= 0xabbf)) return character.toUpperCase()
  return character.toUpperCase().toLowerCase()
}

/** Title case, which JavaScript lacks. It differs from upper case for letters that stand for two. */
function titleCharacter(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x80) return character.toUpperCase()
  // Dž, Lj, Nj, Dz: the one in the middle of upper, title and lower.
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCharCode(0x1c5 + 3 * Math.floor((code - 0x1c4) / 3))
  if (code >= 0x1f1 && code <= 0x1f3) return '\u01f2'
  if (code === 0x149) return '\u02bcN'
  // Georgian has titles in its ordinary letters.
  if (code >= 0x10d0 && code <= 0x10ff) return character
  // Greek with a small iota below, which stays below.
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCharCode(code | 8)
  const upper = character.toUpperCase()
  if (upper.length === 1 || code > 0xffff) return upper
  if (code >= 0x1fb0 && code <= 0x1fff && upper.endsWith('\u0399')) {
    if ((code & 0xf) === 3 || (code & 0xf) === 0xc) return String.fromCharCode((code & 0xfff0) | 0xc)
    return `${upper.slice(0, -1)}\u0345`
  }
  return upper[0]! + upper.slice(1).toLowerCase()
}
