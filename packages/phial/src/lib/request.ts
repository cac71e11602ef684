import {
  BadRequest,
  type BodyLimits,
  type FileStorage,
  Request as HttpRequest,
  resolveBodyLimits,
} from '@phial/http'
import type { ImmutableMultiDict } from '@phial/http/collections'
import type { Rule } from '@phial/router'
import { andThen } from './and-then.ts'
import type { Config } from './config.ts'
import type { RequestContext } from './context/context.ts'
import { MissingFiles } from './missing-files.ts'

/** A request to an application: as that of `@phial/http`, and where the application routed it. */
export class Request extends HttpRequest {
  /** The context in which the request is handled; null before there is one. */
  context: RequestContext | null = null

  /** The rule that matched, or null. */
  get urlRule(): Rule<string> | null {
    return this.context?.route ?? null
  }

  /** The endpoint of the rule that matched, or null. */
  get endpoint(): string | null {
    return this.context?.endpoint ?? null
  }

  /** The name of the innermost blueprint of the endpoint, or null. */
  get blueprint(): string | null {
    return this.blueprints[0] ?? null
  }

  /** The names of the endpoint's blueprints, the innermost first. */
  get blueprints(): readonly string[] {
    return this.context?.scope.names ?? []
  }

  /** The values of the URL, or null where no rule matched. */
  get viewArgs(): Readonly<Record<string, unknown>> | null {
    return this.context?.route ? this.context.params : null
  }

  override readFiles(): ImmutableMultiDict<FileStorage> | Promise<ImmutableMultiDict<FileStorage>> {
    if (this.context?.app.debug !== true || this.mimetype === 'multipart/form-data') return super.readFiles()
    return andThen(this.readForm(), (form) => new MissingFiles(this.mimetype, form))
  }

  protected override get defaultLimits(): BodyLimits {
    return this.context === null ? super.defaultLimits : configuredLimits(this.context.app.config)
  }

  protected override loadJson(json: string): unknown {
    return this.context === null ? super.loadJson(json) : this.context.app.json.loads(json)
  }

  protected override onJsonLoadingFailed(error: unknown): unknown {
    // What the parser says is for developers; clients are told that the JSON is bad, and no more.
    if (this.context === null || this.context.app.debug) return super.onJsonLoadingFailed(error)
    throw new BadRequest(undefined, { cause: error })
  }
}

/** The limits of each configuration, and of which values they were made. */
const CACHE = new WeakMap<Config, { values: readonly unknown[]; limits: BodyLimits }>()

/** The limits of an application's configuration, checked when they change. */
function configuredLimits(config: Config): BodyLimits {
  const { MAX_CONTENT_LENGTH, MAX_JSON_LENGTH, MAX_FORM_MEMORY_SIZE, MAX_FORM_PARTS } = config
  const cached = CACHE.get(config)
  if (
    cached !== undefined &&
    cached.values[0] === MAX_CONTENT_LENGTH &&
    cached.values[1] === MAX_JSON_LENGTH &&
    cached.values[2] === MAX_FORM_MEMORY_SIZE &&
    cached.values[3] === MAX_FORM_PARTS
  ) {
    return cached.limits
  }
  const limits = resolveBodyLimits({
    maxContentLength: MAX_CONTENT_LENGTH,
    maxJsonLength: MAX_JSON_LENGTH,
    maxFormMemorySize: MAX_FORM_MEMORY_SIZE,
    maxFormParts: MAX_FORM_PARTS,
  })
  const values = [MAX_CONTENT_LENGTH, MAX_JSON_LENGTH, MAX_FORM_MEMORY_SIZE, MAX_FORM_PARTS]
  CACHE.set(config, { values, limits })
  return limits
}
