import { parseJson } from '@phial/http'
import { DEFAULT_CONFIG, type PhialConfig } from './config-defaults.ts'
import { type ConfigFileOptions, readConfigFile } from './config-file.ts'
import { environment } from './environment.ts'

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

/** Keys to set: those that are declared with their types, and any others. */
export type ConfigInit = Partial<PhialConfig> | (Partial<PhialConfig> & Record<string, unknown>)

export interface ConfigMethods {
  /** Sets many keys at once. */
  update(values: ConfigInit): void
  /**
   * Takes the UPPER_CASE keys of an object, such as an imported module: `fromObject(await import('./settings.ts'))`. Of
   * a class its static members count, inherited ones included.
   */
  fromObject(object: object): void
  /** Takes the UPPER_CASE keys of an object that was read from a file or the like. */
  fromMapping(values: Readonly<Record<string, unknown>>): void
  /**
   * Takes the UPPER_CASE keys of a file: JSON, a module that exports them, or what `load` reads. A relative path starts
   * at the application's folder, with `instanceRelativeConfig` at its instance folder.
   *
   * ```ts
   * await app.config.fromFile('config.toml', { load: TOML.parse })
   * ```
   *
   * @returns whether there was such a file.
   * @throws Error if there is none, unless `silent` is set.
   */
  fromFile(path: string, options?: ConfigFileOptions): Promise<boolean>
  /**
   * As {@link fromFile}, for the file whose path is in a variable of the environment.
   *
   * @throws Error if the variable is not set, unless `silent` is set.
   */
  fromEnvvar(name: string, options?: ConfigFileOptions & EnvironmentOptions): Promise<boolean>
  /**
   * Takes the variables of the environment that begin with a prefix and `_`. Values are JSON where they can be read as
   * such, else text. `__` goes into an object: `PHIAL_DB__PORT=5432` sets `config.DB.PORT`.
   *
   * @param prefix default `PHIAL`.
   * @throws TypeError if `__` leads into a value that is no object.
   */
  fromPrefixedEnv(prefix?: string, options?: PrefixedEnvOptions): void
  /**
   * The entries whose names start with `prefix`, without it and in lower case.
   *
   * `getNamespace('IMAGE_STORE_')` gives `{ type: 'fs', path: '/var/images' }` for `IMAGE_STORE_TYPE` and
   * `IMAGE_STORE_PATH`.
   */
  getNamespace(prefix: string, options?: NamespaceOptions): Record<string, unknown>
}

export interface EnvironmentOptions {
  /** The variables. Default: those of the process; bindings of a worker are given here. */
  env?: Readonly<Record<string, unknown>>
}

export interface PrefixedEnvOptions extends EnvironmentOptions {
  /** Makes a value of a variable's text; what throws stays text. Default: JSON. */
  loads?: (text: string) => unknown
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
    for (const [key, value] of allEntries(object)) if (isConfigKey(key)) setKey(this, key, value)
  },
  fromMapping(this: Config, values) {
    this.fromObject(values)
  },
  async fromFile(this: Config, path, options = {}) {
    const values = await readConfigFile(FOLDERS.get(this) ?? null, path, options)
    if (values !== null) this.fromObject(values)
    return values !== null
  },
  async fromEnvvar(this: Config, name, { env = environment(), ...options } = {}) {
    const path = env[name]
    if (typeof path === 'string' && path !== '') return this.fromFile(path, options)
    if (options.silent === true) return false
    throw new Error(
      `The environment variable ${JSON.stringify(name)} is not set, so the configuration could not be loaded. ` +
        'Set it to the path of a configuration file.',
    )
  },
  fromPrefixedEnv(this: Config, prefix = 'PHIAL', { loads = parseJson, env = environment() } = {}) {
    for (const name of Object.keys(env).sort()) {
      if (!name.startsWith(`${prefix}_`)) continue
      const value = readValue(env[name], loads)
      setPath(this, name.slice(prefix.length + 1).split('__'), value, name)
    }
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

/** Where the relative paths of a configuration's files start. */
const FOLDERS = new WeakMap<Config, string | null>()

/**
 * A configuration with Phial's defaults and `overrides`.
 *
 * @param folder where the relative paths of files start.
 */
export function createConfig(overrides: ConfigInit = {}, folder: string | null = null): Config {
  // The methods are inherited, so that only configuration shows in `Object.keys(config)`.
  const config = Object.create(methods) as Config
  Object.assign(config, DEFAULT_CONFIG)
  config.update(overrides)
  FOLDERS.set(config, folder)
  return config
}

// Keys come from files and the environment, so `__proto__` is one like any other.
function setKey(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/** Whether a name is one of configuration: its letters are in upper case, and it has some. */
function isConfigKey(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase()
}

/** The entries of an object and of what it inherits from, its own last. */
function allEntries(object: object): [string, unknown][] {
  const parent: unknown = Object.getPrototypeOf(object)
  const inherited =
    parent === null || parent === Object.prototype || parent === Function.prototype
      ? []
      : allEntries(parent as object)
  return [...inherited, ...Object.entries(object)]
}

function readValue(given: unknown, loads: (text: string) => unknown): unknown {
  if (typeof given !== 'string') return given
  try {
    return loads(given)
  } catch {
    return given
  }
}

/** Sets a value inside of objects, which are made where they are missing. */
function setPath(config: Config, path: readonly string[], value: unknown, variable: string): void {
  let target: object = config
  for (const [depth, key] of path.entries()) {
    if (depth === path.length - 1) {
      setKey(target, key, value)
      return
    }
    const present: unknown = Object.hasOwn(target, key) ? (target as Record<string, unknown>)[key] : undefined
    if (present === undefined) setKey(target, key, {})
    else if (typeof present !== 'object' || present === null || Array.isArray(present)) {
      throw new TypeError(
        `${variable} sets a key inside of ${path.slice(0, depth + 1).join('.')}, which is not an object. Leave that variable out, or give it as JSON: '{}'.`,
      )
    }
    target = (target as Record<string, object>)[key]!
  }
}
