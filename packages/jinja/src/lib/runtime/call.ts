import { quote } from '@phial/markup/text'
import { callValue } from '../values/call.ts'
import { toArray } from '../values/iterate.ts'
import { Kwargs } from '../values/kwargs.ts'
import { callMethod as callMemberOf } from '../values/lookup.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { signatureOf } from '../values/signature.ts'
import { escapeText, plainTextOf } from '../values/text-value.ts'
import { typeName } from '../values/type-name.ts'
import { refuseUndefined, Undefined } from '../values/undefined.ts'
import type { RuntimeEnvironment } from './compiled.ts'
import type { Context } from './context.ts'
import { Macro } from './macro.ts'
import { printMarked } from './output.ts'
import { TemplateModule } from './template-module.ts'

/** Calls a value of a template, without asking whether it may be called. */
export function call(
  context: Context,
  callee: unknown,
  args: readonly unknown[],
  kwargs: Kwargs | null,
): unknown {
  if (callee instanceof Macro) return callee.__invoke__(args, kwargs, context.evalContext.autoescape)
  return given(callValue(callee, undefined, args, kwargs, context), context.environment)
}

/** What a call prints where values are escaped: `escapeText(call(…))`, without Markup between a macro and its text. */
export function printCall(
  context: Context,
  callee: unknown,
  args: readonly unknown[],
  kwargs: Kwargs | null,
): string {
  if (!(callee instanceof Macro)) return escapeText(call(context, callee, args, kwargs))
  return printMarked(context, callee.__invoke__(args, kwargs, false))
}

/** As {@link printCall}, of `object.name(…)`. */
export function printMethod(
  context: Context,
  object: unknown,
  name: string,
  args: readonly unknown[],
  kwargs: Kwargs | null,
): string {
  return object instanceof TemplateModule
    ? printCall(context, memberOf(context, object, name), args, kwargs)
    : escapeText(callMethod(context, object, name, args, kwargs))
}

/** Calls `object.name(…)`, without asking whether it may be called. */
export function callMethod(
  context: Context,
  object: unknown,
  name: string,
  args: readonly unknown[],
  kwargs: Kwargs | null,
): unknown {
  if (object instanceof TemplateModule) {
    return call(context, memberOf(context, object, name), args, kwargs)
  }
  return given(callMemberOf(object, name, args, kwargs, context), context.environment)
}

function memberOf(context: Context, module: TemplateModule, name: string): unknown {
  return module.__getattr__(name) ?? context.environment.makeUndefined(null, module, name)
}

/** JavaScript functions that return nothing give an undefined value. */
function given(value: unknown, environment: RuntimeEnvironment): unknown {
  return value === undefined
    ? environment.makeUndefined('the function that was called returned undefined')
    : value
}

/** Calls a filter or test whose parameters were not known when the template was compiled. */
export function callFilter(
  context: Context,
  filter: unknown,
  args: readonly unknown[],
  kwargs: Kwargs | null,
): unknown {
  return given(callValue(filter, undefined, args, kwargs, context), context.environment)
}

/** Whether a function asks for the context. It then gets one with the variables of the loop or block around the call. */
export function takesContext(callee: unknown): boolean {
  return typeof callee === 'function' && signatureOf(callee)?.pass === 'context'
}

/** `*values` in a call. */
export function spreadArguments(values: unknown): readonly unknown[] {
  if (values instanceof Undefined) return toArray(values)
  try {
    return toArray(values)
  } catch (error) {
    if (!(error instanceof TypeError) || typeof values === 'object') throw error
    throw new TypeError(
      `jinja2.runtime.Context.call() argument after * must be an iterable, not ${typeName(values)}`,
    )
  }
}

/**
 * `**mapping` in a call, added to the keyword arguments that are written out.
 *
 * @throws {TypeError} if it is no mapping, or has a name that is given already.
 */
export function spreadKwargs(kwargs: Kwargs | null, mapping: unknown): Kwargs {
  const all = kwargs ?? new Kwargs()
  if (!isMapping(mapping)) {
    refuseUndefined(mapping)
    throw new TypeError(
      `jinja2.runtime.Context.call() argument after ** must be a mapping, not ${typeName(mapping)}`,
    )
  }
  for (const [key, value] of mappingItems(mapping)) {
    const name = plainTextOf(key)
    if (name === undefined) throw new TypeError('keywords must be strings')
    if (all.has(name)) {
      throw new TypeError(
        `jinja2.runtime.Context.call() got multiple values for keyword argument ${quote(name)}`,
      )
    }
    all.set(name, value)
  }
  return all
}
