import { readFile } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { Environment } from '../../environment.ts'
import type { EnvironmentOptions } from '../../environment-options.ts'
import { FileSystemLoader } from '../../loaders/node/file-system-loader.ts'
import type { SelectAutoescapeOptions } from '../../select-autoescape.ts'
import { selectAutoescape } from '../../select-autoescape.ts'
import type { SyntaxOptions } from '../../syntax/delimiters.ts'
import { compileModule, manifestOf } from '../precompile.ts'
import { findLinks } from '../template-links.ts'

/** Settings that are compiled in, and those of the environment that renders. */
export interface TemplatePluginOptions extends Partial<SyntaxOptions> {
  /** The folder that names of templates are relative to, itself relative to Vite's root. Default: `templates`. */
  readonly folder?: string
  /** Endings of the templates in `virtual:phial-templates`. Default: all files of the folder. */
  readonly endings?: readonly string[]
  /** Default: by the ending of the name. */
  readonly autoescape?: boolean | SelectAutoescapeOptions
  readonly extensions?: NonNullable<EnvironmentOptions['extensions']>
  /** Whether names that begin with `./` or `../` are relative to the template they stand in. Default: false. */
  readonly relativePaths?: boolean
  /**
   * A module, relative to Vite's root, whose default export is called with each environment: it adds filters, tests and
   * globals. Default: none.
   */
  readonly setup?: string
}

/** What Vite calls, as far as it is used here. */
export interface TemplatePlugin {
  readonly name: string
  readonly enforce: 'pre'
  configResolved(config: { readonly root: string }): void
  resolveId(this: PluginContext, id: string, importer?: string): Promise<string | null>
  load(this: PluginContext, id: string): Promise<{ code: string; map: null } | null>
  configureServer(server: DevServer): void
}

interface PluginContext {
  addWatchFile(file: string): void
  resolve(
    id: string,
    importer?: string,
    options?: { readonly skipSelf?: boolean },
  ): Promise<{ readonly id: string } | null>
}

interface DevServer {
  readonly watcher: { on(event: 'add' | 'unlink', listener: (file: string) => void): unknown }
  readonly environments: Readonly<Record<string, DevEnvironment>>
}

interface DevEnvironment {
  readonly moduleGraph: {
    getModuleById(id: string): object | undefined
    invalidateModule(module: never): void
  }
  readonly hot: { send(message: { readonly type: 'full-reload' }): void }
}

const MANIFEST = 'virtual:phial-templates'
const RESOLVED_MANIFEST = `\0${MANIFEST}`
/** A template that can be rendered, and what it extends and includes. */
const TEMPLATE = '?template'
/** The code of one template alone. */
const CODE = '?template-code'

/**
 * A plugin for Vite that compiles templates.
 *
 * - `import page from './templates/page.html?template'` gives a template to render, with all that it names.
 * - `import { environment } from 'virtual:phial-templates'` gives an environment with all templates of the folder;
 *   `templates`, the default export, is the manifest for environments of one's own.
 *
 * Changed templates reload the page while Vite serves.
 */
