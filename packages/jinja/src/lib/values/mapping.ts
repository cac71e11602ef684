import { Dict } from './dict.ts'
import { hashKey } from './hash-key.ts'
import type { MapLike } from './mapping-kind.ts'
import { isMapLike, isPlainObject } from './mapping-kind.ts'
import { plainTextOf } from './text-value.ts'
import { pairOf, Tuple } from './tuple.ts'

/** A value with items by key: a `Map`, a plain object, or an instance of a class like `URLSearchParams`. */
export type Mapping = Map<unknown, unknown> | Record<string, unknown> | MapLike

export function isMapping(value: unknown): value is Mapping {
  return value instanceof Map || isPlainObject(value) || isMapLike(value)
}

/** The keys in order. Those of a plain object are its own enumerable ones. */
export function mappingKeys(mapping: Mapping): unknown[] {
  if (mapping instanceof Map) return Array.from(mapping.keys())
  if (isPlainObject(mapping)) return Object.keys(mapping)
  return Array.from(new Set((mapping as MapLike).keys()))
}

export function mappingValues(mapping: Mapping): unknown[] {
  if (mapping instanceof Map) return Array.from(mapping.values())
  if (isPlainObject(mapping)) return Object.values(mapping)
  return mappingKeys(mapping).map((key) => (mapping as MapLike).get(key))
}

/** The items as tuples of key and value. */
export function mappingItems(mapping: Mapping): Tuple[] {
  const items: Tuple[] = []
  if (mapping instanceof Map) {
    for (const [key, value] of mapping) items.push(pairOf(key, value))
  } else if (isPlainObject(mapping)) {
    for (const key of Object.keys(mapping)) items.push(pairOf<unknown, unknown>(key, mapping[key]))
  } else {
    for (const key of mappingKeys(mapping)) items.push(pairOf(key, (mapping as MapLike).get(key)))
  }
  return items
}

export function mappingSize(mapping: Mapping): number {
  if (mapping instanceof Map) return mapping.size
  if (isPlainObject(mapping)) return Object.keys(mapping).length
  return mappingKeys(mapping).length
}

/** The value of a key, or `undefined` if there is none. Keys are compared as in Python. */
export function mappingGet(mapping: Mapping, key: unknown): unknown {
  if (mapping instanceof Map) {
    const value: unknown = mapping.get(key)
    if (value !== undefined || mapping instanceof Dict || typeof key === 'string') return value
    const written = writtenKey(mapping, key)
    return written === undefined ? undefined : mapping.get(written.key)
  }
  const name = memberName(key)
  if (name === undefined) return undefined
  if (isPlainObject(mapping)) return Object.hasOwn(mapping, name) ? mapping[name] : undefined
  const like = mapping as MapLike
  return like.has(name) ? like.get(name) : undefined
}

/** @throws {TypeError} for a key that cannot be one, such as a list. */
export function mappingHas(mapping: Mapping, key: unknown): boolean {
  if (mapping instanceof Map) {
    if (mapping.has(key)) return true
    return !(mapping instanceof Dict) && typeof key !== 'string' && writtenKey(mapping, key) !== undefined
  }
  const name = memberName(key)
  if (name === undefined) {
    hashKey(key)
    return false
  }
  return isPlainObject(mapping) ? Object.hasOwn(mapping, name) : (mapping as MapLike).has(name)
}

/** Sets an item. Objects get an own property, whatever the name. */
export function mappingSet(mapping: Mapping, key: unknown, value: unknown): void {
  if (mapping instanceof Map) {
    const written = mapping instanceof Dict ? undefined : writtenKey(mapping, key)
    mapping.set(written === undefined ? key : written.key, value)
    return
  }
  const name = memberName(key)
  if (name === undefined || !isPlainObject(mapping)) {
    throw new TypeError('only dicts and plain objects with text keys can be changed in a template')
  }
  if (name === '__proto__') {
    Object.defineProperty(mapping, name, { value, writable: true, enumerable: true, configurable: true })
  } else {
    mapping[name] = value
  }
}

export function mappingDelete(mapping: Mapping, key: unknown): void {
  if (mapping instanceof Map) {
    const written = mapping instanceof Dict ? undefined : writtenKey(mapping, key)
    mapping.delete(written === undefined ? key : written.key)
    return
  }
  const name = memberName(key)
  if (name !== undefined && isPlainObject(mapping)) delete mapping[name]
}

/** The property that a key names: text as it is, ints in decimal. Other keys are never turned into text. */
export function memberName(key: unknown): string | undefined {
  if (typeof key === 'number') return Number.isSafeInteger(key) ? String(key) : undefined
  if (typeof key === 'bigint') return String(key)
  return plainTextOf(key)
}

/** The key of a `Map` from outside that equals the given one, boxed: it may be `undefined` itself. */
function writtenKey(map: ReadonlyMap<unknown, unknown>, key: unknown): { key: unknown } | undefined {
  const hash = hashKey(key)
  if (map.has(hash)) return { key: hash }
  if (hash === 1 || hash === 0) {
    const boolean = hash === 1
    if (map.has(boolean)) return { key: boolean }
  }
  if (!(key instanceof Tuple)) return undefined
  for (const candidate of map.keys()) {
    if (candidate instanceof Tuple && hashKey(candidate) === hash) return { key: candidate }
  }
  return undefined
}
