import type { FetchClass } from '../fetch-classes/inherit.ts'

/**
 * Makes what has a prototype an instance of a class of Fetch, as soon as somebody can ask. Node loads these classes when
 * the name of one is first read, which takes 15 to 25 ms; many applications never do.
 */
export function inherit(prototype: object, name: FetchClass): void {
  const property = Object.getOwnPropertyDescriptor(globalThis, name)
  if (property?.get === undefined || property.configurable !== true) return link(prototype, name)
  Object.defineProperty(globalThis, name, {
    ...property,
    get: () => {
      // Node's own property is back before it is read: it puts the class in its own place.
      Object.defineProperty(globalThis, name, property)
      link(prototype, name)
      return globalThis[name]
    },
  })
}

function link(prototype: object, name: FetchClass): void {
  Object.setPrototypeOf(prototype, globalThis[name].prototype)
}
