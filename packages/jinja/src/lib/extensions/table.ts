import { DebugExtension } from './debug.ts'
import { DoExtension } from './do.ts'
import type { ExtensionClass } from './extension.ts'
import { I18nExtension } from './i18n.ts'
import { LoopControlsExtension } from './loop-controls.ts'

/** The extensions of the engine by the names they have in Jinja. */
export const builtInExtensions: ReadonlyMap<string, ExtensionClass> = new Map<string, ExtensionClass>([
  ['jinja2.ext.do', DoExtension],
  ['jinja2.ext.ExprStmtExtension', DoExtension],
  ['jinja2.ext.loopcontrols', LoopControlsExtension],
  ['jinja2.ext.LoopControlExtension', LoopControlsExtension],
  ['jinja2.ext.i18n', I18nExtension],
  ['jinja2.ext.InternationalizationExtension', I18nExtension],
  ['jinja2.ext.debug', DebugExtension],
  ['jinja2.ext.DebugExtension', DebugExtension],
])

/** The class of an extension that is given as such, or by its name in Jinja. @throws {TypeError} for other names. */
export function extensionClass(extension: ExtensionClass | string): ExtensionClass {
  if (typeof extension !== 'string') return extension
  const found = builtInExtensions.get(extension)
  if (found !== undefined) return found
  const names = Array.from(builtInExtensions.keys()).join(', ')
  throw new TypeError(`expected the class of an extension, or one of ${names}; got '${extension}'`)
}
