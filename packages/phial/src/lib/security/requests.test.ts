import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captureLog } from 'phial/testing'
import { describe, expect, it, vi } from 'vitest'
import {
  Blueprint,
  Phial,
  type PhialConfig,
  renderTemplateStringAsync,
  reply,
  request,
  type StandardSchema,
  urlFor,
} from '../../index.ts'
import { isSafeRedirect } from '../../security.ts'

// Rows of the security catalogue that concern an application as a whole, rather than one of its parts.

function createApp(config: Readonly<Record<string, unknown>> = {}): Phial {
  return new Phial('site', { staticFolder: null, config })
}

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']

describe('L03–L05: a limit that is none', () => {
  it.each<[value: unknown, shown: string]>([
    ['10 potatoes', '"10 potatoes"'],
    ['1e9', '"1e9"'],
    [Number.NaN, 'NaN'],
    [-1, '-1'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [1.5, '1.5'],
    [undefined, 'undefined'],
  ])('is refused at the start, not taken for no limit: %s', async (value, shown) => {
    const app = createApp({ MAX_JSON_LENGTH: value })
    const message = `MAX_JSON_LENGTH is a whole number from 0 up, or null for no limit; got ${shown}.`
    await expect(app.startup()).rejects.toThrow(message)
    await expect(app.testClient().get('/')).rejects.toThrow(message)
    await expect(app.testClient().get('/')).rejects.toThrow(message)
  })

  it('is refused for keys too', async () => {
    const message =
      'The SECRET_KEY is text or bytes, and SECRET_KEY_FALLBACKS is a list of such keys; null for none.'
    await expect(createApp({ SECRET_KEY: 42 }).startup()).rejects.toThrow(message)
    await expect(createApp({ SECRET_KEY_FALLBACKS: 'old' }).startup()).rejects.toThrow(message)
    await createApp({ SECRET_KEY: new Uint8Array(16), SECRET_KEY_FALLBACKS: ['old'] }).startup()
  })

  it('R20: is told together with other mistakes', async () => {
    const app = createApp({ MAX_FORM_PARTS: '5', TRUSTED_HOSTS: 'example.com', SECRET_KEY: '' })
    await expect(app.startup()).rejects.toThrow(
      'The configuration has 3 mistakes:\n' +
        '  MAX_FORM_PARTS is a whole number from 0 up, or null for no limit; got "5".\n' +
        '  TRUSTED_HOSTS is a list of hosts, or null; got "example.com".\n' +
        '  The SECRET_KEY, or one of SECRET_KEY_FALLBACKS, is empty: anybody could sign with it.',
    )
  })
})

describe('S06: an external URL with the host of the request', () => {
  it.each<[host: string, config: Partial<PhialConfig>, warnings: number]>([
    ['shop.test', {}, 1],
    ['shop.test', { TRUSTED_HOSTS: ['shop.test'] }, 0],
    ['shop.test', { SERVER_NAME: 'shop.test' }, 0],
    ['shop.test', { DEBUG: true }, 0],
    ['localhost:5000', {}, 0],
    ['127.0.0.1', {}, 0],
    ['localhost.evil.test', {}, 1],
  ])('%s %j', async (host, config, warnings) => {
    const app = createApp(config)
    app.get('/', { endpoint: 'home' }, () => urlFor('home', {}, { external: true }))
    app.get('/inside', () => urlFor('home'))
    const records = captureLog(app)
    const client = app.testClient()
    await client.get('/inside', { baseUrl: `http://${host}` })
    await client.get('/', { baseUrl: `http://${host}` })
    expect((await client.get('/', { baseUrl: `http://${host}` })).text).toBe(`http://${host}/`)
    expect(records.map(({ level }) => level)).toEqual(Array(warnings).fill('warning'))
    if (warnings > 0) expect(records[0]?.message).toContain(`the host ${JSON.stringify(host)}, which comes`)
  })
})

it.each([
  ['http://shop.test:5000', 'http://shop.test:5000/home/'],
  ['http://other.test', 'http://shop.test:5000/home/'],
  ['https://www.shop.test', 'https://shop.test:5000/home/'],
])('S06: SERVER_NAME is the host of URLs and redirects in a request to %s', async (baseUrl, url) => {
  const app = createApp({ SERVER_NAME: 'shop.test:5000' })
  app.get('/home/', { endpoint: 'home' }, () => urlFor('home', {}, { external: true }))
  const records = captureLog(app)
  const client = app.testClient()
  expect((await client.get('/home/', { baseUrl })).text).toBe(url)
  expect((await client.get('/home', { baseUrl })).headers.get('Location')).toBe(url)
  expect(records).toEqual([])
})

describe('S10: a body that a schema checks', () => {
  it.each([
    'application/json',
    'APPLICATION/JSON',
    ' application/json ',
    'application/json\t;charset=utf-8',
    'application/json; charset=utf-8',
    'application/problem+json',
    'application/jsonx',
    'text/plain',
    'text/plain;application/json',
    'application/json, text/plain',
    'application/x-www-form-urlencoded',
    ';application/json',
    '',
  ])('is checked or refused, whatever its type is called: %j', async (contentType) => {
    const app = createApp()
    let seen: unknown = null
    const json: StandardSchema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'never right' }] }) },
    }
    app.post('/', { json }, () => {
      seen = 'the view'
      return ''
    })
    const { status } = await app.testClient().post('/', { body: '{"admin":true}', contentType })
    expect([422, 415, 400]).toContain(status)
    expect(seen).toBeNull()
  })
})

