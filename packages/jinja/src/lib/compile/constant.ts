import { isMarkup } from '@phial/markup/core'
import { Dict } from '../values/dict.ts'
import { Float } from '../values/number.ts'
import { IntRange } from '../values/range.ts'
import { Tuple } from '../values/tuple.ts'

/** What constants are written into. */
export interface ConstantScope {
  /** A function or class of the runtime. */
  rt(name: string): string
  /** A variable for a value that is made once. */
  hoist(code: string): string
}

/** Constants with more items are computed when the template runs. */
const MAX_ITEMS = 1000
const MAX_TEXT = 10_000

/** Whether a value can be written as code, and is small enough for it. */
export function isWritable(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value.length <= MAX_TEXT
    case 'number':
    case 'boolean':
      return true
    case 'bigint':
      return value < 10n ** 300n && value > -(10n ** 300n)
    case 'object':
      if (value === null || value instanceof Float) return true
      if (isMarkup(value)) return value.length <= MAX_TEXT
      if (value instanceof IntRange) return true
      if (Array.isArray(value)) return value.length <= MAX_ITEMS && value.every(isWritable)
      if (value instanceof Dict) {
        return (
          value.size <= MAX_ITEMS &&
          Array.from(value).every(([key, item]) => isWritable(key) && isWritable(item))
        )
      }
      return false
    default:
      return false
  }
}

/** A constant as an expression of the generated code. */
export function constantCode(gen: ConstantScope, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return textCode(value)
    case 'number':
      return Object.is(value, -0) ? '(-0)' : value < 0 ? `(${value})` : String(value)
    case 'bigint':
      return value < 0n ? `(${value}n)` : `${value}n`
    case 'boolean':
      return String(value)
    case 'object':
      return value === null ? 'null' : objectCode(gen, value)
    default:
      throw new TypeError(`A ${typeof value} cannot be written as code.`)
  }
}

function objectCode(gen: ConstantScope, value: object): string {
  if (value instanceof Float)
    return gen.hoist(`new ${gen.rt('Float')}(${constantCode(gen, value.valueOf())})`)
  if (isMarkup(value)) return gen.hoist(`new ${gen.rt('Markup')}(${textCode(value.toString())})`)
  if (value instanceof IntRange) {
    const { start, stop, step } = value.bounds()
    return `new ${gen.rt('IntRange')}(${start}, ${stop}, ${step})`
  }
  if (value instanceof Dict) {
    const items = Array.from(value, ([key, item]) => `${constantCode(gen, key)}, ${constantCode(gen, item)}`)
    return `${gen.rt('dictOf')}([${items.join(', ')}])`
  }
  if (Array.isArray(value)) {
    const items = `[${Array.from(value, (item) => constantCode(gen, item)).join(', ')}]`
    return value instanceof Tuple ? `${gen.rt('tupleOf')}(${items})` : items
  }
  throw new TypeError('The value cannot be written as code.')
}

/** Text as a literal. */
export function textCode(text: string): string {
  return JSON.stringify(text)
}
