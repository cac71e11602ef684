import { strip } from '@phial/markup/text'
import type { PythonFloat, PythonInt } from './number.ts'
import { toFloat, toInt } from './number.ts'

/** Python reads no int of more digits than that, since the time grows with their square. */
const MAX_DIGITS = 4300

/** Text with other decimal digits (Arabic, Devanagari, …) in ASCII. */
function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    // Decimal digits come in runs of ten, from zero on.
    let value = 0
    for (
      let code = digit.codePointAt(0)! - 1;
      value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code));
      code--
    )
      value++
    return String(value)
  })
}

const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 }

/** The int that a text is in a base, as `int(text, base)`: 2 to 36, or 0 for that of its prefix; else `undefined`. */
export function readInt(text: string, base: number = 10): PythonInt | undefined {
  const plain = asciiDigits(strip(text)).toLowerCase()
  const match = /^([+-]?)(0[box](?=_?[0-9a-z]))?_?([0-9a-z]+(?:_[0-9a-z]+)*)$/.exec(plain)
  if (match === null || base === 1 || base < 0 || base > 36) return undefined
  const [, sign, prefix = ''] = match
  let digits = match[3]!.replaceAll('_', '')
  let radix = base
  const prefixBase = prefix === '' ? 0 : PREFIXES[prefix[1]!]!
  if (base === 0) {
    radix = prefixBase || 10
    // A zero in front would be octal in other languages, so it is refused.
    if (prefixBase === 0 && /^0+[1-9a-z]/.test(digits)) return undefined
  } else if (prefixBase !== 0 && prefixBase !== base) {
    // Not a prefix in this base, so its letter may be a digit.
    digits = prefix + digits
  }
  if (prefixBase !== radix && /^[+-]?_/.test(plain)) return undefined
  if (digits.length > MAX_DIGITS) return undefined
  const value = bigintOf(digits, radix)
  return value === undefined ? undefined : toInt(sign === '-' ? -value : value)
}

function bigintOf(digits: string, radix: number): bigint | undefined {
  if (radix === 10) return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined
  let value = 0n
  for (const digit of digits) {
    const number = Number.parseInt(digit, 36)
    if (number >= radix) return undefined
    value = value * BigInt(radix) + BigInt(number)
  }
  return value
}

const DIGITS = '[0-9]+(?:_[0-9]+)*'
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`)

/** The float that a text is, as `float(text)`; else `undefined`. */
export function readFloat(text: string): PythonFloat | undefined {
  const plain = asciiDigits(strip(text)).toLowerCase()
  const name = /^([+-]?)(?:(inf(?:inity)?)|nan)$/.exec(plain)
  if (name !== null) {
    return name[2] === undefined
      ? Number.NaN
      : name[1] === '-'
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY
  }
  return FLOAT.test(plain) ? toFloat(Number(plain.replaceAll('_', ''))) : undefined
}
