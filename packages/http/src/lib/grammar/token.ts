// tchar of RFC 9110 §5.6.2, by character code.
const TOKEN_CHARACTERS = new Uint8Array(128)
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  TOKEN_CHARACTERS[character.charCodeAt(0)] = 1
}

/** Whether a character code may stand in a token. */
export function isTokenCode(code: number): boolean {
  return TOKEN_CHARACTERS[code] === 1
}

/** The end of the token that starts at `start`; `start` itself if there is none. */
export function scanToken(text: string, start: number): number {
  let at = start
  while (TOKEN_CHARACTERS[text.charCodeAt(at)] === 1) at++
  return at
}

/** Whether all of `text` is one token; the empty text is none. */
export function isToken(text: string): boolean {
  return text !== '' && scanToken(text, 0) === text.length
}

/** Whether a code is a space or tab: OWS of RFC 9110 §5.6.3. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

/** Takes spaces and tabs from both ends, and nothing else: a no-break space is data. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

/** Parses an integer of ASCII digits with an optional `-`; anything else is null. */
export function parsePlainInteger(text: string): number | null {
  const digits = text.charCodeAt(0) === 45 ? 1 : 0
  if (text.length === digits) return null
  for (let i = digits; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return null
  }
  // `-0` is 0 to everyone who reads a header.
  return Number(text) + 0
}
