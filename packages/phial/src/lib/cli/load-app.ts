import { pathToFileURL } from 'node:url'
import { findDefaultFile, findModuleFile, shownPath } from './app-file.ts'
import { type AppReference, parseAppReference } from './app-reference.ts'
import { CliError, NoAppError } from './cli-error.ts'
import { findApp, findNamedApp, type ModuleExports } from './find-app.ts'
import type { CliIo } from './io.ts'
import { isPhial, type ServedApp } from './served-app.ts'

/** The options that all commands with an application have. */
export interface AppOptions {
  /** Where the application is. Default: `PHIAL_APP`, else it is looked for. */
  app?: string | undefined
  /** Development mode. Default: `PHIAL_DEBUG`. */
  debug?: boolean | undefined
}

export interface LoadedApp {
  readonly app: ServedApp
  /** What to call it. */
  readonly name: string
  readonly debug: boolean
}

/**
 * Loads the application that the options or the environment name, or that lies in the folder.
 *
 * @throws NoAppError if there is none, or its module cannot be imported.
 */
export async function loadApp(options: AppOptions, io: CliIo): Promise<LoadedApp> {
  const debug = isDebug(options, io)
  // Modules that read it while they are imported see what the command was told.
  if (options.debug !== undefined) io.env['PHIAL_DEBUG'] = debug ? '1' : '0'
  if (io.createApp !== undefined) {
    const app = await io.createApp()
    const isTold = options.debug !== undefined || io.env['PHIAL_DEBUG'] !== undefined
    if (isPhial(app) && isTold) app.debug = debug
    const own = isPhial(app) ? app : null
    return { app, name: own?.name ?? 'app', debug: own?.debug ?? debug }
  }
  const text = options.app ?? io.env['PHIAL_APP'] ?? ''
  const reference = text === '' ? null : parseAppReference(text)
  const app = await locateApp(reference, io)
  if (isPhial(app)) app.debug = debug
  return { app, name: reference?.text ?? (isPhial(app) ? app.name : 'app'), debug }
}

/**
 * Finds an application.
 *
 * @param reference where it is, or null to look for it in the folder.
 * @throws NoAppError if there is none, or its module cannot be imported.
 */
export async function locateApp(
  reference: AppReference | null,
  io: Pick<CliIo, 'cwd' | 'prepareImport'>,
): Promise<ServedApp> {
  const { cwd } = io
  const file = reference === null ? findDefaultFile(cwd) : findModuleFile(reference.module, cwd)
  const shown = shownPath(file, cwd)
  await io.prepareImport?.(file)
  const exports = await importUserModule(file, shown)
  try {
    if (reference === null || reference.name === null)
      return await findApp(exports, reference?.module ?? shown)
    return await findNamedApp(exports, reference.module, reference.name, reference.args)
  } catch (error) {
    if (error instanceof CliError) throw error
    throw await loadFailure(`'${shown}' could not make the application`, error, file)
  }
}

async function importUserModule(file: string, shown: string): Promise<ModuleExports> {
  try {
    return (await import(pathToFileURL(file).href)) as ModuleExports
  } catch (error) {
    throw await loadFailure(`'${shown}' could not be imported`, error, file)
  }
}

/** The long explanation is loaded when it is needed: a command that works never pays for it. */
async function loadFailure(what: string, error: unknown, file: string): Promise<NoAppError> {
  const { explainImportFailure } = await import('./import-failure.ts')
  const { text, hint } = explainImportFailure(error)
  let detail = text
  if (error instanceof SyntaxError && !text.startsWith('file:')) {
    const { findSyntaxError } = await import('./syntax-error-place.ts')
    detail = (await findSyntaxError(file)) ?? text
  }
  return new NoAppError(hint === '' ? `${what}.` : `${what}. ${hint}`, { exitCode: 1, detail, cause: error })
}

/** Whether the command runs in development mode. */
export function isDebug(options: AppOptions, io: Pick<CliIo, 'env'>): boolean {
  return options.debug ?? isTrue(io.env['PHIAL_DEBUG'])
}

/** The value of a variable that is a switch: everything but `0`, `false`, `no`, `off` and nothing is on. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no', 'off', 'f', 'n'].includes(value.toLowerCase())
}
