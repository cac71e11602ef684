import * as engine from '@phial/jinja'
import { isMarkup, Markup } from '@phial/markup'
import type { Json, JsonObject } from '../../lib/values.ts'

/** Makes an undefined value of the environment's class. */
export type MakeUndefined = (name: string | null) => unknown

/** A value of a case file as the value that it stands for. Dicts become plain objects where their keys allow it. */
export function decodeValue(json: Json, makeUndefined: MakeUndefined): unknown {
  if (json === null || typeof json !== 'object') return json
  const decodeAll = (items: Json): unknown[] =>
    (items as Json[]).map((item) => decodeValue(item, makeUndefined))
  if (Array.isArray(json)) return decodeAll(json)
  const [form, content] = Object.entries(json)[0] ?? ['', null]
  switch (form) {
    case '$float':
      return engine.toFloat(floatOf(content as string))
    case '$int':
      return BigInt(content as string)
    case '$tuple':
      return engine.tupleOf(decodeAll(content))
    case '$set':
      return new Set(decodeAll(content))
    case '$dict':
      return engine.dictOf((content as Json[]).flatMap(decodeAll))
    case '$markup':
      return new Markup(content)
    case '$range':
      return new engine.IntRange(...(content as [number, number, number]))
    case '$bytes':
      return Uint8Array.from(content as number[])
    case '$iter':
      return decodeAll(content)[Symbol.iterator]()
    case '$undefined':
      return makeUndefined(content as string | null)
  }
  const members = Object.entries(json).map(
    ([key, value]) => [key, decodeValue(value, makeUndefined)] as const,
  )
  return Object.fromEntries(members)
}

function floatOf(text: string): number {
  if (text === 'nan') return Number.NaN
  return text.endsWith('inf') ? Number(text.replace('inf', 'Infinity')) : Number(text)
}

/** The reverse of {@link decodeValue}. What no form exists for is told by its class. */
export function encodeValue(value: unknown): Json {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value
    case 'number':
      return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
        ? value
        : { $float: engine.repr(value) }
    case 'bigint':
      return { $int: String(value) }
    case 'object':
      return value === null ? null : encodeObject(value)
    default:
      return { $unknown: typeof value }
  }
}

function encodeObject(value: object): Json {
  if (value instanceof engine.Undefined) return { $undefined: encodeValue(value.undefinedParts().name) }
  if (Array.isArray(value)) {
    const items = value.map(encodeValue)
    return value instanceof engine.Tuple ? { $tuple: items } : items
  }
  if (value instanceof engine.Float) return { $float: engine.repr(value) }
  if (isMarkup(value)) return { $markup: value.toString() }
  if (value instanceof engine.IntRange) {
    const { start, stop, step } = value.bounds()
    return { $range: [start, stop, step] }
  }
  if (value instanceof Uint8Array) return { $bytes: Array.from(value) }
  if (value instanceof Set) return { $set: Array.from(value, encodeValue) }
  if (value instanceof Map) return encodeDict(Array.from(value))
  if (Object.getPrototypeOf(value) === Object.prototype) return encodeDict(Object.entries(value))
  return { $unknown: value.constructor.name, text: String(value) }
}

function encodeDict(items: readonly (readonly [unknown, unknown])[]): Json {
  const isPlain = items.every(([key]) => typeof key === 'string' && !/^(?:\$|\d+$)/.test(key))
  if (!isPlain) return { $dict: items.map(([key, value]) => [encodeValue(key), encodeValue(value)]) }
  const members: JsonObject = {}
  for (const [key, value] of items) members[key as string] = encodeValue(value)
  return members
}
