const PLAIN = /^[ !#-&(-[\]-~]*$/
// What Python does not print: control, format, surrogate, private and unassigned characters, and space but U+0020.
const UNPRINTABLE = /[\\'\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu
const UNPRINTABLE_BUT_QUOTE = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/** A text as a string literal of Python: `repr(text)`. Single quotes, unless only they occur in the text. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`
  if (text.includes("'") && !text.includes('"'))
    return `"${text.replace(UNPRINTABLE_BUT_QUOTE, escapeCharacter)}"`
  return `'${text.replace(UNPRINTABLE, escapeCharacter)}'`
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`
  return SHORT[character] ?? escapeCodePoint(character.codePointAt(0)!)
}

/** `\x7f`, `\u20ac` or `\U0001f600`. */
export function escapeCodePoint(code: number): string {
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** Text that {@link quote} gives, with everything beyond ASCII escaped: `ascii(text)`. */
export function toAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => escapeCodePoint(character.codePointAt(0)!))
}
