import { Markup } from '@phial/markup/core'
import type { ContextView, TemplateFunction } from '../runtime-interface.ts'
import { equals } from '../values/compare.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { modulo } from '../values/operators.ts'
import { toText } from '../values/python-text.ts'
import { readSignature, withSignature } from '../values/signature.ts'
import type { ExtensionEnvironment } from './extension.ts'

/** The functions that translate, and how they become globals of an environment. */

/** The names under which templates call them. */
export const gettextFunctions: readonly string[] = ['_', 'gettext', 'ngettext', 'pgettext', 'npgettext']

/** The functions of a language, such as a gettext catalogue has. `this` is the object they are taken from. */
export interface GettextCallables {
  /** The translation of a message. */
  gettext: TemplateFunction
  /** That of a message about a number: `(singular, plural, n)`. */
  ngettext: TemplateFunction
  /** That of a message in a context: `(context, message)`. */
  pgettext?: TemplateFunction | null
  /** Both: `(context, singular, plural, n)`. */
  npgettext?: TemplateFunction | null
}

export interface GettextOptions {
  /**
   * Whether the functions themselves put values into the translations, and mark them as safe HTML where templates
   * escape. Default: as it is set.
   */
  readonly newstyle?: boolean | undefined
}

/** An environment with the i18n extension. */
export interface TranslatingEnvironment extends ExtensionEnvironment {
  newstyleGettext?: boolean
}

/** Makes the functions of a catalogue globals of the environment. */
export function installGettextTranslations(
  environment: TranslatingEnvironment,
  translations: GettextCallables,
  options: GettextOptions = {},
): void {
  const bound = (fn: TemplateFunction | null | undefined): TemplateFunction | null =>
    typeof fn === 'function' ? (...args) => fn.apply(translations, args) : null
  installGettextCallables(
    environment,
    {
      gettext: bound(translations.gettext) as TemplateFunction,
      ngettext: bound(translations.ngettext) as TemplateFunction,
      pgettext: bound(translations.pgettext),
      npgettext: bound(translations.npgettext),
    },
    options,
  )
}

/** Makes functions globals that return what they are given: for templates that are not to be translated. */
export function installNullTranslations(
  environment: TranslatingEnvironment,
  options: GettextOptions = {},
): void {
  installGettextCallables(environment, nullTranslations, options)
}

/** Makes single functions globals of the environment. */
export function installGettextCallables(
  environment: TranslatingEnvironment,
  callables: GettextCallables,
  options: GettextOptions = {},
): void {
  if (options.newstyle !== undefined) environment.newstyleGettext = options.newstyle
  for (const name of ['gettext', 'ngettext', 'pgettext', 'npgettext'] as const) {
    const fn = callables[name] ?? null
    const isNew = environment.newstyleGettext === true && fn !== null
    environment.globals.set(name, isNew ? newstyle(name, fn) : fn)
  }
}

/** Takes the functions out of the globals. */
export function uninstallGettextTranslations(environment: TranslatingEnvironment): void {
  for (const name of ['gettext', 'ngettext', 'pgettext', 'npgettext']) environment.globals.delete(name)
}

const nullTranslations: Required<GettextCallables> = {
  gettext: python('NullTranslations.gettext(message)', (message) => message),
  ngettext: python('NullTranslations.ngettext(msgid1, msgid2, n)', (singular, plural, n) =>
    equals(n, 1) ? singular : plural,
  ),
  pgettext: python('NullTranslations.pgettext(context, message)', (_context, message) => message),
  npgettext: python(
    'NullTranslations.npgettext(context, msgid1, msgid2, n)',
    (_context, singular, plural, n) => (equals(n, 1) ? singular : plural),
  ),
}

function python(signature: string, fn: TemplateFunction): TemplateFunction {
  return withSignature(readSignature(signature), fn)
}

/** The parameters of the new functions, and those that can be named in messages. */
const newstyleParameters = {
  gettext: { parameters: '__string', named: {} },
  ngettext: { parameters: '__singular, __plural, __num', named: { num: 2 } },
  pgettext: { parameters: '__string_ctx, __string', named: { context: 0 } },
  npgettext: { parameters: '__string_ctx, __singular, __plural, __num', named: { context: 0, num: 3 } },
} as const

/** A function that puts its keyword arguments into the translation. Translations are format strings in any case. */
function newstyle(name: keyof typeof newstyleParameters, fn: TemplateFunction): TemplateFunction {
  const { parameters, named } = newstyleParameters[name]
  const signature = readSignature(`_make_new_${name}.<locals>.${name}(${parameters}, **)`, 'context')
  return withSignature(signature, (context: ContextView, ...args: unknown[]) => {
    const variables = args.pop() as Kwargs
    for (const [key, index] of Object.entries(named)) if (!variables.has(key)) variables.set(key, args[index])
    const translation = context.environment.call(context, fn, args, null)
    return translation instanceof Promise
      ? translation.then((text: unknown) => formatted(text, variables, context))
      : formatted(translation, variables, context)
  })
}

function formatted(translation: unknown, variables: Kwargs, context: ContextView): unknown {
  const text = context.evalContext.autoescape ? new Markup(toText(translation)) : translation
  return modulo(text, variables)
}

interface ResolvingContext extends ContextView {
  resolve(name: string): unknown
}

/** `_(…)` calls whatever `gettext` is in the context. */
export const gettextAlias: TemplateFunction = withSignature(
  readSignature('_gettext_alias(*, **)', 'context'),
  (context: ResolvingContext, args: unknown[], kwargs: Kwargs) =>
    context.environment.call(context, context.resolve('gettext'), args, kwargs),
)
