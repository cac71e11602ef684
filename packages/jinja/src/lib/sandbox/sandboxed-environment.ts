import type { EnvironmentOptions } from '../environment.ts'
import { Environment } from '../environment.ts'
import { SecurityError, TemplateSyntaxError } from '../errors.ts'
import type { Context } from '../runtime/context.ts'
import type { ContextView, Meter } from '../runtime-interface.ts'
import type { Template } from '../syntax/ast.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { builtInMethod } from '../values/lookup.ts'
import type { Method } from '../values/methods/method.ts'
import { bindMethod, callBuiltIn } from '../values/methods/method.ts'
import type { BinaryFunction, UnaryFunction } from '../values/operator-table.ts'
import { binaryOperators, unaryOperators } from '../values/operator-table.ts'
import { repr } from '../values/python-text.ts'
import { typeName } from '../values/type-name.ts'
import type { Undefined } from '../values/undefined.ts'
import { growth } from './growth.ts'
import { guardFunction, guardMethod, guardRange } from './guarded-function.ts'
import type { LookupRules } from './guarded-lookup.ts'
import { guardedAttribute, guardedItem } from './guarded-lookup.ts'
import type { SandboxLimits } from './limits.ts'
import { Fuel, resolveLimits } from './limits.ts'
import { refuseLongOperands } from './operators.ts'
import { isInternalAttribute, isSafeCallable, modifiesKnownMutable } from './policy.ts'

export interface SandboxOptions extends EnvironmentOptions {
  /** What one rendering may use up. Default: see {@link SandboxLimits}. */
  readonly limits?: Partial<SandboxLimits>
}

/**
 * An environment for templates of people who are not trusted. Members that lead into the language are undefined values
 * that raise `SecurityError` when they are used, calls of marked functions raise it, and a rendering that uses up too
 * much ends with it.
 *
 * What is put into the context can be reached: give templates data, not services. Getters and methods of instances run
 * as they are written.
 */
export class SandboxedEnvironment extends Environment {
  readonly limits: SandboxLimits
  /** Binary operators that go through {@link callBinop}. Default: none. */
  override interceptedBinops: ReadonlySet<string> = new Set()
  /** Unary operators that go through {@link callUnop}. Default: none. */
  override interceptedUnops: ReadonlySet<string> = new Set()
  /** What {@link callBinop} computes with. */
  readonly binopTable: Map<string, BinaryFunction> = new Map(Object.entries(binaryOperators))
  /** What {@link callUnop} computes with. */
  readonly unopTable: Map<string, UnaryFunction> = new Map(Object.entries(unaryOperators))
  readonly #rules: LookupRules = {
    isSafeAttribute: (object, name, value) => this.isSafeAttribute(object, name, value),
    unsafeUndefined: (object, name) => this.unsafeUndefined(object, name),
    missing: (object, key) => this.makeUndefined(null, object, key),
    bind: (method, object) => bindMethod(this.#limited(method), object),
  }

  constructor({ limits, ...options }: SandboxOptions = {}) {
    super(options)
    this.limits = resolveLimits(limits)
    const { length, range } = this.limits
    guardRange(this.globals, range)
    for (const [name, estimate] of growth.functions) {
      guardFunction(this.globals, name, (_, args, named) => estimate(undefined, args, named), length, 0)
    }
    for (const [name, estimate] of growth.filters) guardFunction(this.filters, name, estimate, length, 1)
  }

  override get sandboxed(): boolean {
    return true
  }

  override makeMeter(): Meter {
    return new Fuel(this.limits)
  }

  override parse(source: string, name: string | null = null, filename: string | null = null): Template {
    const limit = this.limits.source
    if (source.length > limit) {
      throw new TemplateSyntaxError(
        `the source is longer than the sandbox allows (${source.length} of ${limit} characters)`,
        { templateName: name, filename, lineno: 1 },
      )
    }
    return super.parse(source, name, filename)
  }

  /** Whether a template may read an attribute. Override it to allow less. Items of mappings are always allowed. */
  isSafeAttribute(object: unknown, name: string, _value: unknown): boolean {
    return !(name.startsWith('_') || isInternalAttribute(object, name))
  }

  /** Whether a template may call a value. Override it to allow less. */
  isSafeCallable(callee: unknown): boolean {
    return isSafeCallable(callee)
  }

