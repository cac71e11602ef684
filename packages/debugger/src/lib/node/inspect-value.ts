import { inspect, types } from 'node:util'
import { isSecretName } from '../secrets.ts'
import { SECRET, type Tree, type TreeEntry, type TreeType } from '../tree.ts'

// Nothing of the program runs when a value is looked at: getters are named, not called, and proxies are left alone.

/** Characters of a value's line. */
const MAX_LINE = 1024
/** Characters of a string in a line of another value. */
const MAX_INNER_STRING = 120
/** Items that a line tells. */
const MAX_ITEMS = 12
/** Levels that a line tells. */
const MAX_DEPTH = 3
/** Children that are given at once. */
const MAX_CHILDREN = 200

/** A value as a tree. @param levels of children that are looked at right away. */
export function inspectValue(value: unknown, levels = 0, name = ''): Tree {
  if (name !== '' && isSecretName(name) && canBeSecret(value)) return SECRET
  const text = lineOf(value)
  const members = isComposite(value) ? membersOf(value) : NONE
  return {
    type: typeOf(value),
    text,
    size: members.size,
    children: levels > 0 && members.size > 0 ? entriesOf(members, levels - 1) : null,
  }
}

/** What is below a value: by the index of the child, of its child, and so on. Null if there is none. */
export function inspectChildren(value: unknown, path: readonly number[]): TreeEntry[] | null {
  let current = value
  for (const index of path) {
    const member = isComposite(current) ? membersOf(current).first[index] : undefined
    if (member === undefined || member.isGetter || isSecretName(member.key)) return null
    current = member.value
  }
  return isComposite(current) ? entriesOf(membersOf(current), 0) : []
}

/** A value in one line. */
export function lineOf(value: unknown): string {
  try {
    if (typeof value === 'string') return quote(value, MAX_LINE)
    const text = describe(value, 0, { left: MAX_LINE }, [])
    return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text
  } catch (error) {
    return `<cannot be shown: ${error instanceof Error ? error.message : 'it throws'}>`
  }
}

/** A member of a value. */
interface Member {
  readonly key: string
  readonly value: unknown
  readonly isGetter: boolean
}

/** The first members of a value, and how many there are. */
interface Members {
  readonly first: readonly Member[]
  readonly size: number
}

const NONE: Members = { first: [], size: 0 }
const ERROR_KEYS: ReadonlySet<PropertyKey> = new Set(['message', 'cause', 'errors'])

function entriesOf({ first, size }: Members, levels: number): TreeEntry[] {
  const entries = first.map(({ key, value, isGetter }) => ({
    key,
    value: isGetter ? GETTER : inspectValue(value, levels, key),
  }))
  const more = size - entries.length
  if (more > 0)
    entries.push({ key: '…', value: { type: 'missing', text: `${more} more`, size: 0, children: null } })
  return entries
}

const GETTER: Tree = { type: 'missing', text: '[Getter]', size: 0, children: null }

/** At most {@link MAX_CHILDREN} are looked at, however large the value is. */
function membersOf(value: object): Members {
  if (types.isProxy(value)) return NONE
  if (types.isMap(value)) {
    const first = take(Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>)
    return {
      first: first.map(([key, each]) => ({ key: shortLine(key), value: each, isGetter: false })),
      size: sizeOf(value, Map.prototype),
    }
  }
  if (types.isSet(value)) {
    const first = take(Set.prototype.values.call(value) as Iterable<unknown>)
    return {
      first: first.map((each, index) => ({ key: String(index), value: each, isGetter: false })),
      size: sizeOf(value, Set.prototype),
    }
  }
  if (Array.isArray(value) || types.isTypedArray(value)) {
    const size = Array.isArray(value) ? value.length : (Reflect.get(TYPED_ARRAY, 'length', value) as number)
    // The names of all members of a large array would be a list as long.
    if (size > MAX_CHILDREN) {
      const keys = Array.from({ length: MAX_CHILDREN }, (_, index) => String(index))
      return { first: ownMembers(value, keys), size }
    }
  }
  const keys = visibleKeys(value)
  return { first: ownMembers(value, keys.slice(0, MAX_CHILDREN)), size: keys.length }
}

