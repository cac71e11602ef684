// Parameters of RFC 3492 §5.
const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const INITIAL_BIAS = 72
const INITIAL_N = 128

/** Decodes the part of a label behind `xn--` (RFC 3492 §6.2); null if it is none. */
export function punycodeDecode(text: string): string | null {
  const hyphen = text.lastIndexOf('-')
  const points: number[] = []
  for (let i = 0; i < hyphen; i++) points.push(text.charCodeAt(i))
  let n = INITIAL_N
  let bias = INITIAL_BIAS
  let at = 0
  for (let i = hyphen < 0 ? 0 : hyphen + 1; i < text.length; ) {
    const before = at
    let weight = 1
    for (let k = BASE; ; k += BASE) {
      const digit = digitValue(text.charCodeAt(i++))
      if (digit < 0) return null
      at += digit * weight
      if (at > 0x7fffffff) return null
      const threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias
      if (digit < threshold) break
      weight *= BASE - threshold
    }
    const size = points.length + 1
    bias = adapt(at - before, size, before === 0)
    n += Math.floor(at / size)
    at %= size
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return null
    points.splice(at++, 0, n)
  }
  return String.fromCodePoint(...points)
}

function adapt(delta: number, size: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : delta >> 1
  rest += Math.floor(rest / size)
  let k = 0
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN))
    k += BASE
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}

/** a to z are 0 to 25, 0 to 9 are 26 to 35. */
function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 22
  const lower = code | 32
  return lower >= 97 && lower <= 122 ? lower - 97 : -1
}