it('S15: all files of a field are checked', async () => {
  const app = createApp()
  const form: StandardSchema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate(value) {
        const files = (value as { file: { filename: string }[] }).file
        const bad = files.findIndex(({ filename }) => !filename.endsWith('.png'))
        return bad < 0 ? { value } : { issues: [{ message: 'No picture', path: ['file', bad] }] }
      },
    },
  }
  app.post('/', { form }, () => 'saved')
  const send = async (...names: string[]) =>
    app.testClient().post('/', { form: { file: names.map((name) => new File(['x'], name)) } })
  expect((await send('a.png', 'b.png')).text).toBe('saved')
  expect((await send('a.png', 'b.exe')).json<{ errors: unknown }>().errors).toEqual([
    { in: 'form', pointer: '/file/1', message: 'No picture' },
  ])
})

describe('S18: a response that cannot be written', () => {
  it.each<[what: string, view: () => object]>([
    ['a line break in a header', () => reply('x', 200, { 'X-A': 'a\r\nSet-Cookie: b=c' })],
    ['a low byte that becomes one', () => reply('x', 200, { 'X-A': 'a\u010Db' })],
    ['a name that is none', () => reply('x', 200, { 'X A': '1' })],
    ['a status that is none', () => reply('x', 99)],
    ['a status beyond all', () => reply('x', 1000)],
    ['a fractional status', () => reply('x', 200.5)],
    ['a line break in the reason', () => reply('x', '200 OK\r\nX: y')],
  ])('is an error of the view, with its own page: %s', async (_what, view) => {
    const app = createApp()
    app.get('/', view)
    app.errorHandler(500, () => reply('sorry', 500))
    captureLog(app)
    const response = await app.testClient().get('/')
    expect([response.status, response.text]).toEqual([500, 'sorry'])
  })
})

describe('S36: values of URLs', () => {
  it('are those of the own request, for rules that share a place', async () => {
    const app = createApp()
    const wait = () => new Promise((resolve) => setTimeout(resolve, 1))
    app.get('/<int:id>/a', async (params) => {
      await wait()
      return params
    })
    app.get('/<name>/b', async (params) => {
      await wait()
      return params
    })
    const client = app.testClient()
    const paths = ['/1/a', '/x/b', '/2/a', '/3/b']
    const found = await Promise.all(paths.map(async (path) => (await client.get(path)).json()))
    expect(found).toEqual([{ id: 1 }, { name: 'x' }, { id: 2 }, { name: '3' }])
  })
})

describe('S38: bytes that are no text', () => {
  it.each(['/%FF', '/%C0%AF', '/%ED%A0%80', '/%00', '/a%', '/%zz', '/?a=%FF&b=%', '/%F4%90%80%80/%FE'])(
    'in %s are no error of the server',
    async (path) => {
      const app = createApp()
      app.get('/', () => [...request.args.keys()])
      app.get('/<path:rest>', ({ rest }) => rest)
      expect((await app.testClient().get(path)).status).toBeLessThan(500)
    },
  )
})

describe('S40: methods', () => {
  it('HEAD passes the hooks that guard GET; unknown ones find no view', async () => {
    const app = createApp()
    const admin = new Blueprint('admin', null, { urlPrefix: '/admin' })
    admin.beforeRequest(() => reply('no', 401))
    admin.get('/', () => 'secret')
    app.registerBlueprint(admin)
    const client = app.testClient()
    const statuses = ['GET', 'HEAD', 'TRACE', 'CONNECT', 'BREW'].map(
      async (method) => (await client.open('/admin/', { method })).status,
    )
    expect(await Promise.all(statuses)).toEqual([401, 401, 405, 405, 405])
  })

  it('are not changed by a header', async () => {
    const app = createApp()
    app.get('/', () => 'read')
    app.delete('/', () => 'deleted')
    const headers = { 'X-HTTP-Method-Override': 'DELETE' }
    expect((await app.testClient().post('/', { headers })).status).toBe(405)
    expect((await app.testClient().get('/', { headers })).text).toBe('read')
  })
})

