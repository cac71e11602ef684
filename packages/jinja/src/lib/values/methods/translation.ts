import { codePoints } from '../code-points.ts'
import { Dict } from '../dict.ts'
import { isMapping, mappingGet, mappingItems } from '../mapping.ts'
import { isInt } from '../number.ts'
import { ValueError } from '../python-errors.ts'
import type { Text } from '../text-value.ts'
import { isText, plainTextOf } from '../text-value.ts'
import { typeName } from '../type-name.ts'
import { refuseUndefined } from '../undefined.ts'
import { textArgument } from './arguments.ts'

/** The entries that a translation table has for the characters of a text. */
export function translationOf(self: Text, table: unknown): ReadonlyMap<number, string | number | null> {
  refuseUndefined(table)
  const isSequence = isText(table) || Array.isArray(table)
  if (!isSequence && !isMapping(table))
    throw new TypeError(`'${typeName(table)}' object is not subscriptable`)
  const entries = new Map<number, string | number | null>()
  for (const character of new Set(codePoints(self.toString()))) {
    const code = character.codePointAt(0)!
    const value = isSequence ? Array.from(table)[code] : mappingGet(table, code)
    if (value === undefined) continue
    const text = plainTextOf(value)
    if (text !== undefined) entries.set(code, text)
    else if (value === null) entries.set(code, null)
    else if (isInt(value)) entries.set(code, Number(value))
    else throw new TypeError('character mapping must return integer, None or str')
  }
  return entries
}

/** `str.maketrans`: a dict from code points, of a dict, or of characters and what stands for them, and those to delete. */
export function translationTable(from: unknown, to: unknown, deleted: unknown): Dict {
  const table = new Dict()
  if (to === undefined) {
    if (!isMapping(from)) throw new TypeError('if you give only one argument to maketrans it must be a dict')
    for (const [key, value] of mappingItems(from)) table.set(translationKey(key), value)
    return table
  }
  const source = codePoints(
    textArgument(from, () => 'first maketrans argument must be a string if there is a second argument'),
  )
  const target = codePoints(textArgument(to, (type) => argumentMessage(2, type)))
  if (source.length !== target.length) {
    throw new ValueError('the first two maketrans arguments must have equal length')
  }
  source.forEach((character, index) => {
    table.set(character.codePointAt(0), target[index]!.codePointAt(0))
  })
  if (deleted === undefined) return table
  for (const character of codePoints(textArgument(deleted, (type) => argumentMessage(3, type)))) {
    table.set(character.codePointAt(0), null)
  }
  return table
}

function argumentMessage(position: number, type: string): string {
  return `maketrans() argument ${position} must be str, not ${type === 'NoneType' ? 'None' : type}`
}

function translationKey(key: unknown): unknown {
  const text = plainTextOf(key)
  if (text === undefined) {
    if (isInt(key)) return key
    throw new TypeError('keys in translate table must be strings or integers')
  }
  const [character, ...more] = codePoints(text)
  if (character === undefined || more.length > 0) {
    throw new ValueError('string keys in translate table must be of length 1')
  }
  return character.codePointAt(0)
}
