/** Names that are given at once. */
const MAX_COMPLETIONS = 100

/**
 * Names that may follow what has been typed. Members are looked up as data, so that no getter runs while somebody types.
 *
 * @param names the variables.
 * @param read gives the value of a variable.
 */
export function completions(
  text: string,
  names: readonly string[],
  read: (name: string) => unknown,
): string[] {
  const [, path = '', start = ''] = /((?:[\w$\p{L}]+\??\.)*)([\w$\p{L}]*)$/u.exec(text.slice(-200)) ?? []
  if (path === '') return startingWith(start, [...new Set(names)])
  const [first, ...rest] = path.split(/\??\./).slice(0, -1)
  let value = read(first!)
  for (const key of rest) value = dataMember(value, key)
  return startingWith(start, memberNames(value))
}

function startingWith(start: string, names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith(start)).slice(0, MAX_COMPLETIONS)
}

function dataMember(value: unknown, key: string): unknown {
  for (let current = value; isObject(current); current = Object.getPrototypeOf(current)) {
    const descriptor = Object.getOwnPropertyDescriptor(current, key)
    if (descriptor !== undefined) return descriptor.value
  }
  return undefined
}

function memberNames(value: unknown): string[] {
  const names = new Set<string>()
  let current: unknown =
    isObject(value) || value === undefined || value === null ? value : Object.getPrototypeOf(value)
  for (; isObject(current) && current !== Object.prototype; current = Object.getPrototypeOf(current)) {
    for (const name of Object.getOwnPropertyNames(current))
      if (name !== 'constructor' && !/^\d/.test(name)) names.add(name)
  }
  return [...names].sort()
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
