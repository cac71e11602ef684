import * as engine from '@phial/jinja'
import type { WebOptions } from '@phial/jinja/web'
import { lipsum, pythonMethods, WebEnvironment } from '@phial/jinja/web'
import type { Json, JsonObject } from '../../lib/values.ts'
import { installHelper } from './helpers.ts'
import { decodeValue } from './values.ts'

const CLASSES: Readonly<Record<string, typeof engine.Environment>> = {
  Environment: engine.Environment,
  SandboxedEnvironment: engine.SandboxedEnvironment,
  ImmutableSandboxedEnvironment: engine.ImmutableSandboxedEnvironment,
  NativeEnvironment: engine.NativeEnvironment,
}

/** The engine for pages with all that it can be given. Cases ask it for nothing that only `Environment` has. */
const ForPages = class extends WebEnvironment {
  constructor(options: WebOptions) {
    super({ ...options, builtIns: [pythonMethods, lipsum] })
  }
} as unknown as typeof engine.Environment

const UNDEFINED: Readonly<Record<string, typeof engine.Undefined>> = {
  StrictUndefined: engine.StrictUndefined,
  ChainableUndefined: engine.ChainableUndefined,
  DebugUndefined: engine.DebugUndefined,
}

const EXTENSIONS: Readonly<Record<string, engine.ExtensionClass>> = {
  do: engine.DoExtension,
  loopcontrols: engine.LoopControlsExtension,
  i18n: engine.I18nExtension,
  debug: engine.DebugExtension,
}

const FINALIZE: Readonly<Record<string, engine.TemplateFunction>> = {
  none_to_empty: (value: unknown) => (value === null ? '' : value),
  brackets: (value: unknown) => `[${engine.toText(value)}]`,
  context_prefix: engine.passContext((context: engine.Context, value: unknown) => {
    const prefix = context.get('prefix', '?')
    return engine.toText(prefix) + engine.toText(value)
  }),
}

/** Settings that are made of more than their value. All others only change the case of their name. */
const SPECIAL: ReadonlySet<string> = new Set([
  'class',
  'undefined',
  'extensions',
  'autoescape',
  'globals',
  'policies',
  'finalize',
  'i18n',
  'helpers',
  'enable_async',
])

/**
 * The environment of a case, with its templates in a loader.
 *
 * @param isForPages Whether the engine for pages stands in for `Environment`.
 */
export function makeEnvironment(
  env: JsonObject,
  templates: JsonObject | undefined,
  options: engine.EnvironmentOptions,
  isForPages = false,
): engine.Environment {
  const settings: engine.EnvironmentOptions = { ...options }
  for (const [name, value] of Object.entries(env)) {
    if (!SPECIAL.has(name)) Object.assign(settings, { [camelCase(name)]: value })
  }
  if (templates !== undefined) settings.loader = loaderOf(templates)
  if (env['undefined'] !== undefined) settings.undefined = UNDEFINED[env['undefined'] as string]!
  if (env['extensions'] !== undefined) {
    settings.extensions = (env['extensions'] as string[]).map((name) => EXTENSIONS[name]!)
  }
  if (env['finalize'] !== undefined) settings.finalize = FINALIZE[env['finalize'] as string]!
  if (env['autoescape'] !== undefined) settings.autoescape = autoescapeOf(env['autoescape'])
  const name = (env['class'] as string | undefined) ?? 'Environment'
  const environment = new (isForPages && name === 'Environment' ? ForPages : CLASSES[name]!)(settings)
  Object.assign(environment.policies, env['policies'])
  for (const [name, value] of Object.entries((env['globals'] ?? {}) as JsonObject)) {
    environment.globals.set(
      name,
      decodeValue(value, (missing) => environment.makeUndefined(null, engine.MISSING, missing)),
    )
  }
  for (const helper of (env['helpers'] ?? []) as string[]) installHelper(environment, helper)
  if (env['i18n'] !== undefined) installTranslations(environment, env['i18n'] as JsonObject)
  return environment
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

function loaderOf(templates: JsonObject): engine.Loader {
  return {
    getSource: (name) =>
      Object.hasOwn(templates, name)
        ? { source: templates[name] as string, filename: null, isUpToDate: () => true }
        : null,
    list: () => Object.keys(templates).sort(),
  }
}

function autoescapeOf(value: Json): NonNullable<engine.EnvironmentOptions['autoescape']> {
  if (typeof value === 'boolean') return value
  const settings = (value as JsonObject)['$select_autoescape'] as JsonObject
  return engine.selectAutoescape(
    Object.fromEntries(Object.entries(settings).map(([name, setting]) => [camelCase(name), setting])),
  )
}

/** Null translations, or those of catalogs by the context variable `LANGUAGE`. */
function installTranslations(environment: engine.Environment, i18n: JsonObject): void {
  const newstyle = i18n['newstyle'] as boolean
  const catalogs = i18n['catalogs'] as Record<string, Record<string, string>> | undefined
  if (catalogs === undefined) {
    engine.installNullTranslations(environment, { newstyle })
    return
  }
  const lookUp = (context: engine.Context, key: string, otherwise: string): string => {
    const language = context.get('LANGUAGE', 'en') as string
    const catalog = Object.hasOwn(catalogs, language) ? catalogs[language]! : {}
    return Object.hasOwn(catalog, key) ? catalog[key]! : otherwise
  }
  const isOne = (n: unknown): boolean => environment.tests.get('eq')!(n, 1) as boolean
  const callable = (name: string, parameters: string, find: (...args: never[]) => string) =>
    engine.withSignature(
      {
        name: `install_catalogs.<locals>.${name}`,
        pass: 'context',
        parameters: parameters.split(' '),
        required: parameters.split(' ').length,
      },
      find as engine.TemplateFunction,
    )
  engine.installGettextCallables(
    environment,
    {
      gettext: callable('gettext', 's', (context: engine.Context, s: string) => lookUp(context, s, s)),
      ngettext: callable('ngettext', 's p n', (context: engine.Context, s: string, p: string, n: unknown) =>
        isOne(n) ? lookUp(context, s, s) : lookUp(context, p, p),
      ),
      pgettext: callable('pgettext', 'c s', (context: engine.Context, c: string, s: string) =>
        lookUp(context, `${c}|${s}`, s),
      ),
      npgettext: callable(
        'npgettext',
        'c s p n',
        (context: engine.Context, c: string, s: string, p: string, n: unknown) =>
          isOne(n) ? lookUp(context, `${c}|${s}`, s) : lookUp(context, `${c}|${p}`, p),
      ),
    },
    { newstyle },
  )
}
