/** The message for an argument that only plain JavaScript can give. Undefined is mostly an import that goes round. */
export function notExpected(caller: string, expected: string, got: unknown): string {
  const hint =
    got === undefined
      ? ' Something imported is undefined where two modules import each other: let one of them import the other when it ' +
        'is called.'
      : ''
  return `${caller} takes ${expected}; got ${describe(got)}.${hint}`
}

/** A value for people: what it is, and texts and numbers as they stand. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function')
    return /^class\b/.test(String(value)) ? `the class ${value.name}` : 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  if (Symbol.toStringTag in value && String(value) === '[object Module]') return 'a module; take its export'
  const name: unknown = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)
    ?.constructor?.name
  return typeof name === 'string' && name !== 'Object' ? `an object of class ${name}` : 'an object'
}
