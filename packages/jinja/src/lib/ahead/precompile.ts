import type { Environment } from '../environment.ts'

/** A template to be compiled. */
export interface TemplateSource {
  readonly name: string
  readonly source: string
}

/** A file that {@link precompile} writes. */
export interface PrecompiledFile {
  /** Relative to the folder of the modules, with `/`. */
  readonly path: string
  readonly code: string
}

/** The module that maps names to the modules of the templates. */
export const MANIFEST = 'templates.js'

/**
 * Templates as JavaScript modules that import only `@phial/jinja/runtime`, and a manifest of them: `templates.js`, whose
 * default export maps names to modules. Nothing is read or written here.
 *
 * The same sources give the same files, whatever the machine.
 *
 * @param environment Its settings are compiled in: delimiters, extensions, autoescape. The environment that renders
 * needs the same ones.
 * @throws {TemplateSyntaxError} for the first template that cannot be compiled.
 */
export function precompile(environment: Environment, templates: Iterable<TemplateSource>): PrecompiledFile[] {
  const sorted = Array.from(templates).sort((a, b) => (a.name < b.name ? -1 : 1))
  const files = sorted.map(({ name, source }) => ({
    path: modulePath(name),
    code: compileModule(environment, source, name),
  }))
  const names = sorted.map(({ name }) => name)
  return [
    ...files,
    { path: MANIFEST, code: manifestOf(names, (name) => `./${modulePath(name)}`) },
    { path: MANIFEST.replace(/js$/, 'd.ts'), code: manifestTypes(names) },
  ]
}

/** The code of one template. The name stands for the file in messages: paths of this machine mean nothing elsewhere. */
export function compileModule(environment: Environment, source: string, name: string): string {
  return environment.compile(source, name, null)
}

/** The file of a template's module. @throws {TypeError} for names that are no paths below a folder. */
export function modulePath(name: string): string {
  const parts = name.split('/')
  if (name.includes('\\') || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new TypeError(`expected the name of a template that is a path below a folder, got '${name}'`)
  }
  const path = `${name}.js`
  if (path === MANIFEST)
    throw new TypeError(`a template named '${name}' would replace the manifest: rename it`)
  return path
}

/**
 * The code of a manifest: its default export maps names to modules.
 *
 * @param addressOf What a module is imported by.
 */
export function manifestOf(names: readonly string[], addressOf: (name: string) => string): string {
  const imports = names.map(
    (name, index) => `import * as t${index} from ${JSON.stringify(addressOf(name))};\n`,
  )
  // As a computed key, as `__proto__` would mean something else.
  const entries = names.map((name, index) => `  [${JSON.stringify(name)}]: t${index},\n`)
  return `${imports.join('')}\nexport default {\n${entries.join('')}};\n`
}

function manifestTypes(names: readonly string[]): string {
  const type = names.length === 0 ? 'never' : names.map((name) => JSON.stringify(name)).join(' | ')
  return `declare const templates: Readonly<Record<${type}, object>>;\nexport default templates;\n`
}
