/**
 * The engine for pages and Workers that compile templates themselves, small and without generated code.
 *
 * ```ts
 * import { DictLoader, WebEnvironment } from '@phial/jinja/web'
 *
 * const loader = new DictLoader({ 'hi.html': 'Hi {{ name|title }}!' })
 * new WebEnvironment({ loader, autoescape: true }).getTemplateSync('hi.html').render({ name: 'ann' }) // Hi Ann!
 * ```
 *
 * @module
 */

export { escape, Markup } from '@phial/markup/core'
export type { BuiltIns } from './lib/built-ins.ts'
export {
  placeOf as templatePlaceOf,
  TemplateError,
  TemplateNotFound,
  TemplateRuntimeError,
  TemplateSyntaxError,
  UndefinedError,
} from './lib/errors.ts'
export { DoExtension } from './lib/extensions/do.ts'
export { I18nExtension } from './lib/extensions/i18n.ts'
export { LoopControlsExtension } from './lib/extensions/loop-controls.ts'
export { DictLoader } from './lib/loaders/dict-loader.ts'
export { FetchLoader } from './lib/loaders/fetch-loader.ts'
export { passContext, passEnvironment, passEvalContext } from './lib/pass.ts'
export { selectAutoescape } from './lib/select-autoescape.ts'
export type { SourceOptions, TemplateExpression } from './lib/source-environment.ts'
export { SourceEnvironment } from './lib/source-environment.ts'
export type { SyntaxOptions } from './lib/syntax/delimiters.ts'
export { Template } from './lib/template.ts'
export { Kwargs } from './lib/values/kwargs.ts'
export { ChainableUndefined, DebugUndefined, StrictUndefined, Undefined } from './lib/values/undefined.ts'
export type { WebOptions } from './lib/web-environment.ts'
export { lipsum, pythonMethods, WebEnvironment } from './lib/web-environment.ts'
