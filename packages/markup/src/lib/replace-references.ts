/**
 * Text with its character references replaced: numbers, and the names that are known. Names that count without a
 * semicolon are found at the start of a longer word too, as browsers do it.
 *
 * @param characterOf The character of a name, which ends with a semicolon if that was written; or `undefined`.
 */
export function replaceReferences(text: string, characterOf: (name: string) => string | undefined): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (_, body: string) => {
    if (body.startsWith('#')) return characterOfNumber(body)
    for (let length = body.length; length > 1; length--) {
      const character = characterOf(body.slice(0, length))
      if (character !== undefined) return character + body.slice(length)
    }
    return `&${body}`
  })
}

const reference = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/gu

/** Numbers 128 to 159 mean windows-1252 (HTML, "numeric character reference end state"). */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function characterOfNumber(body: string): string {
  const isHex = body[1] === 'x' || body[1] === 'X'
  const code = Number.parseInt(body.slice(isHex ? 2 : 1), isHex ? 16 : 10)
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd'
  if (code >= 0x80 && code <= 0x9f) return windows1252[code - 0x80]!
  return code === 0x0d || !isInvalid(code) ? String.fromCodePoint(code) : ''
}

/** Control characters and noncharacters, which are dropped. */
function isInvalid(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0a && code !== 0x0c
  return code === 0x7f || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe
}
