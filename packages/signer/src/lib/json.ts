/** Turns values into the text that is signed, and back. `JSON` itself does not fit: see {@link jsonText}. */
export interface TextFormat {
  readonly binary?: false | undefined
  dumps(value: unknown): string
  loads(text: string): unknown
}

/** A format that makes bytes, such as MessagePack. Only for the URL-safe serializers. */
export interface BinaryFormat {
  readonly binary: true
  dumps(value: unknown): Uint8Array
  loads(bytes: Uint8Array): unknown
}

/** JSON as Python's `json` writes it by default: a blank after `,` and `:`, ASCII only. */
export const jsonText: TextFormat = {
  dumps: (value) => escapeNonAscii(addBlanks(stringify(value))),
  loads: (text) => JSON.parse(text),
}

/** JSON without blanks and with non-ASCII characters as they are: the format of the URL-safe serializers. */
export const compactJson: TextFormat = {
  dumps: stringify,
  loads: (text) => JSON.parse(text),
}

function stringify(value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) {
    throw new TypeError(`Expected a value that JSON can represent, got ${typeof value}.`)
  }
  return text
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Adds a blank after each `,` and `:` that is not inside a string. */
function addBlanks(json: string): string {
  let out = ''
  let from = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) {
      inString = true
    } else if (code === 0x2c || code === 0x3a) {
      out += `${json.slice(from, at + 1)} `
      from = at + 1
    }
  }
  return out + json.slice(from)
}

function escapeNonAscii(json: string): string {
  return json.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
