import { allMethods } from '../values/methods/all.ts'
import type { Method } from '../values/methods/method.ts'
import { findMethod, installMethods } from '../values/methods/table.ts'

// What is asked here is asked of applications too, that may have no environment.
installMethods(allMethods)

/** Methods that change the value they belong to, by the Python type of the value. */
const MUTATING: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['list', new Set(['append', 'clear', 'extend', 'insert', 'pop', 'remove', 'reverse', 'sort'])],
  ['dict', new Set(['clear', 'pop', 'popitem', 'setdefault', 'update'])],
  [
    'set',
    new Set([
      'add',
      'clear',
      'difference_update',
      'discard',
      'intersection_update',
      'pop',
      'remove',
      'symmetric_difference_update',
      'update',
    ]),
  ],
])

/** Members that lead into the language: `constructor`, everything in double underscores, all that functions have. */
export function isInternalAttribute(object: unknown, name: string): boolean {
  if (name.startsWith('__') || name === 'constructor') return true
  return typeof object === 'function' && name in object
}

/**
 * Whether calling the method of the name would change a list, dict or set.
 *
 * ```ts
 * modifiesKnownMutable([], 'append')   // true
 * modifiesKnownMutable('', 'upper')    // false
 * ```
 */
export function modifiesKnownMutable(object: unknown, name: string): boolean {
  const type = Array.isArray(object)
    ? 'list'
    : object instanceof Set
      ? 'set'
      : object instanceof Map || isRecord(object)
        ? 'dict'
        : undefined
  return type !== undefined && MUTATING.get(type)!.has(name)
}

function isRecord(object: unknown): boolean {
  const keys: Method | undefined = findMethod(object, 'keys')
  return typeof object === 'object' && keys !== undefined
}

const unsafeKey = Symbol.for('phial.jinja.unsafe')

interface Marked {
  [unsafeKey]?: boolean
  readonly unsafe_callable?: unknown
  readonly alters_data?: unknown
}

/**
 * Marks a function that templates in a sandbox may not call, and gives it back.
 *
 * ```ts
 * class User {
 *   delete = unsafe(() => database.delete(this))
 * }
 * ```
 */
export function unsafe<Fn extends (...args: never[]) => unknown>(fn: Fn): Fn {
  Object.defineProperty(fn, unsafeKey, { value: true, configurable: true })
  return fn
}

/** Whether the method that an object has under the name is marked. Asks no getter. */
export function isMarkedMember(object: object, name: string): boolean {
  for (let holder: object | null = object; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const member = Reflect.getOwnPropertyDescriptor(holder, name)
    if (member !== undefined) return typeof member.value === 'function' && !isSafeCallable(member.value)
  }
  return false
}

/** Whether a template may call a value: neither marked by {@link unsafe}, nor a function that makes code. */
export function isSafeCallable(callee: unknown): boolean {
  if ((typeof callee !== 'object' && typeof callee !== 'function') || callee === null) return true
  const marked = callee as Marked
  if (marked[unsafeKey] === true) return false
  if (typeof callee !== 'function') return true
  if (marked.unsafe_callable === true || marked.alters_data === true) return false
  return !makesCode(callee)
}

/** `eval` and the constructors of functions, of all kinds and of every realm. */
function makesCode(callee: object): boolean {
  // biome-ignore lint/security/noGlobalEval: it is compared, not called.
  if (callee === globalThis.eval) return true
  const { prototype } = callee as { prototype?: unknown }
  if (typeof prototype !== 'object' && typeof prototype !== 'function') return false
  const parent: unknown = Object.getPrototypeOf(callee)
  // `Function` is the one constructor that is made by itself; the others are made by it and make functions.
  return parent === prototype || (prototype !== null && isFunctionKind(prototype))
}

function isFunctionKind(prototype: object): boolean {
  const tag: unknown = Reflect.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value
  return tag === 'AsyncFunction' || tag === 'GeneratorFunction' || tag === 'AsyncGeneratorFunction'
}
