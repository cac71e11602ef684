import { describe, expect, it } from 'vitest'
import { Phial } from '../app.ts'
import { NoAppError } from './cli-error.ts'
import { findApp, findNamedApp } from './find-app.ts'

const first = new Phial('first', { staticFolder: null })
const second = new Phial('second', { staticFolder: null })
const other = { fetch: () => new Response() }

describe('findApp', () => {
  it.each<[what: string, exports: Record<string, unknown>, app: unknown]>([
    ['the default export', { app: second, default: first }, first],
    ['a default export of another framework', { default: other }, other],
    ['a promise that is the default export', { default: Promise.resolve(first) }, first],
    ['app', { a: second, app: first }, first],
    ['application', { a: second, application: first }, first],
    ['the only application', { site: first, name: 'site', other }, first],
    ['what createApp makes', { createApp: () => first }, first],
    ['what makeApp makes later', { makeApp: async () => first }, first],
    ['what a default export makes', { default: () => first }, first],
    ['the application before the factory', { createApp: () => second, site: first }, first],
    ['a factory with defaults', { createApp: (app = first) => app }, first],
    [
      'a factory with optional parameters',
      { createApp: (app?: Phial, _debug?: boolean) => app ?? first },
      first,
    ],
  ])('finds %s', async (_what, exports, app) => {
    expect(await findApp(exports, 'hello')).toBe(app)
  })

  it.each<[what: string, exports: Record<string, unknown>, message: string]>([
    ['nothing', {}, "There is no application in 'hello'. It exports nothing."],
    ['no application', { a: 1, b: other }, "There is no application in 'hello'. It exports a, b."],
    [
      'several',
      { a: first, b: second },
      "There are 2 applications in 'hello': a, b. Choose one with --app 'hello:a'",
    ],
    [
      'a factory that fails without arguments',
      { createApp: (mode: string) => mode.toUpperCase() },
      `'createApp' in 'hello' failed with 'Cannot read properties of undefined (reading 'toUpperCase')'. ` +
        `It has 1 parameter and got no argument: write --app "hello:createApp('value', …)", or give its parameters defaults.`,
    ],
    [
      'a factory that makes nothing without arguments',
      { createApp: (mode: string, _level: number) => mode },
      "'createApp' in 'hello' returned undefined, not an application. It has 2 parameters and got no argument: write",
    ],
    [
      'a factory that returns nothing',
      { createApp: () => undefined },
      "'createApp' in 'hello' returned undefined",
    ],
    [
      'a factory that returns something else',
      { makeApp: () => new Map() },
      "'makeApp' in 'hello' returned an object of class Map",
    ],
    ['a class', { createApp: Phial }, "There is no application in 'hello'. It exports createApp."],
  ])('explains a module with %s', async (_what, exports, message) => {
    const error = await findApp(exports, 'hello').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NoAppError)
    expect((error as NoAppError).message).toContain(message)
  })

  it('lets errors of the factory through', async () => {
    const failure = new TypeError('inside')
    const createApp = (): never => {
      throw failure
    }
    await expect(findApp({ createApp }, 'hello')).rejects.toBe(failure)
  })
})

describe('findNamedApp', () => {
  it('takes an export, or what it gives', async () => {
    const exports = {
      site: first,
      other,
      make: (name: string) => new Phial(name, { staticFolder: null }),
      get: () => first,
    }
    expect(await findNamedApp(exports, 'hello', 'site', null)).toBe(first)
    expect(await findNamedApp(exports, 'hello', 'other', null)).toBe(other)
    expect(await findNamedApp(exports, 'hello', 'get', null)).toBe(first)
    expect(await findNamedApp(exports, 'hello', 'make', ['shop'])).toMatchObject({ name: 'shop' })
  })

  it.each<[name: string, args: unknown[] | null, message: string]>([
    ['nope', null, "'hello' has no export 'nope'. It exports text, make, Class."],
    ['toString', null, "'hello' has no export 'toString'"],
    ['text', null, "'text' in 'hello' is a string, not an application and no function that makes one"],
    ['text', [], "'text' in 'hello' is a string and cannot be called"],
    ['Class', [], "'Class' in 'hello' is a class and cannot be called"],
    [
      'make',
      ['a'],
      "'make' in 'hello' returned a string, not an application. It has 2 parameters and got 1 argument: ",
    ],
    ['make', ['a', 'b'], "'make' in 'hello' returned a string, not an application"],
  ])('explains %s called with %j', async (name, args, message) => {
    const exports = { text: 'a', make: (a: string, b: string) => a + b, Class: class {} }
    const error = await findNamedApp(exports, 'hello', name, args).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NoAppError)
    expect((error as NoAppError).message).toContain(message)
  })
})
