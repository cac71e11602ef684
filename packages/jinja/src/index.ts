/**
 * The Jinja template engine: its templates, filters, tests and extensions, with Python's value semantics.
 *
 * ```ts
 * import { Environment } from '@phial/jinja'
 *
 * const environment = new Environment({ autoescape: true })
 * environment.fromString('Hello, {{ name }}!').render({ name: '<Ann>' }) // Hello, &lt;Ann&gt;!
 * ```
 *
 * @module
 */

export { escape, Markup } from '@phial/markup'
export type { TemplateExpression } from './lib/environment.ts'
export { Environment } from './lib/environment.ts'
export type { Backend, EnvironmentOptions } from './lib/environment-options.ts'
export type { TemplatePlace } from './lib/errors.ts'
export {
  FilterArgumentError,
  placeOf as templatePlaceOf,
  placesOf as templatePlacesOf,
  RecursionError,
  SecurityError,
  TemplateAssertionError,
  TemplateError,
  TemplateNotFound,
  TemplateRuntimeError,
  TemplateSyntaxError,
  TemplatesNotFound,
  UndefinedError,
} from './lib/errors.ts'
export { DebugExtension } from './lib/extensions/debug.ts'
export { DoExtension } from './lib/extensions/do.ts'
export type { ExtensionClass, ExtensionEnvironment } from './lib/extensions/extension.ts'
export { Extension } from './lib/extensions/extension.ts'
export type { GettextCallables, GettextOptions } from './lib/extensions/gettext.ts'
export {
  installGettextCallables,
  installGettextTranslations,
  installNullTranslations,
  uninstallGettextTranslations,
} from './lib/extensions/gettext.ts'
export { I18nExtension } from './lib/extensions/i18n.ts'
export { LoopControlsExtension } from './lib/extensions/loop-controls.ts'
export { dumpsJson } from './lib/filters/json.ts'
export { Bucket, BytecodeCache, MemcachedBytecodeCache } from './lib/loaders/bytecode-cache.ts'
export { ChoiceLoader } from './lib/loaders/choice-loader.ts'
export { DictLoader } from './lib/loaders/dict-loader.ts'
export type { FoundSource } from './lib/loaders/function-loader.ts'
export { FunctionLoader } from './lib/loaders/function-loader.ts'
export type { CompiledModule, LoadedSource, Loader, MaybePromise } from './lib/loaders/loader.ts'
export type { TemplateModuleSource } from './lib/loaders/module-loader.ts'
export { ModuleLoader } from './lib/loaders/module-loader.ts'
export { PrefixLoader } from './lib/loaders/prefix-loader.ts'
export { LruCache } from './lib/lru-cache.ts'
export { NativeEnvironment } from './lib/native/native-environment.ts'
export { passContext, passEnvironment, passEvalContext } from './lib/pass.ts'
export type { JsonDumpsOptions, Policies } from './lib/policies.ts'
export type { TemplateFactory } from './lib/runtime/compiled.ts'
export { Context } from './lib/runtime/context.ts'
export type { EvalContext } from './lib/runtime/eval-context.ts'
export { Macro } from './lib/runtime/macro.ts'
export type { Variables } from './lib/runtime/scope.ts'
export type { ExposedModule } from './lib/runtime/template-module.ts'
export { TemplateModule } from './lib/runtime/template-module.ts'
export type {
  ContextView,
  EnvironmentView,
  EvalContextView,
  TemplateFunction,
} from './lib/runtime-interface.ts'
export type { SandboxLimits } from './lib/sandbox/limits.ts'
export {
  isInternalAttribute,
  modifiesKnownMutable,
  unsafe,
} from './lib/sandbox/policy.ts'
export type { SandboxOptions } from './lib/sandbox/sandboxed-environment.ts'
export {
  ImmutableSandboxedEnvironment,
  SandboxedEnvironment,
} from './lib/sandbox/sandboxed-environment.ts'
export type { AutoescapeFunction, SelectAutoescapeOptions } from './lib/select-autoescape.ts'
export { selectAutoescape } from './lib/select-autoescape.ts'
export { clearCaches, StandaloneTemplate as Template } from './lib/standalone-template.ts'
export type { SyntaxOptions } from './lib/syntax/delimiters.ts'
export type { LexedToken } from './lib/syntax/lex.ts'
export type { GenerateOptions, TemplateInit } from './lib/template.ts'
export type { GetTemplateOptions, TemplateName } from './lib/template-choice.ts'
export type { NewTemplate } from './lib/template-loading.ts'
export type { TextSink } from './lib/template-stream.ts'
export { TemplateStream } from './lib/template-stream.ts'
export { Dict, dictOf } from './lib/values/dict.ts'
export { setHtmlUnescape } from './lib/values/html-references.ts'
export { Kwargs } from './lib/values/kwargs.ts'
export { Float, toFloat } from './lib/values/number.ts'
export {
  AssertionError,
  AttributeError,
  IndexError,
  KeyError,
  OverflowError,
  RuntimeError,
  ValueError,
  ZeroDivisionError,
} from './lib/values/python-errors.ts'
export { repr, toText } from './lib/values/python-text.ts'
export { IntRange } from './lib/values/range.ts'
export type { Pass, Signature } from './lib/values/signature.ts'
export { withSignature } from './lib/values/signature.ts'
export { formatDate } from './lib/values/strftime.ts'
export { Tuple, tupleOf } from './lib/values/tuple.ts'
export type { UndefinedClass, UndefinedErrorClass, UndefinedLogger } from './lib/values/undefined.ts'
export {
  ChainableUndefined,
  DebugUndefined,
  isUndefined,
  MISSING,
  makeLoggingUndefined,
  StrictUndefined,
  Undefined,
} from './lib/values/undefined.ts'
