/** What the adapter needs of the engine. Values are made with the engine's own classes, which templates work with. */

export { Environment } from '../../../packages/jinja/src/lib/environment.ts'
export type { EnvironmentOptions } from '../../../packages/jinja/src/lib/environment-options.ts'
export { placeOf, TemplateError, TemplateSyntaxError } from '../../../packages/jinja/src/lib/errors.ts'
export { DebugExtension } from '../../../packages/jinja/src/lib/extensions/debug.ts'
export { DoExtension } from '../../../packages/jinja/src/lib/extensions/do.ts'
export type { ExtensionClass } from '../../../packages/jinja/src/lib/extensions/extension.ts'
export {
  installGettextCallables,
  installNullTranslations,
} from '../../../packages/jinja/src/lib/extensions/gettext.ts'
export { I18nExtension } from '../../../packages/jinja/src/lib/extensions/i18n.ts'
export { LoopControlsExtension } from '../../../packages/jinja/src/lib/extensions/loop-controls.ts'
export { dumpsJson } from '../../../packages/jinja/src/lib/filters/json.ts'
export type { Loader } from '../../../packages/jinja/src/lib/loaders/loader.ts'
export { NativeEnvironment } from '../../../packages/jinja/src/lib/native/native-environment.ts'
export { passContext } from '../../../packages/jinja/src/lib/pass.ts'
export type { Context } from '../../../packages/jinja/src/lib/runtime/context.ts'
export type { TemplateFunction } from '../../../packages/jinja/src/lib/runtime-interface.ts'
export {
  ImmutableSandboxedEnvironment,
  SandboxedEnvironment,
} from '../../../packages/jinja/src/lib/sandbox/sandboxed-environment.ts'
export { selectAutoescape } from '../../../packages/jinja/src/lib/select-autoescape.ts'
export { dictOf } from '../../../packages/jinja/src/lib/values/dict.ts'
export { Float, toFloat } from '../../../packages/jinja/src/lib/values/number.ts'
export { repr, toText } from '../../../packages/jinja/src/lib/values/python-text.ts'
export { IntRange } from '../../../packages/jinja/src/lib/values/range.ts'
export { withSignature } from '../../../packages/jinja/src/lib/values/signature.ts'
export { formatDate } from '../../../packages/jinja/src/lib/values/strftime.ts'
export { Tuple, tupleOf } from '../../../packages/jinja/src/lib/values/tuple.ts'
export {
  ChainableUndefined,
  DebugUndefined,
  MISSING,
  StrictUndefined,
  Undefined,
} from '../../../packages/jinja/src/lib/values/undefined.ts'
