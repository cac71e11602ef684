import type { Phial } from '../app.ts'
import type { Request } from '../request.ts'
import type { Session } from '../sessions/session.ts'
import { requireContext, requireRequestContext } from './current.ts'
import type { Globals } from './globals-bag.ts'

const STAND_INS = new WeakMap<object, () => object>()

/**
 * A stand-in for an object that depends on the context: everything done to it is done to that object. `instanceof`
 * holds, and methods run on the object itself.
 */
function standIn<Target extends object>(current: () => Target): Target {
  const proxy = new Proxy({} as Target, {
    get(_target, key) {
      const object = current()
      const value: unknown = Reflect.get(object, key, object)
      // Methods of classes with private members need the object itself as `this`.
      return typeof value === 'function' && !Object.hasOwn(object, key) ? value.bind(object) : value
    },
    set: (_target, key, value) => {
      const object = current()
      return Reflect.set(object, key, value, object)
    },
    has: (_target, key) => Reflect.has(current(), key),
    deleteProperty: (_target, key) => Reflect.deleteProperty(current(), key),
    ownKeys: () => Reflect.ownKeys(current()),
    getOwnPropertyDescriptor(_target, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(current(), key)
      // The stand-in's own target has no such key, so only a configurable one may be shown.
      return descriptor === undefined ? undefined : { ...descriptor, configurable: true }
    },
    defineProperty: (_target, key, descriptor) => Reflect.defineProperty(current(), key, descriptor),
    getPrototypeOf: () => Reflect.getPrototypeOf(current()),
  })
  STAND_INS.set(proxy, current)
  return proxy
}

/**
 * The object that a global stands for now, for work that outlives the context and for comparing: `unwrap(currentApp)`.
 * Anything else is given back as it is.
 */
export function unwrap<Target extends object>(standIn: Target): Target {
  return (STAND_INS.get(standIn)?.() as Target | undefined) ?? standIn
}

/** The current request. Outside of one, every use throws and says what to do. */
export const request: Request = standIn(() => requireRequestContext().request)

/** What is remembered of the client from request to request, in a signed cookie unless the application keeps it elsewhere. */
export const session: Session = standIn(() => requireRequestContext().session)

/** The namespace of the current context: put there what later parts of the same request need. */
export const g: Globals = standIn(() => requireContext().g)

/** The application that handles the current request or command. */
export const currentApp: Phial = standIn(() => requireContext().app)