export function templates(options: TemplatePluginOptions = {}): TemplatePlugin {
  const { folder = 'templates', endings = [], autoescape = {}, setup, ...settings } = options
  const environment = new Environment({
    ...settings,
    autoescape: typeof autoescape === 'boolean' ? autoescape : selectAutoescape(autoescape),
  })
  let root = ''
  let base = ''

  const isListed = (name: string): boolean =>
    endings.length === 0 || endings.some((ending) => name.endsWith(ending))

  const nameOf = (file: string): string =>
    toName(isBelow(file, base) ? relative(base, file) : relative(root, file))

  const fileOf = (name: string): string => resolve(base, name)

  const runtimeEnvironment = (names: string): string => {
    const escaping =
      typeof autoescape === 'boolean' ? String(autoescape) : `selectAutoescape(${JSON.stringify(autoescape)})`
    const made = `/* @__PURE__ */ new PrecompiledEnvironment({ templates: ${names}, autoescape: ${escaping}, relativePaths: ${settings.relativePaths ?? false} })`
    const value = setup === undefined ? made : `/* @__PURE__ */ prepare(${made})`
    return `export const environment = ${value};\n`
  }

  const imports = (): string => {
    const used = ['PrecompiledEnvironment', ...(typeof autoescape === 'boolean' ? [] : ['selectAutoescape'])]
    const code = `import { ${used.join(', ')} } from "@phial/jinja/runtime";\n`
    if (setup === undefined) return code
    const address = JSON.stringify(toName(resolve(root, setup)))
    return `${code}import setup from ${address};\nfunction prepare(environment) { setup(environment); return environment; }\n`
  }

  /** Names and files of a template and all that it names, as far as that stands in the source. */
  const closure = async (file: string): Promise<Map<string, string>> => {
    const found = new Map<string, string>()
    const waiting: [name: string, file: string][] = [[nameOf(file), file]]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [name, path] = next
      if (found.has(name)) continue
      const source = await sourceOf(path)
      if (source === null) continue
      found.set(name, path)
      for (const { names } of findLinks(environment.parse(source, name, path))) {
        for (const each of names ?? []) {
          const joined = environment.joinPath(each, name)
          waiting.push([joined, fileOf(joined)])
        }
      }
    }
    return found
  }

  const code = async (file: string): Promise<string> => {
    const source = await readFile(file, 'utf8')
    // The file is for errors while it is compiled; what is bundled has the name.
    environment.parse(source, nameOf(file), file)
    return compileModule(environment, source, nameOf(file))
  }

  const template = async (context: PluginContext, file: string): Promise<string> => {
    const files = await closure(file)
    for (const path of files.values()) context.addWatchFile(path)
    const names = Array.from(files.keys())
    const manifest = manifestOf(names, (name) => toName(files.get(name)!) + CODE)
    return `${imports()}${manifest.replace('export default', 'const templates =')}${runtimeEnvironment('templates')}export default environment.getTemplateSync(${JSON.stringify(nameOf(file))});\n`
  }

  const manifest = (context: PluginContext): string => {
    const names = new FileSystemLoader(base).list().filter(isListed)
    for (const name of names) context.addWatchFile(fileOf(name))
    const code = manifestOf(names, (name) => toName(fileOf(name)) + CODE)
    return `${imports()}${code.replace('export default', 'export const templates =')}${runtimeEnvironment('templates')}export default templates;\n`
  }

  return {
    name: 'phial:templates',
    enforce: 'pre',
    configResolved(config) {
      root = config.root
      base = resolve(root, folder)
    },
    async resolveId(id, importer) {
      if (id === MANIFEST) return RESOLVED_MANIFEST
      const ending = [CODE, TEMPLATE].find((each) => id.endsWith(each))
      if (ending === undefined) return null
      const path = id.slice(0, -ending.length)
      if (isAbsolute(path) && isBelow(path, root)) return id
      const resolved = await this.resolve(path, importer, { skipSelf: true })
      return resolved === null ? null : resolved.id + ending
    },
    async load(id) {
      if (id === RESOLVED_MANIFEST) return { code: manifest(this), map: null }
      if (id.endsWith(CODE)) return { code: await code(id.slice(0, -CODE.length)), map: null }
      if (id.endsWith(TEMPLATE))
        return { code: await template(this, id.slice(0, -TEMPLATE.length)), map: null }
      return null
    },
    configureServer({ watcher, environments }) {
      const reload = (file: string): void => {
        if (!isBelow(file, base) || !isListed(nameOf(file))) return
        for (const { moduleGraph, hot } of Object.values(environments)) {
          const module = moduleGraph.getModuleById(RESOLVED_MANIFEST)
          if (module === undefined) continue
          moduleGraph.invalidateModule(module as never)
          hot.send({ type: 'full-reload' })
        }
      }
      watcher.on('add', reload)
      watcher.on('unlink', reload)
    },
  }
}

function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && !path.startsWith('..') && !isAbsolute(path)
}

/** Vite's addresses, and names of templates, have `/` on every platform. */
function toName(path: string): string {
  return path.split(sep).join('/')
}

async function sourceOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
