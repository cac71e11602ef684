/**
 * Digits of a double, correctly rounded with ties to even as Python does. `toFixed` rounds ties up and gives up at
 * 1e21; `toExponential` rounds ties up.
 */

/** Mantissa and exponent of the absolute value of a finite float: `mantissa × 2^exponent`. */
export function floatParts(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.abs(value))
  const bits = view.getBigUint64(0)
  const field = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  return field === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: field - 1075 }
}

/** `|value| × 10^scale`, rounded to a whole number. The value must be finite. */
function scaled(value: number, scale: number): bigint {
  const { mantissa, exponent } = floatParts(value)
  let top = mantissa
  let bottom = 1n
  if (exponent >= 0) top <<= BigInt(exponent)
  else bottom <<= BigInt(-exponent)
  if (scale >= 0) top *= 10n ** BigInt(scale)
  else bottom *= 10n ** BigInt(-scale)
  const whole = top / bottom
  const twice = (top - whole * bottom) * 2n
  return twice > bottom || (twice === bottom && (whole & 1n) === 1n) ? whole + 1n : whole
}

/** `|value|` with exactly `digits` digits after the point. */
export function toFixedExact(value: number, digits: number): string {
  const text = scaled(value, digits)
    .toString()
    .padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** `|value|` as the digits `d.ddd` without the point, `digits` of them after the first, and its power of ten. */
export function toScientificExact(value: number, digits: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(digits + 1), exponent: 0 }
  const shortest = Math.abs(value).toExponential()
  let exponent = Number(shortest.slice(shortest.indexOf('e') + 1))
  let text = scaled(value, digits - exponent).toString()
  // Rounding can carry (9.99 becomes 10.0), and the shortest text of a subnormal number can be a power too high.
  while (text.length !== digits + 1) {
    exponent += text.length > digits + 1 ? 1 : -1
    text = scaled(value, digits - exponent).toString()
  }
  return { digits: text, exponent }
}
