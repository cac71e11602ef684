import { statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { NoAppError } from './cli-error.ts'

/** The endings of modules that can be run, in the order in which they are tried. */
const ENDINGS: readonly string[] = ['.ts', '.js', '.mjs', '.mts']

/** Where an application is looked for if nobody says where it is. */
const FOLDERS: readonly string[] = ['', 'src']
const NAMES: readonly string[] = ['app', 'wsgi']

/**
 * Finds the file of a module that `--app` names: a file, or one with an ending added, or the `index` or `app` of a
 * folder.
 *
 * @returns its absolute path.
 * @throws NoAppError with all that was tried.
 */
export function findModuleFile(module: string, cwd: string): string {
  const path = resolve(cwd, module)
  if (isFile(path)) return path
  const candidates = [path, join(path, 'index'), join(path, 'app')].flatMap(withEndings)
  const found = candidates.find(isFile)
  if (found !== undefined) return found
  // Whoever gave an ending has mistyped the path; the endings that were tried beside it tell nothing.
  const hasEnding = ENDINGS.some((ending) => module.endsWith(ending))
  const tried = hasEnding
    ? ''
    : ` Tried ${withEndings(module).join(', ')}, and index and app in a folder ${module}.`
  throw new NoAppError(`There is no module '${module}' in ${cwd}.${tried} Check --app or PHIAL_APP.`)
}

/**
 * Finds `app.ts`, `app.js`, `app.mjs`, `app.mts`, else `wsgi.*`, in the folder, else in its `src`.
 *
 * @throws NoAppError if there is none.
 */
export function findDefaultFile(cwd: string): string {
  const candidates = FOLDERS.flatMap((folder) =>
    NAMES.flatMap((name) => withEndings(join(cwd, folder, name))),
  )
  const found = candidates.find(isFile)
  if (found !== undefined) return found
  throw new NoAppError(
    `There is no application in ${cwd}: no app.ts, app.js, wsgi.ts or wsgi.js, here or in src. ` +
      'Go to the folder of the application, or name it: --app PATH/FILE.ts or PHIAL_APP.',
  )
}

/** A file as seen from the folder, if it lies below it. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file)
  return path.startsWith('..') ? file : path
}

function withEndings(path: string): string[] {
  return ENDINGS.map((ending) => path + ending)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
