import { quote } from '@phial/markup/text'
import { FilterArgumentError, TemplateRuntimeError } from '../errors.ts'
import { isAsyncIterable, isPromise } from '../runtime/async.ts'
import type { ContextView, TemplateFunction } from '../runtime-interface.ts'
import { callValue, passedArgument } from '../values/call.ts'
import { GeneratorValue, SKIP } from '../values/generator-value.ts'
import { isOneShot, iterate, toArray } from '../values/iterate.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { repr } from '../values/python-text.ts'
import { bindArguments, signatureOf } from '../values/signature.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { Undefined } from '../values/undefined.ts'
import type { AsyncItems } from './async.ts'
import { asyncVariantOf, isAsyncSource, withAsyncVariant } from './async.ts'
import type { Getter } from './attribute.ts'
import { attributeGetter, itself } from './attribute.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Filters that apply another filter or a test to each item, when the item is asked for. */
export const eachFilters: readonly Row[] = [
  lazy('map', prepareMap, (_, result) => result),
  lazy('select', prepareTest(false), keepIf(true)),
  lazy('reject', prepareTest(false), keepIf(false)),
  lazy('selectattr', prepareTest(true), keepIf(true)),
  lazy('rejectattr', prepareTest(true), keepIf(false)),
]

/** Makes what is called for each item. Throws if the arguments do not fit. */
type Prepare = (context: ContextView, args: readonly unknown[], kwargs: Kwargs, isAsync: boolean) => Getter

/** What becomes of an item: a value, or `SKIP`. */
type Finish = (item: unknown, result: unknown) => unknown

function keepIf(wanted: boolean): Finish {
  return (item, result) => (isTrue(result) === wanted ? item : SKIP)
}

function lazy(name: string, prepare: Prepare, finish: Finish): Row {
  const row = define(
    `sync_do_${name}(value, *, **)`,
    (context: ContextView, value: unknown, args: readonly unknown[], kwargs: Kwargs): GeneratorValue => {
      let call: Getter
      return new GeneratorValue(
        () => {
          if (!isTrue(value)) return []
          call = prepare(context, args, kwargs, false)
          return isOneShot(value) ? iterate(value) : toArray(value)
        },
        (item) => finish(item, call(item)),
      )
    },
    'context',
  )
  return withAsyncVariant(
    row,
    (context: ContextView, value: unknown, args: readonly unknown[], kwargs: Kwargs): AsyncItems => {
      const begin = (): Getter => prepare(context, args, kwargs, true)
      if (isAsyncSource(value) || isOneShot(value)) return asyncItems(value, begin, finish)
      return isTrue(value) ? itemsNow(toArray(value), begin(), finish) : new GeneratorValue(() => [], itself)
    },
  )
}

/** The results of items that are all at hand. Waits only from the first promise on. */
function itemsNow(
  items: readonly unknown[],
  call: Getter,
  finish: Finish,
): GeneratorValue | Promise<GeneratorValue> {
  const results: unknown[] = []
  for (let index = 0; index < items.length; index++) {
    const result = call(items[index])
    if (isPromise(result)) return itemsLater(items, index, result, results, call, finish)
    results.push(finish(items[index], result))
  }
  return new GeneratorValue(() => results, itself)
}

async function itemsLater(
  items: readonly unknown[],
  at: number,
  first: PromiseLike<unknown>,
  results: unknown[],
  call: Getter,
  finish: Finish,
): Promise<GeneratorValue> {
  results.push(finish(items[at], await first))
  for (let index = at + 1; index < items.length; index++) {
    const result = call(items[index])
    results.push(finish(items[index], isPromise(result) ? await result : result))
  }
  return new GeneratorValue(() => results, itself)
}

async function* asyncItems(source: unknown, begin: () => Getter, finish: Finish): AsyncGenerator<unknown> {
  const value: unknown = await source
  const isAsync = isAsyncIterable(value)
  if (!isAsync && !isTrue(value)) return
  const call = begin()
  const items = isAsync ? value : { [Symbol.iterator]: () => iterate(value) }
  for await (const item of items) {
    const result = finish(item, await call(item))
    if (result !== SKIP) yield result
  }
}

function prepareMap(
  context: ContextView,
  args: readonly unknown[],
  kwargs: Kwargs,
  isAsync: boolean,
): Getter {
  if (args.length > 0) return byName('filter', context, args[0], args.slice(1), kwargs, isAsync)
  if (!kwargs.has('attribute')) throw new FilterArgumentError('map requires a filter argument')
  for (const name of kwargs.keys()) {
    if (name !== 'attribute' && name !== 'default') {
      throw new FilterArgumentError(`Unexpected keyword argument ${quote(name)}`)
    }
  }
  return attributeGetter(context.environment, kwargs.get('attribute'), kwargs.get('default'))
}

function prepareTest(ofAttribute: boolean): Prepare {
  return (context, args, kwargs, isAsync) => {
    if (ofAttribute && args.length === 0) {
      throw new FilterArgumentError('Missing parameter for attribute name')
    }
    const get = ofAttribute ? attributeGetter(context.environment, args[0]) : itself
    const rest = ofAttribute ? args.slice(1) : args
    if (rest.length === 0) return get
    const test = byName('test', context, rest[0], rest.slice(1), kwargs, isAsync)
    return ofAttribute ? (item) => test(get(item)) : test
  }
}

/**
 * A filter or test with all its arguments but the first, bound when the first item comes.
 *
 * @throws {TemplateRuntimeError} for an unknown name, from the first item.
 */
function byName(
  kind: 'filter' | 'test',
  context: ContextView,
  name: unknown,
  args: readonly unknown[],
  kwargs: Kwargs,
  isAsync: boolean,
): Getter {
  let call: Getter | undefined
  return (item) => {
    call ??= bind(find(kind, context, name, isAsync), context, args, kwargs)
    return call(item)
  }
}

function find(
  kind: 'filter' | 'test',
  context: ContextView,
  name: unknown,
  isAsync: boolean,
): TemplateFunction {
  const { filters, tests } = context.environment
  const found = (kind === 'filter' ? filters : tests).get(plainTextOf(name)!)
  if (found !== undefined) return isAsync ? (asyncVariantOf(found) ?? found) : found
  const message = `No ${kind} named ${repr(name)}.`
  const hint =
    name instanceof Undefined
      ? ` (${name.undefinedMessage()}; did you forget to quote the callable name?)`
      : ''
  throw new TemplateRuntimeError(message + hint)
}

function bind(fn: TemplateFunction, context: ContextView, args: readonly unknown[], kwargs: Kwargs): Getter {
  const signature = signatureOf(fn)
  if (signature?.parameters === undefined || signature.parameters.length === 0) {
    return (item) => callValue(fn, undefined, [item, ...args], kwargs, context)
  }
  const bound = Array.from(bindArguments(signature, [undefined, ...args], kwargs))
  if (signature.pass !== undefined) {
    const passed = passedArgument(signature.pass, context)
    return (item) => {
      bound[0] = item
      return fn(passed, ...bound)
    }
  }
  if (bound.length === 1) return (item) => fn(item)
  return (item) => {
    bound[0] = item
    return fn(...bound)
  }
}
