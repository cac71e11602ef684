import { floatOf, toInteger } from '../values/number-conversion.ts'
import { percentFormat } from '../values/percent-format.ts'
import { ValueError } from '../values/python-errors.ts'
import { repr } from '../values/python-text.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Sizes of files, for people. */
export const fileSizeFilters: readonly Row[] = [define('do_filesizeformat(value, binary?)', fileSize)]

const PREFIXES = 'kMGTPEZY'

/** `13.0 kB`, or `12.7 KiB` in powers of 1024. */
function fileSize(value: unknown, binary: unknown = false): string {
  const float = value instanceof Undefined ? value.fail() : floatOf(value)
  if (float === undefined) {
    throw plainTextOf(value) === undefined
      ? new TypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`)
      : new ValueError(`could not convert string to float: ${repr(value)}`)
  }
  const bytes = Number(float)
  const isBinary = isTrue(binary)
  const base = isBinary ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${String(toInteger(bytes))} Bytes`
  // Exact, so that 1e24, which is a little less than a yottabyte, is none.
  let unit = BigInt(base ** 2)
  let index = 0
  for (; index < PREFIXES.length - 1 && !(bytes < unit); index++) unit *= BigInt(base)
  const prefix = isBinary ? `${PREFIXES[index]!.toUpperCase()}iB` : `${PREFIXES[index]}B`
  return `${percentFormat('%.1f', (base * bytes) / Number(unit))} ${prefix}`
}
