import { bytesMethods } from './bytes.ts'
import { dateMethods } from './date.ts'
import { dictMethods } from './dict.ts'
import { listMethods } from './list.ts'
import { markupMethods } from './markup.ts'
import { floatMethods, intMethods } from './number.ts'
import { setMethods } from './set.ts'
import { stringMethods } from './string.ts'
import type { MethodTables } from './table.ts'
import { rangeMethods, tupleMethods } from './tuple.ts'

/** The methods of all types. */
export const allMethods: Required<MethodTables> = {
  text: stringMethods,
  markup: markupMethods,
  int: intMethods,
  float: floatMethods,
  list: listMethods,
  tuple: tupleMethods,
  dict: dictMethods,
  set: setMethods,
  date: dateMethods,
  range: rangeMethods,
  bytes: bytesMethods,
}
