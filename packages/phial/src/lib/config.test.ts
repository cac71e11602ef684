import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Phial, type PhialConfig } from '../index.ts'
import { captureLog } from '../testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'phial-config-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return name
}

function createApp(options?: ConstructorParameters<typeof Phial>[1]): Phial {
  return new Phial('test', { staticFolder: null, rootPath: folder, ...options })
}

describe('a configuration', () => {
  it('takes the UPPER_CASE keys of objects, modules and classes', () => {
    const { config } = createApp()
    class Base {
      static TESTING = true
      static LEVEL = 1
      static lower = 'ignored'
    }
    class Production extends Base {
      static override LEVEL = 2
    }
    config.fromObject(Production)
    config.fromMapping({ NAME: 'x', lower: 1, Mixed: 2, _PRIVATE: 3, 'KEY-2': 4, '123': 5 })
    expect([config.TESTING, config['LEVEL'], config['NAME'], config['_PRIVATE'], config['KEY-2']]).toEqual([
      true,
      2,
      'x',
      3,
      4,
    ])
    expect(['lower', 'Mixed', '123'].some((key) => key in config)).toBe(false)
  })

  it('takes settings of the declared type, and any others', () => {
    const settings: Partial<PhialConfig> = { TESTING: true }
    const app = new Phial('test', { config: settings })
    app.config.update(settings)
    app.config.update({ DEBUG: true, COLOUR: 'red' })
    // @ts-expect-error a key of Phial has a type
    app.config.update({ TESTING: 'yes' })
    expect([app.config.DEBUG, app.config['COLOUR']]).toEqual([true, 'red'])
  })

  it('S16: takes __PROTO__ for a key like any other', () => {
    const { config } = createApp()
    config.update(JSON.parse('{"__proto__": {"DEBUG": true}}') as Record<string, unknown>)
    config.fromPrefixedEnv('P', { env: { P___proto____POLLUTED: '1', P_constructor__POLLUTED: '1' } })
    expect(config.DEBUG).toBe(false)
    expect(({} as { POLLUTED?: unknown }).POLLUTED).toBeUndefined()
  })

  it('is read from JSON, modules, and whatever a loader reads', async () => {
    const { config } = createApp()
    write('config.json', '{"SECRET_KEY": "from json", "lower": 1}')
    write('settings.mjs', 'export const LEVEL = 3; export const helper = 1')
    write('config.ini', 'NAME=ini')
    expect(await config.fromFile('config.json')).toBe(true)
    await config.fromFile('settings.mjs')
    await config.fromFile('config.ini', { load: (text) => Object.fromEntries([text.split('=')]) })
    expect([config.SECRET_KEY, config['LEVEL'], config['NAME'], config['helper']]).toEqual([
      'from json',
      3,
      'ini',
      undefined,
    ])
  })

  it('says what is wrong with a file', async () => {
    const { config } = createApp()
    await expect(config.fromFile('missing.json')).rejects.toThrow(
      /Unable to load .*missing\.json.*silent: true/,
    )
    expect(await config.fromFile('missing.json', { silent: true })).toBe(false)
    await expect(config.fromFile(write('x.toml', ''))).rejects.toThrow(/\{ load: TOML\.parse \}/)
    await expect(config.fromFile(write('list.json', '[1]'))).rejects.toThrow(/not an object/)
    await expect(config.fromFile(write('bad.json', '{'))).rejects.toThrow(SyntaxError)
  })

  it('is read from the file that a variable of the environment names', async () => {
    const { config } = createApp()
    write('named.json', '{"NAME": "by variable"}')
    expect(await config.fromEnvvar('APP_SETTINGS', { env: { APP_SETTINGS: 'named.json' } })).toBe(true)
    expect(config['NAME']).toBe('by variable')
    await expect(config.fromEnvvar('APP_SETTINGS', { env: {} })).rejects.toThrow(
      /The environment variable "APP_SETTINGS" is not set/,
    )
    expect(await config.fromEnvvar('PHIAL_NO_SUCH_VARIABLE', { silent: true })).toBe(false)
  })

  it('is read from the instance folder where the application says so', async () => {
    const app = createApp({ instancePath: folder, rootPath: '/elsewhere', instanceRelativeConfig: true })
    write('instance.json', '{"NAME": "of the instance"}')
    await app.config.fromFile('instance.json')
    expect([app.config['NAME'], app.instancePath]).toEqual(['of the instance', folder])
    expect(createApp().instancePath).toBe(`${folder}/instance`)
    expect(() => createApp({ instancePath: 'relative' })).toThrow(
      'The instancePath must be an absolute path; got "relative".',
    )
  })

  it('is read from variables with a prefix; __ leads into objects', () => {
    const { config } = createApp()
    config['DB'] = { PORT: 1, HOST: 'kept' }
    config.fromPrefixedEnv('APP', {
      env: {
        APP_TEXT: 'plain',
        APP_NUMBER: '42',
        APP_JSON: '{"a": [1, 2]}',
        APP_DB__PORT: '5432',
        APP_NEW__a__b: 'true',
        OTHER: 'no',
        APPLE_X: 'no',
        APP_BINDING: new Map() as unknown,
      },
    })
    expect({ ...config }).toMatchObject({
      TEXT: 'plain',
      NUMBER: 42,
      JSON: { a: [1, 2] },
      DB: { PORT: 5432, HOST: 'kept' },
      NEW: { a: { b: true } },
      BINDING: new Map(),
    })
    expect(['OTHER', 'LE_X'].some((key) => key in config)).toBe(false)
    config.fromPrefixedEnv('X', { env: { X_A: 'a' }, loads: (text) => text.toUpperCase() })
    expect(config['A']).toBe('A')
    expect(() => config.fromPrefixedEnv('APP', { env: { APP_NUMBER__X: '1' } })).toThrow(
      'APP_NUMBER__X sets a key inside of NUMBER, which is not an object. ',
    )
  })

  it('gives its parts by prefix', () => {
    const { config } = createApp({ config: { IMAGE_TYPE: 'fs', IMAGE_PATH: '/x' } })
    expect(config.getNamespace('IMAGE_')).toEqual({ type: 'fs', path: '/x' })
    expect(config.getNamespace('IMAGE_', { lowercase: false, trimNamespace: false })).toEqual({
      IMAGE_TYPE: 'fs',
      IMAGE_PATH: '/x',
    })
  })

  it('warns of keys that have no effect, once', async () => {
    const app = createApp({ config: { JSON_SORT_KEYS: false, MINE: 1 } })
    const records = captureLog(app)
    await app.testClient().get('/')
    await app.testClient().get('/')
    expect(records.map(({ message }) => message)).toEqual([
      'The configuration key JSON_SORT_KEYS has no effect. Set sortKeys of a FlaskJsonProvider.',
    ])
  })
})
