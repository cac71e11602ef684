import { isKnownCharset, percentDecodeAs, splitExtendedValue } from '../grammar/charset.ts'
import { assertNoControls } from '../grammar/field-value.ts'
import { parseListHeader } from '../grammar/list.ts'
import { quoteHeaderValue, unquoteHeaderValue } from '../grammar/quoted-string.ts'
import { trimBlanks } from '../grammar/token.ts'

/**
 * Reads a list of `key=value` items; an item without `=` has the value null. A key that ends in `*` has a value with a
 * charset (RFC 8187), which is decoded. Of equal keys the last counts.
 */
export function parseDictHeader(header: string): Map<string, string | null> {
  const dict = new Map<string, string | null>()
  for (const item of parseListHeader(header)) {
    const equals = item.indexOf('=')
    if (equals < 0) {
      if (item !== '') dict.set(trimBlanks(item), null)
      continue
    }
    let key = trimBlanks(item.slice(0, equals))
    if (key === '') continue
    let value = trimBlanks(item.slice(equals + 1))
    if (key.endsWith('*')) {
      key = key.slice(0, -1)
      const extended = splitExtendedValue(value)
      if (extended !== null) {
        value = extended.encoded
        if (isKnownCharset(extended.charset)) value = percentDecodeAs(value, extended.charset)
      }
    }
    dict.set(key, unquoteHeaderValue(value))
  }
  return dict
}

/**
 * Writes a list of `key=value` items; a key with the value null stands alone. Values that are no tokens are quoted;
 * those of keys that end in `*` are written as they are.
 *
 * @throws TypeError if a key or value holds line ends or other controls.
 */
export function dumpDictHeader(dict: Iterable<readonly [string, string | number | null]>): string {
  const items: string[] = []
  for (const [key, value] of dict) {
    assertNoControls('the key of a header', key)
    if (value === null) {
      items.push(key)
      continue
    }
    const text = String(value)
    assertNoControls(`the value of ${JSON.stringify(key)}`, text)
    items.push(key.endsWith('*') ? `${key}=${text}` : `${key}=${quoteHeaderValue(text)}`)
  }
  return items.join(', ')
}
