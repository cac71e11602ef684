export interface DictViewOptions {
  /** Names that are not there for templates. Default: none. */
  readonly isHidden?: (name: string) => boolean
  /** Members that can be read besides the entries; an entry of the name wins. Default: none. */
  readonly members?: readonly string[]
  /** Whether templates may change entries. Default false. */
  readonly writable?: boolean
}

/**
 * An object of the framework as templates see it: a dict of its entries, as its counterpart in Flask is one. So
 * `'user' in session`, `g.get('x', 1)` and `config.items()` work, and methods of JavaScript are out of reach.
 *
 * @param current gives the object each time that it is looked at.
 */
export function dictView<Viewed extends object>(
  current: () => Viewed,
  { isHidden = () => false, members = [], writable = false }: DictViewOptions = {},
): Viewed {
  const isVisible = (object: object, key: string | symbol): boolean =>
    typeof key === 'string' && !isHidden(key) && (Object.hasOwn(object, key) || members.includes(key))
  return new Proxy({} as Viewed, {
    // Dicts of templates are plain objects.
    getPrototypeOf: () => null,
    get(_target, key) {
      const object = current()
      return isVisible(object, key) ? (Reflect.get(object, key, object) as unknown) : undefined
    },
    has: (_target, key) => isVisible(current(), key),
    ownKeys: () => Reflect.ownKeys(current()).filter((key) => typeof key === 'string' && !isHidden(key)),
    getOwnPropertyDescriptor(_target, key) {
      const object = current()
      if (!isVisible(object, key)) return undefined
      const value: unknown = Reflect.get(object, key, object)
      return { value, enumerable: true, configurable: true, writable }
    },
    set(_target, key, value) {
      const object = current()
      return writable && Reflect.set(object, key, value, object)
    },
    deleteProperty: (_target, key) => writable && Reflect.deleteProperty(current(), key),
    defineProperty: () => false,
  })
}
