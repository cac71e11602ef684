import { entityNames, entityValues, legacyEntityNames } from './entities.ts'

/**
 * Text with its character references replaced: numbers and all names of HTML, as browsers and Python's
 * `html.unescape` do it. Old names count without a semicolon too, even as the start of a longer word (`&notit;` is
 * `¬it;`).
 */
export function unescapeHtml(value: { toString(): string }): string {
  const text = String(value)
  return text.includes('&') ? text.replace(reference, (_, body: string) => characterOf(body)) : text
}

const reference = /&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/gu

let entities: ReadonlyMap<string, string> | undefined

function loadEntities(): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  const values = entityValues.trim().split(/\s+/)
  const names = entityNames.trim().split(/\s+/)
  names.forEach((name, i) => {
    const codes = values[i]!.split('+').map((code) => Number.parseInt(code, 36))
    map.set(`${name};`, String.fromCodePoint(...codes))
  })
  for (const name of legacyEntityNames.trim().split(/\s+/)) map.set(name, map.get(`${name};`)!)
  return map
}

function characterOf(body: string): string {
  if (body.startsWith('#')) return characterOfNumber(body)
  entities ??= loadEntities()
  const whole = entities.get(body)
  if (whole !== undefined) return whole
  for (let length = body.length - 1; length > 1; length--) {
    const value = entities.get(body.slice(0, length))
    if (value !== undefined) return value + body.slice(length)
  }
  return `&${body}`
}

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
