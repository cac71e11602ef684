/** Keyword arguments: an object with a mark, as the last argument of a call. Filters and functions get it as it is. */
export interface KeywordArguments {
  readonly __keywords: true
  readonly [name: string]: unknown
}

/** Marks an object as keyword arguments. */
export function makeKeywordArgs(values: Record<string, unknown>): KeywordArguments {
  values['__keywords'] = true
  return values as unknown as KeywordArguments
}

export function isKeywordArgs(value: unknown): value is KeywordArguments {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '__keywords')
}

/** The arguments of a call by the parameters of a macro: those by position, those with defaults, and the caller. */
export interface BoundArguments {
  readonly positional: readonly unknown[]
  /** By name; what is missing has its default. */
  readonly named: Readonly<Record<string, unknown>>
}

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null))

/** More positional arguments than there are names fill those with defaults; missing ones are taken by name. */
export function bindArguments(
  args: readonly unknown[],
  names: readonly string[],
  defaulted: readonly string[],
): BoundArguments {
  const last = args.at(-1)
  const isKeyed = isKeywordArgs(last)
  const count = isKeyed ? args.length - 1 : args.length
  if (!isKeyed && count === names.length) return { positional: args, named: NOTHING }
  const named: Record<string, unknown> = Object.create(null)
  if (isKeyed) for (const key of Object.keys(last)) named[key] = last[key]
  const positional = args.slice(0, Math.min(count, names.length))
  for (let index = names.length; index < count && index - names.length < defaulted.length; index++) {
    named[defaulted[index - names.length]!] = args[index]
  }
  for (let index = count; index < names.length; index++) positional.push(named[names[index]!])
  return { positional, named }
}

/**
 * A function that takes its arguments by position or by name, as macros do: `sort(reverse=true)`.
 *
 * @param names The parameters that the function gets, in order.
 */
export function makeMacro<This>(
  names: readonly string[],
  fn: (this: This, ...args: never[]) => unknown,
): (this: This, ...args: unknown[]) => unknown {
  return function (this: This, ...args: unknown[]): unknown {
    return Reflect.apply(fn, this, bindArguments(args, names, []).positional)
  }
}
