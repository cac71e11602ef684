import { NoAppError } from './cli-error.ts'
import { isPhial, isServedApp, type ServedApp } from './served-app.ts'

/** The exports of a module. */
export type ModuleExports = Readonly<Record<string, unknown>>

type Factory = (...args: unknown[]) => unknown

const APP_NAMES: readonly string[] = ['default', 'app', 'application']
const FACTORY_NAMES: readonly string[] = ['createApp', 'makeApp', 'default']

/**
 * Finds the application in a module: the default export, the exports `app` and `application`, the only export that is
 * one, or what `createApp`, `makeApp` or a function that is the default export gives.
 *
 * @param module the module, as errors name it.
 * @throws NoAppError if there is none, or several and none of these.
 */
export async function findApp(exports: ModuleExports, module: string): Promise<ServedApp> {
  for (const name of APP_NAMES) {
    const value = await exports[name]
    if (isPhial(value) || (name === 'default' && isServedApp(value))) return value
  }
  const found = Object.keys(exports).filter((name) => isPhial(exports[name]))
  if (found.length > 1) {
    throw new NoAppError(
      `There are ${found.length} applications in '${module}': ${found.join(', ')}. ` +
        `Choose one with --app '${module}:${found[0]}', or make it the default export.`,
    )
  }
  if (found.length === 1) return exports[found[0]!] as ServedApp
  for (const name of FACTORY_NAMES) {
    const factory = exports[name]
    if (!isFactory(factory)) continue
    return makeApp(factory, [], module, name)
  }
  throw new NoAppError(
    `There is no application in '${module}'. It exports ${exportList(exports)}. ` +
      `Add 'export default app', or name it with --app '${module}:NAME'.`,
  )
}

/**
 * The application that an export is, or gives when it is called.
 *
 * @param args the arguments of the call, or null if there is none.
 * @throws NoAppError if there is no such export, or it gives none.
 */
export async function findNamedApp(
  exports: ModuleExports,
  module: string,
  name: string,
  args: readonly unknown[] | null,
): Promise<ServedApp> {
  if (!Object.hasOwn(exports, name)) {
    throw new NoAppError(`'${module}' has no export '${name}'. It exports ${exportList(exports)}.`)
  }
  const value = await exports[name]
  if (args === null && isServedApp(value)) return value
  if (!isFactory(value)) {
    throw new NoAppError(
      args === null
        ? `'${name}' in '${module}' is ${describe(value)}, not an application and no function that makes one.`
        : `'${name}' in '${module}' is ${describe(value)} and cannot be called.`,
    )
  }
  return makeApp(value, args ?? [], module, name)
}

/** Calls a factory, with fewer arguments than it has parameters too: those that are left out may be optional. */
async function makeApp(
  factory: Factory,
  args: readonly unknown[],
  module: string,
  name: string,
): Promise<ServedApp> {
  const advice =
    factory.length > args.length
      ? ` It has ${countParameters(factory.length)} and got ${countArguments(args.length)}: ` +
        `write --app "${module}:${name}('value', …)", or give its parameters defaults.`
      : ''
  let app: unknown
  try {
    app = await factory(...args)
  } catch (error) {
    if (advice === '' || !(error instanceof Error)) throw error
    throw new NoAppError(`'${name}' in '${module}' failed with '${error.message}'.${advice}`, {
      cause: error,
    })
  }
  if (isServedApp(app)) return app
  throw new NoAppError(
    `'${name}' in '${module}' returned ${describe(app)}, not an application.${advice || ' It must return a Phial.'}`,
  )
}

/** A function that can be called without `new`. */
function isFactory(value: unknown): value is Factory {
  return typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))
}

function countParameters(count: number): string {
  return count === 1 ? '1 parameter' : `${count} parameters`
}

function countArguments(count: number): string {
  return count === 0 ? 'no argument' : count === 1 ? '1 argument' : `${count} arguments`
}

function exportList(exports: ModuleExports): string {
  const names = Object.keys(exports)
  return names.length === 0 ? 'nothing' : names.join(', ')
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return /^class\b/.test(String(value)) ? 'a class' : 'a function'
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)?.constructor
    ?.name
  return typeof name === 'string' && name !== '' && name !== 'Object'
    ? `an object of class ${name}`
    : 'an object'
}
