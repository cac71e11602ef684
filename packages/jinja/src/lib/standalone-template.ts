import { Environment } from './environment.ts'
import type { EnvironmentOptions } from './environment-options.ts'
import { LruCache } from './lru-cache.ts'
import type { TemplateInit } from './template.ts'
import { Template } from './template.ts'

/** Environments of templates that have none of their own, by their options. */
const environments = new LruCache<string, { readonly options: EnvironmentOptions; environment: Environment }>(
  10,
)

/**
 * A compiled template. Environments make them; one made of a source has no environment of its own: all with the same
 * options share one. For more than a few templates make an `Environment`.
 *
 * ```ts
 * new Template('Hi {{ name }}!').render({ name: 'Ann' }) // Hi Ann!
 * ```
 */
export class StandaloneTemplate extends Template {
  constructor(source: string | TemplateInit, options: EnvironmentOptions = {}) {
    super(typeof source === 'string' ? environmentFor(options).fromString(source) : source)
  }

  /** The templates of environments are templates too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(Template, value)
  }
}

function environmentFor(options: EnvironmentOptions): Environment {
  const key = Object.keys(options).sort().join()
  const known = environments.get(key)
  if (known !== undefined && isSame(known.options, options)) return known.environment
  const environment = new Environment(options)
  environments.set(key, { options, environment })
  return environment
}

function isSame(left: EnvironmentOptions, right: EnvironmentOptions): boolean {
  return Object.entries(left).every(([name, value]) => right[name as keyof EnvironmentOptions] === value)
}

/** Forgets the environments of templates made of a source. */
export function clearCaches(): void {
  environments.clear()
}
