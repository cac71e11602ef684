import { DEFAULT_CONFIG, type PhialConfig } from './config-defaults.ts'

/** Where a configuration object keeps its entries: typed for Phial's own keys, open for those of applications. */
export type ConfigValues = PhialConfig & Record<string, unknown>

/**
 * The configuration of an application: a plain object of UPPER_CASE keys with methods to fill it.
 *
 * ```ts
 * app.config.SECRET_KEY = process.env.SECRET_KEY ?? null
 * app.config.update({ MAX_CONTENT_LENGTH: 32 * 1024 * 1024 })
 * ```
 */
export type Config = ConfigValues & ConfigMethods

export interface ConfigMethods {
  /** Sets many keys at once. */
  update(values: Partial<PhialConfig> & Record<string, unknown>): void
  /** Takes the UPPER_CASE keys of an object, such as an imported module: `fromObject(await import('./settings.ts'))`. */
  fromObject(object: object): void
  /** Takes the UPPER_CASE keys of an object that was read from a file or the like. */
  fromMapping(values: Readonly<Record<string, unknown>>): void
  /**
   * The entries whose names start with `prefix`, without it and in lower case.
   *
   * `getNamespace('IMAGE_STORE_')` gives `{ type: 'fs', path: '/var/images' }` for `IMAGE_STORE_TYPE` and
   * `IMAGE_STORE_PATH`.
   */
  getNamespace(prefix: string, options?: NamespaceOptions): Record<string, unknown>
}

export interface NamespaceOptions {
  /** Whether names become lower case. Default true. */
  lowercase?: boolean
  /** Whether the prefix is cut off. Default true. */
  trimNamespace?: boolean
}

const methods: ConfigMethods = {
  update(this: Config, values) {
    for (const [key, value] of Object.entries(values)) setKey(this, key, value)
  },
  fromObject(this: Config, object) {
    for (const [key, value] of Object.entries(object)) if (isConfigKey(key)) setKey(this, key, value)
  },
  fromMapping(this: Config, values) {
    this.fromObject(values)
  },
  getNamespace(this: Config, prefix, { lowercase = true, trimNamespace = true } = {}) {
    const found: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(this)) {
      if (!key.startsWith(prefix)) continue
      const name = trimNamespace ? key.slice(prefix.length) : key
      setKey(found, lowercase ? name.toLowerCase() : name, value)
    }
    return found
  },
}

/** A configuration with Phial's defaults and `overrides`. */
export function createConfig(overrides: Partial<PhialConfig> & Record<string, unknown> = {}): Config {
  // The methods are inherited, so that only configuration shows in `Object.keys(config)`.
  const config = Object.create(methods) as Config
  Object.assign(config, DEFAULT_CONFIG)
  config.update(overrides)
  return config
}

// Keys come from files and the environment, so `__proto__` is one like any other.
function setKey(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/** Whether a name is one of configuration: letters in upper case, digits and underscores. */
function isConfigKey(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name)
}
