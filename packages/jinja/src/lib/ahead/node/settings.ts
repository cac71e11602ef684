import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Environment } from '../../environment.ts'
import type { EnvironmentOptions } from '../../environment-options.ts'
import { FileSystemLoader } from '../../loaders/node/file-system-loader.ts'
import { selectAutoescape } from '../../select-autoescape.ts'
import { defaultSyntax } from '../../syntax/delimiters.ts'
import type { TemplateSource } from '../precompile.ts'
import { UsageError } from './usage-error.ts'

/** What a configuration in JSON may hold: settings of the environment, and the names that the application adds. */
export interface CommandConfig
  extends Partial<Omit<EnvironmentOptions, 'autoescape' | 'globals' | 'extensions'>> {
  /** `html` goes by the ending of the name. Default: `html`. */
  readonly autoescape?: boolean | 'html'
  /** Extensions by the names they have in Jinja. */
  readonly extensions?: readonly string[]
  /** Names of filters, tests and globals that the application adds. */
  readonly filters?: readonly string[]
  readonly tests?: readonly string[]
  readonly globals?: readonly string[]
}

const TEXT_SETTINGS = [
  ...Object.entries(defaultSyntax).flatMap(([key, value]) => (typeof value === 'boolean' ? [] : [key])),
]
const SWITCHES = [
  ...Object.entries(defaultSyntax).flatMap(([key, value]) => (typeof value === 'boolean' ? [key] : [])),
  'relativePaths',
  'optimized',
]
const NAMES = ['filters', 'tests', 'globals', 'extensions']

/**
 * The environment that templates are compiled for.
 *
 * @param file A JSON file, a module whose default export is an environment or its options, or nothing.
 * @param settings From the command line: they go before the file.
 */
export async function environmentFor(
  file: string | undefined,
  cwd: string,
  settings: CommandConfig,
): Promise<Environment> {
  const config = file === undefined ? {} : await readConfig(resolve(cwd, file))
  if (isEnvironment(config)) {
    const environment = Object.keys(settings).length === 0 ? config : config.overlay(optionsOf(settings))
    return withNames(environment, settings)
  }
  return withNames(
    new Environment(optionsOf({ autoescape: 'html', ...config, ...settings })),
    config,
    settings,
  )
}

async function readConfig(path: string): Promise<CommandConfig | Environment> {
  if (!path.endsWith('.json')) {
    const exports = (await import(pathToFileURL(path).href)) as { readonly default?: unknown }
    if (typeof exports.default === 'object' && exports.default !== null) return exports.default
    throw new UsageError(`${path}: expected a default export that is an environment or its options`)
  }
  let config: unknown
  try {
    config = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`)
  }
  checkConfig(path, config)
  return config
}

/** Whether it has what is needed of one. It may come from another copy of the package. */
function isEnvironment(config: CommandConfig | Environment): config is Environment {
  return 'fromString' in config && typeof config.fromString === 'function'
}

function checkConfig(path: string, config: unknown): asserts config is CommandConfig {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new UsageError(`${path}: expected an object with settings`)
  }
  for (const [key, value] of Object.entries(config)) {
    const expected = expectation(key, value)
    if (expected !== null) throw new UsageError(`${path}: ${expected}, got ${JSON.stringify(value)}`)
  }
}

/** What a setting should be, if it is not; `null` if it is fine. */
function expectation(key: string, value: unknown): string | null {
  if (TEXT_SETTINGS.includes(key)) return typeof value === 'string' ? null : `expected text for '${key}'`
  if (SWITCHES.includes(key)) return typeof value === 'boolean' ? null : `expected true or false for '${key}'`
  if (key === 'autoescape') {
    return typeof value === 'boolean' || value === 'html'
      ? null
      : 'expected true, false or "html" for \'autoescape\''
  }
  if (NAMES.includes(key)) {
    const isList = Array.isArray(value) && value.every((name) => typeof name === 'string')
    return isList ? null : `expected a list of names for '${key}'`
  }
  const known = [...TEXT_SETTINGS, ...SWITCHES, 'autoescape', ...NAMES]
  return `there is no setting '${key}'. There are: ${known.join(', ')}; '${key}'`
}

function optionsOf({ autoescape, filters, tests, globals, ...options }: CommandConfig): EnvironmentOptions {
  if (autoescape === undefined) return options
  return { ...options, autoescape: autoescape === 'html' ? selectAutoescape() : autoescape }
}

/** Templates are not rendered here: it is enough that the names are known. */
function withNames(environment: Environment, ...configs: CommandConfig[]): Environment {
  const nothing = (): undefined => undefined
  for (const { filters = [], tests = [], globals = [] } of configs) {
    for (const name of namesOf(filters))
      if (!environment.filters.has(name)) environment.addFilter(name, nothing)
    for (const name of namesOf(tests)) if (!environment.tests.has(name)) environment.addTest(name, nothing)
    for (const name of namesOf(globals))
      if (!environment.globals.has(name)) environment.addGlobal(name, nothing)
  }
  return environment
}

/** A module may give filters themselves, by name. */
function namesOf(names: readonly string[] | object): readonly string[] {
  return Array.isArray(names) ? names : Object.keys(names)
}

/** The templates in a folder whose names have one of the endings, sorted by name. */
export async function templatesIn(folder: string, endings: readonly string[]): Promise<TemplateSource[]> {
  const loader = new FileSystemLoader(folder)
  const names = loader
    .list()
    .filter((name) => endings.length === 0 || endings.some((ending) => name.endsWith(ending)))
  return names.map((name) => ({ name, source: loader.getSource(name).source }))
}
