import { UndefinedError } from '../errors.ts'
import { repr } from './python-text.ts'
import { objectTypeRepr } from './type-name.ts'

/** Stands for "no object": the value was looked up by name in the context, not on another value. */
export const MISSING: unique symbol = Symbol('missing')

/** The class of error that an undefined value raises when it is used. */
export type UndefinedErrorClass = new (message: string) => Error

/** A class that makes undefined values. */
export type UndefinedClass = new (
  hint?: string | null,
  object?: unknown,
  name?: unknown,
  errorClass?: UndefinedErrorClass,
) => Undefined

/** The undefined values behind errors: hints are made of them. */
const undefinedValues = new WeakMap<object, Undefined>()

/** The undefined value that raised an error, if one did. */
export function undefinedBehind(error: unknown): Undefined | undefined {
  return undefinedValues.get(error as object)
}

/**
 * What a name or member that does not exist gives in a template. It prints nothing, is false and iterates over
 * nothing; every other use raises {@link UndefinedError} with a message that tells what was missing.
 *
 * Subclasses change single behaviours by overriding a method. The engine asks these methods; templates cannot.
 */
export class Undefined {
  readonly #hint: string | null
  readonly #object: unknown
  readonly #name: unknown
  readonly #errorClass: UndefinedErrorClass

  /**
   * @param hint The whole message, where the reason is another one than a missing name.
   * @param object The value that lacks the member. Default: none, the name was looked up in the context.
   * @param name The name, or the key of an item.
   * @param errorClass What to raise. Default: {@link UndefinedError}.
   */
  constructor(
    hint: string | null = null,
    object: unknown = MISSING,
    name: unknown = null,
    errorClass: UndefinedErrorClass = UndefinedError,
  ) {
    this.#hint = hint
    this.#object = object
    this.#name = name
    this.#errorClass = errorClass
  }

  /** What was missing, and where. */
  undefinedMessage(): string {
    if (this.#hint) return this.#hint
    if (this.#object === MISSING) return `${repr(this.#name)} is undefined`
    const owner = objectTypeRepr(this.#object)
    if (typeof this.#name !== 'string') return `${owner} has no element ${repr(this.#name)}`
    return `${repr(owner)} has no attribute ${repr(this.#name)}`
  }

  /** The name or key, the object and the hint, as given. */
  undefinedParts(): { hint: string | null; object: unknown; name: unknown; errorClass: UndefinedErrorClass } {
    return { hint: this.#hint, object: this.#object, name: this.#name, errorClass: this.#errorClass }
  }

  /** Raises the error. Called for every operation that an undefined value does not take part in. */
  fail(): never {
    const error = new this.#errorClass(this.undefinedMessage())
    undefinedValues.set(error, this)
    throw error
  }

  /** What is printed. */
  toString(): string {
    return ''
  }

  /** Its truth in `if` and `and`. */
  toBoolean(): boolean {
    return false
  }

  /** The items of a loop over it. */
  toItems(): readonly unknown[] {
    return []
  }

  /** `value|length` */
  size(): number {
    return 0
  }

  /** `==`: all undefined values of one class are equal. */
  isEqual(other: unknown): boolean {
    return typeof other === 'object' && other !== null && other.constructor === this.constructor
  }

  /** `item in value` */
  contains(_item: unknown): boolean {
    return false
  }

  /** `value.name` and `value[key]` */
  member(_key: unknown): unknown {
    return this.fail()
  }

  /** Called where the value becomes the key of a dict. */
  hashKey(): unknown {
    return this.constructor
  }

  __repr__(): string {
    return 'Undefined'
  }

  __type_name__(): string {
    return `jinja2.runtime.${this.constructor.name}`
  }
}

/** Gives itself for every attribute and item, so that `a.b.c` prints nothing wherever the chain ends. */
export class ChainableUndefined extends Undefined {
  override member(_key: unknown): unknown {
    return this
  }

  __html__(): string {
    return this.toString()
  }
}

/** Prints the name it has in the template, or what was missing: `{{ user.nmae }}`. */
export class DebugUndefined extends Undefined {
  override toString(): string {
    const { hint, object, name } = this.undefinedParts()
    if (hint) return `{{ undefined value printed: ${hint} }}`
    if (object === MISSING) return `{{ ${String(name)} }}`
    return `{{ no such element: ${objectTypeRepr(object)}[${repr(name)}] }}`
  }
}

/** Raises for everything but the tests `defined` and `undefined` and the filter `default`. */
export class StrictUndefined extends Undefined {
  override toString(): string {
    return this.fail()
  }

  override toBoolean(): boolean {
    return this.fail()
  }

  override toItems(): readonly unknown[] {
    return this.fail()
  }

  override size(): number {
    return this.fail()
  }

  override isEqual(_other: unknown): boolean {
    return this.fail()
  }

  override contains(_item: unknown): boolean {
    return this.fail()
  }

  override hashKey(): unknown {
    return this.fail()
  }
}

/** Where {@link makeLoggingUndefined} reports to. `console` is one. */
export interface UndefinedLogger {
  /** An undefined value was printed, looped over or asked for its truth. */
  warn(message: string): void
  /** An undefined value raised an error. */
  error(message: string): void
}

/** A class of undefined values that behaves as `base` and reports each use. */
export function makeLoggingUndefined(
  logger: UndefinedLogger,
  base: typeof Undefined = Undefined,
): typeof Undefined {
  const warn = (value: Undefined): void =>
    logger.warn(`Template variable warning: ${value.undefinedMessage()}`)
  return class LoggingUndefined extends base {
    override fail(): never {
      logger.error(`Template variable error: ${this.undefinedMessage()}`)
      return super.fail()
    }

    override toString(): string {
      warn(this)
      return super.toString()
    }

    override toItems(): readonly unknown[] {
      warn(this)
      return super.toItems()
    }

    override toBoolean(): boolean {
      warn(this)
      return super.toBoolean()
    }
  }
}

/** Whether a value is missing: an undefined value of the engine, or JavaScript's own `undefined`. */
export function isUndefined(value: unknown): value is Undefined | undefined {
  return value === undefined || value instanceof Undefined
}

/** Raises for an undefined operand, the engine's or JavaScript's own; returns otherwise. */
export function refuseUndefined(value: unknown): void {
  if (value instanceof Undefined) value.fail()
  if (value === undefined) throw new UndefinedError('a value without a name is undefined')
}
