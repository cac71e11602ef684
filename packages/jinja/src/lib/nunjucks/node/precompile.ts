import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { PrecompiledSource, PrecompileOptions } from '../precompile-string.ts'
import { precompiled, precompileString, wrapped } from '../precompile-string.ts'

export interface PrecompileFilesOptions extends PrecompileOptions {
  /** Whether the input is a source, not a path. Default: false. */
  readonly isString?: boolean
  /** Which files of a folder are templates. Default: none, as in Nunjucks. */
  readonly include?: readonly (RegExp | string)[]
  /** Which folders and files are left out. Default: none. */
  readonly exclude?: readonly (RegExp | string)[]
  /** Whether templates with errors are left out instead of ending it. Default: false. */
  readonly force?: boolean
}

/**
 * A file, or the files of a folder, as one script.
 *
 * @throws {TemplateError} for a template that cannot be parsed.
 */
export function precompile(input: string, options: PrecompileFilesOptions = {}): string {
  if (options.isString === true) return precompileString(input, options)
  if (statSync(input).isFile()) {
    return wrapped([precompiled(readFileSync(input, 'utf8'), options.name ?? input, options)], options)
  }
  const templates: PrecompiledSource[] = []
  for (const file of filesOf(input, input, options)) {
    const name = relative(input, file).split(sep).join('/')
    try {
      templates.push(precompiled(readFileSync(file, 'utf8'), name, options))
    } catch (error) {
      if (options.force !== true) throw error
    }
  }
  return wrapped(templates, options)
}

function filesOf(root: string, folder: string, options: PrecompileFilesOptions): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    const name = relative(root, path).split(sep).join('/')
    if (entry.isDirectory()) return matches(`${name}/`, options.exclude) ? [] : filesOf(root, path, options)
    return matches(name, options.include) && !matches(name, options.exclude) ? [path] : []
  })
}

function matches(name: string, patterns: readonly (RegExp | string)[] = []): boolean {
  return patterns.some((pattern) => name.match(pattern) !== null)
}
