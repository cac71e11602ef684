import type { Utf8Decoder } from '../body/utf8.ts'

/** How deep arrays and objects of a request may be nested. Deeper text could exhaust the stack of what walks it. */
const MAX_DEPTH = 100

/**
 * JSON from outside as a value: objects never carry a `__proto__` key, which would change the prototype of whatever
 * they are merged into.
 *
 * @throws SyntaxError if the text is no JSON, or is nested deeper than 100 levels.
 */
export function parseJson(text: string): unknown {
  checkDepth(text)
  const value: unknown = JSON.parse(text)
  // The key may also be spelt with escapes; only then, or if it is there, is the value walked.
  if (text.includes('__proto__') || text.includes('\\u')) dropProto(value)
  return value
}

/**
 * Decodes JSON bytes: UTF-8, or UTF-16 and UTF-32 by their marks or zero bytes (RFC 4627 §3).
 *
 * @param decoder makes text of UTF-8, where the runtime has a faster way than `TextDecoder`.
 */
export function decodeJson(bytes: Uint8Array, decoder: Utf8Decoder = utf8): string {
  if (bytes.length < 2 || (bytes[0] !== 0 && bytes[1] !== 0 && bytes[0]! < 0xef)) return decoder.decode(bytes)
  const encoding = detectEncoding(bytes)
  if (encoding === 'utf-8') return utf8.decode(bytes)
  if (encoding.startsWith('utf-16')) return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  return decodeUtf32(bytes, encoding === 'utf-32le')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function detectEncoding(b: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' {
  const [b0, b1, b2, b3] = b
  if (b0 === 0 && b1 === 0 && b2 === 0xfe && b3 === 0xff) return 'utf-32be'
  if (b0 === 0xff && b1 === 0xfe) return b2 === 0 && b3 === 0 ? 'utf-32le' : 'utf-16le'
  if (b0 === 0xfe && b1 === 0xff) return 'utf-16be'
  if (b.length >= 4) {
    if (b0 === 0) return b1 === 0 ? 'utf-32be' : 'utf-16be'
    if (b1 === 0) return b2 === 0 && b3 === 0 ? 'utf-32le' : 'utf-16le'
  } else if (b.length === 2) {
    if (b0 === 0) return 'utf-16be'
    if (b1 === 0) return 'utf-16le'
  }
  return 'utf-8'
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let text = ''
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const code = view.getUint32(i, littleEndian)
    if (i === 0 && code === 0xfeff) continue
    if (code > 0x10ffff) throw new SyntaxError('The body is not valid UTF-32.')
    text += String.fromCodePoint(code)
  }
  return text
}

function checkDepth(text: string): void {
  // Each level takes two characters, so short texts cannot be too deep; long ones seldom have many brackets.
  if (text.length < 2 * MAX_DEPTH) return
  if (count(text, '[', MAX_DEPTH) + count(text, '{', MAX_DEPTH) <= MAX_DEPTH) return
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (inString) {
      if (unit === 0x5c) i++
      else if (unit === 0x22) inString = false
    } else if (unit === 0x22) inString = true
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > MAX_DEPTH) {
        throw new SyntaxError(`JSON may be nested ${MAX_DEPTH} levels deep; it goes deeper at position ${i}.`)
      }
    } else if (unit === 0x5d || unit === 0x7d) depth--
  }
}

function count(text: string, character: string, enough: number): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0 && found <= enough; at = text.indexOf(character, at + 1))
    found++
  return found
}

function dropProto(root: unknown): void {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Array.isArray(value)) {
      for (const item of value) open.push(item)
      continue
    }
    if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__')
    for (const item of Object.values(value)) open.push(item)
  }
}
