/**
 * Translations: catalogues, their functions as globals of an environment, and what is to be translated in templates.
 *
 * ```ts
 * import { Environment } from '@phial/jinja'
 * import { Catalogue, installGettextTranslations } from '@phial/jinja/i18n'
 *
 * const environment = new Environment({ extensions: ['jinja2.ext.i18n'] })
 * installGettextTranslations(environment, new Catalogue('de', { Hello: 'Hallo' }))
 * environment.fromString('{% trans %}Hello{% endtrans %}').render() // Hallo
 * ```
 *
 * @module
 */

export type { PluralForms } from './lib/extensions/catalogue.ts'
export { Catalogue } from './lib/extensions/catalogue.ts'
export type {
  CommentedMessage,
  ExtractedMessage,
  ExtractOptions,
  ExtractSourceOptions,
} from './lib/extensions/extract.ts'
export { extractFromTree, extractMessages } from './lib/extensions/extract.ts'
export type { GettextCallables, GettextOptions, TranslatingEnvironment } from './lib/extensions/gettext.ts'
export {
  installGettextCallables,
  installGettextTranslations,
  installNullTranslations,
  uninstallGettextTranslations,
} from './lib/extensions/gettext.ts'
export type { I18nMembers } from './lib/extensions/i18n.ts'
export { I18nExtension } from './lib/extensions/i18n.ts'