describe('S32, S126: what lies beside static files', () => {
  it('is not served: names with a dot before them, and lists of folders', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'phial-static-'))
    try {
      mkdirSync(join(folder, 'static/sub/.git'), { recursive: true })
      for (const name of ['.env', 'static/.env', 'static/sub/.git/config', 'static/a.css']) {
        writeFileSync(join(folder, name), 'content')
      }
      const client = new Phial('site', { rootPath: folder }).testClient()
      expect((await client.get('/static/a.css')).text).toBe('content')
      for (const path of [
        '.env',
        'sub/.git/config',
        'sub',
        'sub/',
        '',
        '../.env',
        '%2e%2e/.env',
        '..%2f.env',
      ]) {
        expect([path, (await client.get(`/static/${path}`)).status]).toEqual([path, 404])
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

it('S41: letters that look alike do not make the same host', () => {
  expect(isSafeRedirect('https://\u212Aiosk.test/', 'https://kiosk.test')).toBe(false)
  expect(isSafeRedirect('https://KIOSK.test/', 'https://kiosk.test')).toBe(false)
})

describe('S74: names of the members that all objects have', () => {
  it.each(NAMES)('%s is found nowhere', async (name) => {
    const app = createApp({ SECRET_KEY: 'a secret key of tests' })
    app.get('/', () => urlFor(request.args.get('to') ?? ''))
    app.get('/form', () => ({ value: request.args.get(name, 'none'), has: request.args.has(name) }))
    app.get('/template', async () => renderTemplateStringAsync(`{{ ${name} is defined }}`))
    captureLog(app)
    const client = app.testClient()
    expect((await client.get('/', { query: { to: name } })).status).toBe(500)
    expect((await client.get('/form')).json()).toEqual({ value: 'none', has: false })
    expect((await client.get('/template')).text).toBe('False')
    expect((await client.get(`/${name}`)).status).toBe(404)
    expect(() => createApp().get(`/<${name}:x>`, () => '')).toThrow(/the converter '.*' does not exist/)
    expect((await app.testCliRunner().invoke([name])).stderr).toContain(`Unknown command '${name}'`)
  })
})

it('S83: pages that are rendered at the same time do not mix', async () => {
  const app = createApp()
  app.contextProcessor(() => ({ who: request.args.get('who') }))
  const source = '{% set x = who %}{{ wait() }}{{ x }} {{ who }} {{ request.args.who }}'
  app.get('/', () =>
    renderTemplateStringAsync(source, {
      wait: () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5, '')),
    }),
  )
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`)
  const pages = await Promise.all(
    names.map(async (who) => (await app.testClient().get('/', { query: { who } })).text),
  )
  expect(pages).toEqual(names.map((name) => `${name} ${name} ${name}`))
})

describe('R05: an error before the response', () => {
  it('leaves hooks and teardown to run once', async () => {
    const app = createApp()
    const steps: string[] = []
    app.get('/', () => {
      throw new Error('view')
    })
    app.afterRequest(() => void steps.push('after'))
    app.teardownRequest((error) => void steps.push(`teardown ${String(error)}`))
    app.errorHandler(500, () => {
      steps.push('handler')
      return reply('page', 500)
    })
    captureLog(app)
    expect((await app.testClient().get('/')).status).toBe(500)
    expect(steps).toEqual(['handler', 'after', 'teardown Error: view'])
  })
})

it('R21: bytes of all kinds in headers and cookies are no error of the server', async () => {
  const app = createApp({ SECRET_KEY: 'a secret key of tests' })
  app.get('/', (_params, { request, session }) => [
    Object.keys(session),
    [...request.cookies.keys()],
    request.acceptMimetypes.best,
    request.mimetype,
    request.authorization?.type ?? null,
    request.ifModifiedSince,
  ])
  const client = app.testClient()
  const junk = ['\u00ff\u0080', ';;;===', '"', '\\', ',,,', '=', '%', 'a=b; a', `${'x'.repeat(2000)}`]
  for (const name of [
    'Cookie',
    'Accept',
    'Content-Type',
    'Authorization',
    'If-Modified-Since',
    'Range',
    'Host',
  ]) {
    for (const value of junk) {
      const { status } = await client.get('/', { headers: { [name]: value } })
      expect([name, value, status < 500]).toEqual([name, value, true])
    }
  }
})

it('S23: nothing of a request can pass for a record of the log', async () => {
  const app = createApp()
  app.get('/<rest>', ({ rest }) => {
    throw new Error(`There is no ${rest}`, { cause: new Error(rest) })
  })
  const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  try {
    await app.testClient().get('/a%0A[2026]%20INFO%1b[31m')
    const text = String(written.mock.calls[0]?.[0])
    expect(text).toContain(
      'Exception on /a\\x0a[2026] INFO\\x1b[31m [GET]\nError: There is no a\n  [2026] INFO\\x1b[31m\n',
    )
    expect(text).toContain('\n  Caused by: Error: a\n  [2026] INFO')
    expect(text.match(/^\[/gm)).toHaveLength(1)
    expect(text).not.toContain('\u001b')
  } finally {
    written.mockRestore()
  }
})
