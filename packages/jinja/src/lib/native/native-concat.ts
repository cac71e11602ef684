import { isMarkup } from '@phial/markup/core'
import { toText } from '../values/python-text.ts'
import { parseLiteral } from './literal-parser.ts'

/**
 * The value of what a template of a native environment printed. One value that is no text stays what it is; anything
 * else is put together as text, and read as a Python literal if it is one. Nothing printed gives `null`.
 */
export function nativeConcat(values: readonly unknown[]): unknown {
  if (values.length === 0) return null
  const first = values[0]
  if (values.length === 1 && typeof first !== 'string' && !isMarkup(first)) return first
  const text = values.length === 1 ? String(first) : values.map(toText).join('')
  const literal = parseLiteral(text)
  if (literal !== undefined) return literal.value
  return values.length === 1 ? first : text
}
