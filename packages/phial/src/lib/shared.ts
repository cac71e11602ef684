/**
 * A value that there is once in a process, however many copies of the framework it has. Templates are loaded by
 * `require`, and loaders such as tsx make a second copy of what is required; both must know the same request.
 *
 * @param make makes the value for the first copy that asks.
 */
export function shared<Value extends object>(name: string, make: () => Value): Value {
  const key = Symbol.for(`phial.${name}`)
  const present = Reflect.get(globalThis, key) as Value | undefined
  if (present !== undefined) return present
  const value = make()
  Object.defineProperty(globalThis, key, { value })
  return value
}
