/**
 * Methods by which a class takes part in templates as a Python class would. Their names cannot be reached from
 * templates, and only methods count: data from outside, such as JSON, cannot have one. (`__html__` is the fourth; see
 * `@phial/markup`.)
 */

/** Writes a value as Python's `repr()` does. */
export type Repr = (value: unknown) => string

export interface Representable {
  /** The value as it stands inside a printed list. `repr` writes the values it holds. */
  __repr__(repr: Repr): string
}

export interface Typed {
  /** The qualified name of the type in messages: `jinja2.utils.Namespace`. */
  __type_name__(): string
}

export interface CallableObject {
  /** Called where a template calls the object. */
  __call__(args: readonly unknown[], kwargs: ReadonlyMap<string, unknown> | null): unknown
}

export interface HasAttributes {
  /** The attribute of a name, or `undefined`. Replaces all other ways to members of the object. */
  __getattr__(name: string): unknown
}

export function hasAttributes(value: object): value is HasAttributes {
  return typeof (value as Partial<HasAttributes>).__getattr__ === 'function'
}

export function isRepresentable(value: object): value is Representable {
  return typeof (value as Partial<Representable>).__repr__ === 'function'
}

export function isTyped(value: object): value is Typed {
  return typeof (value as Partial<Typed>).__type_name__ === 'function'
}

export function isCallableObject(value: unknown): value is CallableObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<CallableObject>).__call__ === 'function'
  )
}
