import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { EnvironmentView } from '../../runtime-interface.ts'
import type { LoadedSource, Loader } from '../loader.ts'
import { splitTemplatePath } from '../template-path.ts'
import { FileSystemLoader } from './file-system-loader.ts'

export interface PackageLoaderOptions {
  /** From where the package is looked for: a file or folder, or `import.meta.url`. Default: the working directory. */
  readonly from?: string | URL
  /** The encoding of the files. Default: `utf-8`. */
  readonly encoding?: string
}

/**
 * Templates that a package brings along, in a folder of it.
 *
 * ```ts
 * new PackageLoader('my-theme')                                          // node_modules/my-theme/templates
 * new PackageLoader('my-theme', 'views', { from: import.meta.url })
 * ```
 */
export class PackageLoader implements Loader {
  readonly packageName: string
  /** The folder in the package. */
  readonly packagePath: string
  readonly #files: FileSystemLoader

  /**
   * @param packagePath Default: `templates`.
   * @throws {Error} if the package is not installed, or has no such folder.
   */
  constructor(
    packageName: string,
    packagePath: string = 'templates',
    { from = process.cwd(), encoding }: PackageLoaderOptions = {},
  ) {
    this.packageName = packageName
    this.packagePath = packagePath
    const parts = splitTemplatePath(packagePath)
    const root = findPackage(packageName, from)
    if (root === undefined) {
      throw new Error(
        `the package ${JSON.stringify(packageName)} is not installed where ${from} would find it`,
      )
    }
    const folder = parts && join(root, ...parts)
    if (folder === undefined || !isFolder(folder)) {
      throw new Error(
        `the package ${JSON.stringify(packageName)} has no folder ${JSON.stringify(packagePath)}: ${root}`,
      )
    }
    this.#files = new FileSystemLoader(folder, encoding === undefined ? {} : { encoding })
  }

  getSource(name: string, environment?: EnvironmentView): LoadedSource {
    return this.#files.getSource(name, environment)
  }

  getSourceAsync(name: string, environment?: EnvironmentView): Promise<LoadedSource> {
    return this.#files.getSourceAsync(name, environment)
  }

  list(): readonly string[] {
    return this.#files.list()
  }
}

const PACKAGE_NAME = /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*$/

/** The folder of a package, whatever it exports: an installed one, or the one that the asking file belongs to. */
function findPackage(name: string, from: string | URL): string | undefined {
  if (!PACKAGE_NAME.test(name)) return undefined
  const start = resolve(from instanceof URL || from.startsWith('file:') ? fileURLToPath(from) : from)
  const folder = isFolder(start) ? start : dirname(start)
  const require = createRequire(pathToFileURL(join(folder, 'from.js')))
  for (const modules of require.resolve.paths(name) ?? []) {
    if (isFolder(join(modules, name))) return join(modules, name)
  }
  const own = enclosingPackage(folder, name)
  if (own !== undefined) return own
  try {
    // Installations without a `node_modules` folder answer this one.
    return enclosingPackage(dirname(require.resolve(name)), name)
  } catch {
    return undefined
  }
}

function enclosingPackage(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const manifest = join(at, 'package.json')
    if (existsSync(manifest) && nameIn(manifest) === name) return at
    if (dirname(at) === at) return undefined
  }
}

function nameIn(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name
  } catch {
    return undefined
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
