import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../environment.ts'
import { TemplateError, TemplateNotFound } from '../../errors.ts'
import { ModuleLoader } from '../module-loader.ts'

export interface CompileTemplatesOptions {
  /** Which of the templates that the loader lists are compiled. Default: all. */
  readonly filter?: (name: string) => boolean
  /** Called with a line for each template. Default: none. */
  readonly log?: (message: string) => void
  /** Whether templates that cannot be compiled are left out. Default: false, the first one is an error. */
  readonly ignoreErrors?: boolean
}

/**
 * Compiles the templates of an environment's loader to JavaScript modules, and writes them into a folder, with a
 * manifest for {@link ModuleLoader} in `templates.js`. The environment that runs them needs the same settings.
 *
 * ```ts
 * await compileTemplates(new Environment({ loader: new FileSystemLoader('templates') }), 'compiled')
 * ```
 *
 * @returns The names of the templates that were compiled.
 * @throws {TemplateError} for a template that cannot be compiled, unless errors are ignored.
 */
export async function compileTemplates(
  environment: Environment,
  folder: string,
  { filter, log, ignoreErrors = false }: CompileTemplatesOptions = {},
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const compiled: string[] = []
  for (const name of await environment.listTemplates(filter)) {
    try {
      const code = await codeOf(environment, name)
      await replaceFile(join(folder, ModuleLoader.getModuleFilename(name)), code)
      log?.(`Compiled ${JSON.stringify(name)} as ${ModuleLoader.getModuleFilename(name)}`)
      compiled.push(name)
    } catch (error) {
      if (!ignoreErrors || !(error instanceof TemplateError)) throw error
      log?.(`Could not compile ${JSON.stringify(name)}: ${error.message}`)
    }
  }
  await replaceFile(join(folder, 'templates.js'), manifest(compiled))
  return compiled
}

async function codeOf(environment: Environment, name: string): Promise<string> {
  const loader = environment.loader!
  const found = await (loader.getSourceAsync?.(name, environment) ?? loader.getSource(name, environment))
  if (found === null) throw new TemplateNotFound(name)
  return environment.compile(found.source, name, found.filename)
}

function manifest(names: readonly string[]): string {
  const imports = names.map(
    (name) =>
      `import * as ${ModuleLoader.getTemplateKey(name)} from './${ModuleLoader.getModuleFilename(name)}'\n`,
  )
  // As a computed key, as `__proto__` would mean something else.
  const entries = names.map((name) => `  [${JSON.stringify(name)}]: ${ModuleLoader.getTemplateKey(name)},\n`)
  return `${imports.join('')}\nexport default {\n${entries.join('')}}\n`
}

async function replaceFile(file: string, content: string): Promise<void> {
  await writeFile(`${file}.tmp`, content)
  await rename(`${file}.tmp`, file)
}
