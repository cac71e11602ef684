import type { Loader } from '@phial/jinja'
import type { Phial } from '../app.ts'
import { defaultEndpoint, routeMethods, type UrlRuleOptions } from '../route-options.ts'
import type { View } from '../typing.ts'
import type { Scoped } from './scope.ts'

/** Where and how a blueprint is registered; each option takes the place of the blueprint's own. */
export interface RegisterBlueprintOptions {
  /** The path before the rules. */
  urlPrefix?: string
  /** The subdomain of the rules that name none. */
  subdomain?: string
  /** Values for parameters that the rules do not have. */
  urlDefaults?: Readonly<Record<string, unknown>>
  /** The name in endpoints, so that one blueprint can be registered several times. */
  name?: string
  /** The group of its commands; null: none, they stand beside those of the application. */
  cliGroup?: string | null
}

/** A blueprint as an application sees it, whatever its prefix. */
export interface RegisteredBlueprint extends Scoped {
  readonly name: string
  readonly rootPath: string | null
  readonly staticFolder: string | null
  readonly templateFolder: string | null
  readonly templateLoader: Loader | null
  register(app: Phial, options: RegisterBlueprintOptions, outer?: BlueprintSetupState | null): void
}

/** What a blueprint is while it is registered; functions given to `blueprint.record` get it. */
export class BlueprintSetupState {
  readonly app: Phial
  /** Whether the blueprint is registered on this application for the first time. */
  readonly firstRegistration: boolean
  /** The full name: those of the blueprints around it too. */
  readonly name: string
  readonly urlPrefix: string | null
  readonly subdomain: string | null
  readonly urlDefaults: Readonly<Record<string, unknown>>

  constructor(
    app: Phial,
    firstRegistration: boolean,
    resolved: {
      name: string
      urlPrefix: string | null
      subdomain: string | null
      urlDefaults: Readonly<Record<string, unknown>>
    },
  ) {
    this.app = app
    this.firstRegistration = firstRegistration
    this.name = resolved.name
    this.urlPrefix = resolved.urlPrefix
    this.subdomain = resolved.subdomain
    this.urlDefaults = resolved.urlDefaults
  }

  /** Registers a rule on the application: behind the prefix, and with an endpoint behind the blueprint's name. */
  addUrlRule(rule: string, options: UrlRuleOptions): void {
    const { defaults, subdomain, ...rest } = options
    const methods = routeMethods(rest.methods, rest.view)
    const endpoint = rest.endpoint ?? defaultEndpoint(rule, methods, rest.view).replaceAll('.', '_')
    const merged = { ...this.urlDefaults, ...defaults }
    const below = subdomain ?? this.subdomain
    this.app.addUrlRule(joinPrefix(this.urlPrefix, rule), {
      ...rest,
      endpoint: `${this.name}.${endpoint}`,
      view: rest.view as View<never>,
      ...(Object.keys(merged).length === 0 ? {} : { defaults: merged }),
      ...(below === null ? {} : { subdomain: below }),
    } as UrlRuleOptions)
  }
}

/** A path behind a prefix, with one slash between them. */
export function joinPrefix(prefix: string | null, path: string): string {
  if (prefix === null) return path
  return path === '' ? prefix : `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
}