  /** What stands for an attribute that is refused. */
  unsafeUndefined(object: unknown, name: string): Undefined {
    const message = `access to attribute ${repr(name)} of ${repr(typeName(object))} object is unsafe.`
    return this.makeUndefined(message, object, name, SecurityError)
  }

  /**
   * A class, if generated code may read public members of objects with this `constructor` in place where they are no
   * functions: such a member is data, or an attribute that a template may read. Else, if somebody has overridden a rule,
   * what is the `constructor` of no object.
   */
  inPlace(Class: unknown): unknown {
    const rules = SandboxedEnvironment.prototype
    const hasOwnRules =
      this.getattr !== rules.getattr || this.getitem !== rules.getitem || !this.allowsPublicData
    return hasOwnRules ? NO_CLASS : Class
  }

  /** Whether {@link isSafeAttribute} allows all public members that are no functions. */
  protected get allowsPublicData(): boolean {
    return this.isSafeAttribute === SandboxedEnvironment.prototype.isSafeAttribute
  }

  override getattr(object: unknown, name: string): unknown {
    return guardedAttribute(this.#rules, object, name)
  }

  override getitem(object: unknown, key: unknown): unknown {
    return guardedItem(this.#rules, object, key)
  }

  override call(
    context: ContextView | undefined,
    callee: unknown,
    args: readonly unknown[],
    kwargs: Kwargs | null,
  ): unknown {
    if (!this.isSafeCallable(callee)) throw new SecurityError(`${repr(callee)} is not safely callable`)
    context?.meter?.step()
    return counted(context, super.call(context, callee, args, kwargs))
  }

  override callMethod(
    context: Context,
    object: unknown,
    name: string,
    args: readonly unknown[],
    kwargs: Kwargs | null,
  ): unknown {
    const method = isInternalAttribute(object, name) ? undefined : builtInMethod(object, name)
    if (method === undefined) return this.call(context, this.getattr(object, name), args, kwargs)
    if (!this.isSafeAttribute(object, name, method.invoke)) this.unsafeUndefined(object, name).fail()
    counted(context, object)
    for (const argument of args) counted(context, argument)
    return counted(context, callBuiltIn(this.#limited(method), object, args, kwargs, context))
  }

  /** `left operator right`, for all binary operators of a template. */
  override operate(context: Context, operator: string, left: unknown, right: unknown): unknown {
    refuseLongOperands(operator, left, right, this.limits.length)
    const result = this.interceptedBinops.has(operator)
      ? this.callBinop(context, operator, left, right)
      : binaryOperators[operator as keyof typeof binaryOperators](left, right)
    return counted(context, result)
  }

  /** Computes an intercepted operator. Override it, or change {@link binopTable}. */
  override callBinop(_context: Context, operator: string, left: unknown, right: unknown): unknown {
    return this.binopTable.get(operator)!(left, right)
  }

  /** Computes an intercepted operator. Override it, or change {@link unopTable}. */
  override callUnop(_context: Context, operator: string, value: unknown): unknown {
    return this.unopTable.get(operator)!(value)
  }

  #limited(method: Method): Method {
    const estimate = growth.methods.get(method.signature.name)
    return estimate === undefined ? method : guardMethod(method, estimate, this.limits.length)
  }
}

/** As {@link SandboxedEnvironment}; templates cannot change lists, dicts and sets they are given either. */
export class ImmutableSandboxedEnvironment extends SandboxedEnvironment {
  override isSafeAttribute(object: unknown, name: string, value: unknown): boolean {
    return super.isSafeAttribute(object, name, value) && !modifiesKnownMutable(object, name)
  }

  protected override get allowsPublicData(): boolean {
    return this.isSafeAttribute === ImmutableSandboxedEnvironment.prototype.isSafeAttribute
  }
}

/** What no value has for a `constructor`. */
const NO_CLASS = Symbol('no class')

/** What calls and operators made counts by its length. A promise counts when it is there. */
function counted<T>(context: ContextView | undefined, value: T): T {
  const meter = context?.meter
  if (meter === undefined || meter === null) return value
  return value instanceof Promise
    ? (value.then((settled: unknown) => meter.made(settled)) as T)
    : meter.made(value)
}
