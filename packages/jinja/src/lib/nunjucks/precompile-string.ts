import { compileTemplate } from './compile-statement.ts'
import { Environment } from './environment.ts'
import { TemplateError } from './errors.ts'
import { parse } from './parser.ts'
import type { PrecompiledTemplate } from './precompiled.ts'

/** A template that was precompiled, as the body of a function that gives it. */
export interface PrecompiledSource {
  readonly name: string
  readonly template: string
}

export interface PrecompileOptions {
  /** The name of the template. Needed for a source; of files and folders it is the path. */
  readonly name?: string
  /** Whether the script also gives a function that renders: `nunjucks.render(name, …)`. Default: false. */
  readonly asFunction?: boolean
  /** Whose extensions and async filters the templates use. Default: a new environment. */
  readonly env?: Environment
  /** Makes the script. Default: one that puts the templates into `nunjucksPrecompiled`, where environments find them. */
  readonly wrapper?: (templates: readonly PrecompiledSource[], options: PrecompileOptions) => string
}

/** A source as a script. @throws {TemplateError} */
export function precompileString(source: string, options: PrecompileOptions): string {
  if (!options.name) throw new TypeError('the "name" option is required when compiling a string')
  return wrapped([precompiled(source, options.name, options)], options)
}

/** The templates as a script. */
export function wrapped(templates: readonly PrecompiledSource[], options: PrecompileOptions): string {
  return (options.wrapper ?? globalScript)(templates, options)
}

/** @throws {TemplateError} */
export function precompiled(
  source: string,
  name: string,
  { env = new Environment() }: Pick<PrecompileOptions, 'env'>,
): PrecompiledSource {
  try {
    const root = parse(source, env.extensionsList, env.opts)
    compileTemplate(root, name, {
      asyncFilters: env.asyncFilters,
      throwOnUndefined: env.opts.throwOnUndefined,
    })
    const template: PrecompiledTemplate = { phialNunjucks: 1, root }
    return { name: name.replaceAll('\\', '/'), template: `return ${scriptJson(template)};` }
  } catch (error) {
    throw error instanceof TemplateError ? error.locate(name) : error
  }
}

function globalScript(
  templates: readonly PrecompiledSource[],
  { asFunction = false }: PrecompileOptions,
): string {
  return templates
    .map(({ name, template }) => {
      const key = scriptJson(name)
      const value = `(globalThis.nunjucksPrecompiled = globalThis.nunjucksPrecompiled || {})[${key}] = (function() {\n${template}\n})();\n`
      const render = asFunction
        ? `return function(ctx, cb) { return nunjucks.render(${key}, ctx, cb); }\n`
        : ''
      return `(function() {${value}${render}})();\n`
    })
    .join('')
}

/** JSON that can stand in a `<script>`. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
