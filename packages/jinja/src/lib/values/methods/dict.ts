import { Dict } from '../dict.ts'
import { DictView } from '../dict-view.ts'
import { toArray } from '../iterate.ts'
import type { Kwargs } from '../kwargs.ts'
import type { Mapping } from '../mapping.ts'
import {
  mappingDelete,
  mappingGet,
  mappingHas,
  mappingItems,
  mappingKeys,
  mappingSet,
  mappingSize,
} from '../mapping.ts'
import { KeyError } from '../python-errors.ts'
import { repr } from '../python-text.ts'
import { pairOf } from '../tuple.ts'
import { updateMapping } from '../update-mapping.ts'
import type { MethodTable } from './method.ts'
import { method, specialMethod } from './method.ts'

/** Methods of `dict`, for Maps and plain objects alike. */
export const dictMethods: MethodTable = new Map([
  method('clear', '', (self: Mapping) => {
    for (const key of mappingKeys(self)) mappingDelete(self, key)
    return null
  }),
  method('copy', '', (self: Mapping) => copyOf(self)),
  method('fromkeys', 'iterable, value?', (_: Mapping, keys, value = null) => {
    const made = new Dict()
    for (const key of toArray(keys)) made.set(key, value)
    return made
  }),
  method('get', 'key, default?', (self: Mapping, key, fallback = null) => {
    const value = mappingGet(self, key)
    return value === undefined && !mappingHas(self, key) ? fallback : value
  }),
  method('items', '', (self: Mapping) => new DictView(self, 'items')),
  method('keys', '', (self: Mapping) => new DictView(self, 'keys')),
  method('values', '', (self: Mapping) => new DictView(self, 'values')),
  method('pop', 'key, default?', (self: Mapping, key, fallback) => {
    if (mappingSize(self) === 0 || !mappingHas(self, key)) {
      if (fallback === undefined) throw new KeyError(repr(key))
      return fallback
    }
    const value = mappingGet(self, key)
    mappingDelete(self, key)
    return value
  }),
  method('popitem', '', (self: Mapping) => {
    const key = mappingKeys(self).at(-1)
    if (key === undefined) throw new KeyError("'popitem(): dictionary is empty'")
    const value = mappingGet(self, key)
    mappingDelete(self, key)
    return pairOf(key, value)
  }),
  method('setdefault', 'key, default?', (self: Mapping, key, fallback = null) => {
    if (mappingHas(self, key)) return mappingGet(self, key)
    mappingSet(self, key, fallback)
    return fallback
  }),
  specialMethod(
    'update',
    'other?',
    { positionalOnly: true, keywords: true },
    (self: Mapping, other, kwargs: Kwargs) => {
      updateMapping(self, other)
      for (const [key, value] of kwargs) mappingSet(self, key, value)
      return null
    },
  ),
])

/** A dict with the items of a mapping. */
export function copyOf(mapping: Mapping): Dict {
  const copy = new Dict()
  for (const [key, value] of mappingItems(mapping)) copy.set(key, value)
  return copy
}
