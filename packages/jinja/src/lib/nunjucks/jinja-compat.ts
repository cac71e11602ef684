/*
 * What `installJinjaCompat` adds: `True`, `False`, `None`, and the methods that Python has on lists and dicts. It holds
 * for all environments, as in Nunjucks.
 */

let isInstalled = false

/** Adds Python's names and methods. @returns A function that takes them away again. */
export function installJinjaCompat(): () => void {
  isInstalled = true
  return () => {
    isInstalled = false
  }
}

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
])

/** The value of a name that no variable has. */
export function compatibleConstant(name: string): unknown {
  return isInstalled ? CONSTANTS.get(name) : undefined
}

type Method = (this: never, ...args: never[]) => unknown

/** The method of a Python type that a value has under a name, bound to it. */
export function compatibleMember(object: unknown, name: string): unknown {
  if (!isInstalled || typeof object !== 'object' || object === null) return undefined
  const isDict = Object.prototype.toString.call(object) === '[object Object]'
  const table = Array.isArray(object) ? LIST_METHODS : isDict && !(name in object) ? DICT_METHODS : undefined
  const method = table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
  return method === undefined ? undefined : method.bind(object as never)
}

class KeyError extends Error {
  override readonly name = 'KeyError'
}

class ValueError extends Error {
  override readonly name = 'ValueError'
}

const LIST_METHODS: Readonly<Record<string, Method>> = {
  pop(this: unknown[], index?: number): unknown {
    if (index === undefined) return this.pop()
    if (index < 0 || index >= this.length) throw new KeyError('KeyError')
    return this.splice(index, 1)[0]
  },
  append(this: unknown[], element: unknown): number {
    return this.push(element)
  },
  remove(this: unknown[], element: unknown): unknown {
    const index = this.indexOf(element)
    if (index < 0) throw new ValueError('ValueError')
    return this.splice(index, 1)[0]
  },
  count(this: unknown[], element: unknown): number {
    return this.filter((each) => each === element).length
  },
  index(this: unknown[], element: unknown): number {
    const index = this.indexOf(element)
    if (index < 0) throw new ValueError('ValueError')
    return index
  },
  find(this: unknown[], element: unknown): number {
    return this.indexOf(element)
  },
  insert(this: unknown[], index: number, element: unknown): unknown {
    return this.splice(index, 0, element)
  },
}

type Dict = Record<string, unknown>

function own(dict: Dict, key: string): unknown {
  return Object.hasOwn(dict, key) ? dict[key] : undefined
}

function put(dict: Dict, key: string, value: unknown): void {
  Object.defineProperty(dict, key, { value, writable: true, enumerable: true, configurable: true })
}

const DICT_METHODS: Readonly<Record<string, Method>> = {
  items(this: Dict): [string, unknown][] {
    return Object.entries(this)
  },
  values(this: Dict): unknown[] {
    return Object.values(this)
  },
  keys(this: Dict): string[] {
    return Object.keys(this)
  },
  get(this: Dict, key: string, fallback?: unknown): unknown {
    return own(this, key) ?? fallback
  },
  has_key(this: Dict, key: string): boolean {
    return Object.hasOwn(this, key)
  },
  pop(this: Dict, key: string, fallback?: unknown): unknown {
    let value = own(this, key)
    if (value === undefined && fallback !== undefined) value = fallback
    else if (value === undefined) throw new KeyError('KeyError')
    else delete this[key]
    return value
  },
  popitem(this: Dict): [string, unknown] {
    const [first] = Object.entries(this)
    if (first === undefined) throw new KeyError('KeyError')
    delete this[first[0]]
    return first
  },
  setdefault(this: Dict, key: string, fallback: unknown = null): unknown {
    if (!Object.hasOwn(this, key)) put(this, key, fallback)
    return this[key]
  },
  update(this: Dict, values: Dict): null {
    for (const key of Object.keys(values)) put(this, key, values[key])
    return null
  },
  iteritems(this: Dict): [string, unknown][] {
    return Object.entries(this)
  },
  itervalues(this: Dict): unknown[] {
    return Object.values(this)
  },
  iterkeys(this: Dict): string[] {
    return Object.keys(this)
  },
}