const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype) as object

function take<Item>(items: Iterable<Item>): Item[] {
  const first: Item[] = []
  for (const item of items) if (first.push(item) === MAX_CHILDREN) break
  return first
}

function sizeOf(value: object, prototype: object): number {
  return Reflect.get(prototype, 'size', value) as number
}

function visibleKeys(value: object): PropertyKey[] {
  const keys = Reflect.ownKeys(value)
  const isError = types.isNativeError(value)
  return keys.filter(
    (key) => Object.prototype.propertyIsEnumerable.call(value, key) || (isError && ERROR_KEYS.has(key)),
  )
}

function ownMembers(value: object, keys: readonly PropertyKey[]): Member[] {
  return keys.map((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key)
    const isGetter = descriptor !== undefined && !('value' in descriptor)
    const name = typeof key === 'symbol' ? `[${String(key)}]` : String(key)
    return { key: name, value: descriptor?.value as unknown, isGetter }
  })
}

function describe(value: unknown, depth: number, budget: { left: number }, above: readonly object[]): string {
  if (typeof value === 'string') return spend(budget, quote(value, MAX_INNER_STRING))
  if (!isComposite(value)) return spend(budget, describePrimitive(value))
  if (above.includes(value)) return '[circular]'
  const own = describeKnown(value)
  if (own !== null) return spend(budget, own)
  const label = labelOf(value)
  const { first, size } = membersOf(value)
  const isList = Array.isArray(value) || types.isTypedArray(value) || types.isSet(value)
  const [open, close] = Array.isArray(value) || types.isTypedArray(value) ? '[]' : '{}'
  if (size === 0) return spend(budget, `${label}${open}${close}`)
  if (depth >= MAX_DEPTH || budget.left <= 0) return spend(budget, `${label}${open}…${close}`)
  const parts: string[] = []
  const path = [...above, value]
  for (const { key, value: each, isGetter } of first.slice(0, MAX_ITEMS)) {
    if (budget.left <= 0) break
    const isHidden = !isList && isSecretName(key) && canBeSecret(each)
    const text = isGetter ? GETTER.text : isHidden ? SECRET.text : describe(each, depth + 1, budget, path)
    const isIndex = isList && /^\d+$/.test(key)
    parts.push(
      isIndex ? text : `${spend(budget, keyText(key, value))}${types.isMap(value) ? ' => ' : ': '}${text}`,
    )
  }
  const more = size - parts.length
  if (more > 0) parts.push(`… ${more} more`)
  const inner = parts.join(', ')
  return open === '[' ? `${label}[${inner}]` : `${label}{ ${inner} }`
}

function spend(budget: { left: number }, text: string): string {
  budget.left -= text.length + 2
  return text
}

function keyText(key: string, of: object): string {
  return types.isMap(of) || key.startsWith('[') || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
    ? key
    : quote(key, 60)
}

function describePrimitive(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Values that have a better form than their members. */
function describeKnown(value: object): string | null {
  if (types.isProxy(value)) return 'Proxy'
  if (typeof value === 'function') return describeFunction(value)
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value)
    return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString()
  }
  if (types.isRegExp(value)) return RegExp.prototype.toString.call(value)
  if (types.isNativeError(value)) return describeError(value)
  if (types.isPromise(value)) return describePromise(value)
  if (types.isWeakMap(value) || types.isWeakSet(value)) return `${className(value)} {…}`
  if (types.isBoxedPrimitive(value)) return inspect(value)
  if (isInstance(value, URL)) return `URL ${quote(value.href, MAX_INNER_STRING)}`
  if (isInstance(value, Headers) || isInstance(value, URLSearchParams)) {
    const pairs = [...value].slice(0, MAX_ITEMS)
    const shown = pairs.map(([key, each]) => `${key}: ${isSecretName(key) ? SECRET.text : quote(each, 60)}`)
    return `${className(value)} { ${shown.join(', ')} }`
  }
  return null
}

