/** Variables by name, as an application gives them. A value that is `undefined` does not count as given. */
export type Variables = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>

/** Variables, and those behind them. Nothing is copied together: most templates read a few names of many. */
export interface Scope {
  readonly values: Variables
  readonly outer: Scope | null
}

const objectPrototype = Object.prototype as unknown as Record<string, unknown>

/** The first value of a name, or `undefined`. */
export function findVariable(scope: Scope | null, name: string): unknown {
  for (; scope !== null; scope = scope.outer) {
    const value = variableOf(scope.values, name)
    if (value !== undefined) return value
  }
  return undefined
}

export function variableOf(values: Variables, name: string): unknown {
  if (values instanceof Map) return values.get(name)
  const value = (values as Readonly<Record<string, unknown>>)[name]
  // What every object has (`constructor`, `toString`) is no variable, unless the object has its own.
  if (typeof value === 'function' ? value === objectPrototype[name] : name === '__proto__') {
    return Object.hasOwn(values, name) ? value : undefined
  }
  return value
}

/** All variables of a scope in one map, the nearest of each name. */
export function allVariables(scope: Scope | null): Map<string, unknown> {
  if (scope === null) return new Map()
  const all = allVariables(scope.outer)
  const { values } = scope
  for (const [name, value] of values instanceof Map ? values : Object.entries(values)) {
    if (value !== undefined) all.set(name, value)
  }
  return all
}