/** As `instanceof`, which would ask proxies among the prototypes. */
function isInstance<Class extends abstract new (...args: never[]) => object>(
  value: object,
  Class: Class,
): value is InstanceType<Class> {
  for (let current: unknown = value; isComposite(current) && !types.isProxy(current); ) {
    current = Object.getPrototypeOf(current)
    if (current === Class.prototype) return true
  }
  return false
}

/** Only `inspect` knows the state of a promise. Node marks some of them with members of its own. */
function describePromise(promise: object): string {
  const text = inspect(promise, { depth: 0, breakLength: Number.POSITIVE_INFINITY })
  return text.replace(/,? *\[Symbol\([\s\S]*$/, ' }').slice(0, 200)
}

function describeFunction(value: object): string {
  const name = ownText(value, 'name')
  const isClass = /^class\b/.test(Function.prototype.toString.call(value))
  return isClass ? `[class ${name || '(anonymous)'}]` : `[Function: ${name || '(anonymous)'}]`
}

function describeError(error: object): string {
  const message = ownText(error, 'message')
  const name = ownText(error, 'name') || className(error) || 'Error'
  return message === '' ? name : `${name}: ${message.length > 200 ? `${message.slice(0, 200)}…` : message}`
}

function ownText(value: object, key: string): string {
  const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
  return typeof found === 'string' ? found : ''
}

/** `User `, `Map(2) `; nothing for plain objects and arrays. */
function labelOf(value: object): string {
  const name = className(value)
  if (types.isMap(value)) return `${name}(${sizeOf(value, Map.prototype)}) `
  if (types.isSet(value)) return `${name}(${sizeOf(value, Set.prototype)}) `
  if (Array.isArray(value)) return name === 'Array' ? '' : `${name} `
  if (types.isTypedArray(value)) return `${name}(${Reflect.get(TYPED_ARRAY, 'length', value) as number}) `
  if (types.isArrayBuffer(value)) return `${name}(${value.byteLength}) `
  if (name === 'Object') return ''
  return name === '' ? '[no prototype] ' : `${name} `
}

/** The name of a value's class; '' for objects without a prototype. */
export function className(value: object): string {
  if (types.isProxy(value)) return 'Proxy'
  for (
    let current: unknown = Object.getPrototypeOf(value);
    isComposite(current);
    current = Object.getPrototypeOf(current)
  ) {
    if (types.isProxy(current)) return 'Proxy'
    const { value: owner } = Object.getOwnPropertyDescriptor(current, 'constructor') ?? {}
    if (typeof owner === 'function' && !types.isProxy(owner)) {
      const name = ownText(owner as object, 'name')
      if (name !== '') return name
    }
  }
  return ''
}

function quote(text: string, limit: number): string {
  const shown = text.length > limit ? text.slice(0, limit) : text
  const escaped = shown.replace(/[\\'\n\r\t\0-\x1f\x7f-\x9f\u2028\u2029]/g, escapeCharacter)
  return `'${escaped}'${text.length > limit ? `… (${text.length} characters)` : ''}`
}

function escapeCharacter(character: string): string {
  const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" }[character]
  return known ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function shortLine(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100) : lineOf(value).slice(0, 100)
}

function typeOf(value: unknown): TreeType {
  if (value === null || value === undefined) return 'nullish'
  return typeof value as TreeType
}

/** Flags and absent values tell no secret. */
function canBeSecret(value: unknown): boolean {
  return typeof value === 'string'
    ? value !== ''
    : value !== null && typeof value !== 'boolean' && value !== undefined && typeof value !== 'function'
}

function isComposite(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
