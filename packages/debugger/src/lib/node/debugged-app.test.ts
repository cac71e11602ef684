import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveFrame, TemplateFrames } from '../live-frame.ts'
import { debuggedApp } from './debugged-app.ts'
import type { AppKnowledge, DebuggedRequest, DebuggerState } from './debugger-state.ts'
import { errorApp } from './error-app.ts'
import { HeldTracebacks } from './held-tracebacks.ts'
import { COOKIE_NAME, PinGate } from './pin.ts'
import { createSourceMaps } from './source-maps.ts'

// Requests as a server passes them. Frames are given by hand: what captures them is tested in processes.

const PIN = '123-456-789'
/** The page shows the source of this file, which must not hold what is looked for. */
const hidden = (reversed: string): string => [...reversed].reverse().join('')

const ATTACK = `</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'&`

let state: DebuggerState
let written: string

beforeEach(() => {
  written = ''
  state = {
    path: '/__debugger__',
    rules: { isPublic: false, trustedHosts: [] },
    folders: { root: new URL('../../../', import.meta.url).href, libraries: [] },
    ownFolder: 'file:///nowhere/',
    capture: null,
    maps: createSourceMaps(() => undefined),
    quietly: (work) => work(),
    held: new HeldTracebacks({ timeout: 200 }),
    gate: new PinGate({ text: PIN, salt: 'salt' }),
    secret: 'the-secret-of-this-process',
    asksPin: true,
    editor: 'vscode://file{path}:{line}:{column}',
    searchUrl: 'https://search.example/?q=',
    notes: [],
    write: (text) => void (written += text),
    colors: false,
  }
})

interface Options {
  method?: string
  headers?: Record<string, string | null>
  body?: string
  remoteAddr?: string
}

function request(
  path: string,
  { method = 'GET', headers = {}, body = '', remoteAddr = '127.0.0.1' }: Options = {},
) {
  const all = new Headers()
  for (const [name, value] of Object.entries({ host: 'localhost:5000', accept: 'text/html', ...headers })) {
    if (value !== null) all.set(name, value)
  }
  return { method, url: `http://localhost:5000${path}`, headers: all, remoteAddr, text: async () => body }
}

const failing = (error: unknown, about: AppKnowledge = {}) =>
  debuggedApp({ fetch: (_: DebuggedRequest): unknown => { throw error } }, about, state) // biome-ignore format: it is one thought

const show = async (error: unknown, options?: Options, about?: AppKnowledge): Promise<Response> =>
  (await failing(error, about).fetch(request(`/page?token=${hidden('p0t')}`, options))) as Response

/** A call as the page sends it, for a traceback whose only frame has `secret` and `list`. */
async function call(
  command: object,
  options: Options = {},
): Promise<{ status: number; body: Record<string, unknown>; cookie: string | null }> {
  const body = JSON.stringify({ traceback: heldId ?? hold(), frame: 0, ...command })
  const app = failing(new Error('x'))
  const headers = {
    origin: 'http://localhost:5000',
    'content-type': 'application/json',
    'content-length': String(body.length),
    'sec-fetch-site': 'same-origin',
    'x-debugger-secret': state.secret,
    ...options.headers,
  }
  const response = (await app.fetch(
    request('/__debugger__/', { method: 'POST', body, ...options, headers }),
  )) as Response
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    cookie: response.headers.get('set-cookie'),
  }
}

let heldId: string | null = null
beforeEach(() => {
  heldId = null
})

function hold(): string {
  const values: Record<string, unknown> = { list: [{ deep: 1 }], password: { hidden: 1 } }
  const frame: LiveFrame = {
    kind: 'application',
    functionName: 'view',
    url: import.meta.url,
    shownFile: null,
    line: 1,
    column: 1,
    isAwaiting: false,
    content: null,
    // biome-ignore lint/security/noGlobalEval: it is what the debugger keeps of a frame
    evaluate: (code) => (code in values ? values[code] : eval(code)),
    read: null,
    scopes: [{ type: 'local', names: Object.keys(values) }],
  }
  const variable = (name: string, type: 'object' | 'secret') => ({
    name,
    scope: 'local',
    value: { type, text: '', size: 1, children: null },
  })
  const report = state.held.add(
    {
      time: '',
      errors: [
        {
          relation: '',
          type: 'Error',
          message: 'x',
          details: [],
          madeAt: [],
          frames: [
            {
              index: 0,
              kind: 'application',
              functionName: 'view',
              file: 'a.ts',
              url: null,
              line: 1,
              column: 1,
              isAwaiting: false,
              package: null,
              source: null,
              variables: [variable('list', 'object'), variable('password', 'secret')],
              hasConsole: true,
              note: null,
            },
          ],
        },
      ],
      request: null,
      panels: [],
      hints: [],
      notes: [],
      runtime: 'Node',
    },
    [frame],
  )
  heldId = report.id
  return report.id!
}

const unlocked = (): Record<string, string> => ({ cookie: state.gate.setCookie('/').split(';')[0]! })

describe('the answer to an error', () => {
  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['application/json', 'application/json'],
    ['application/vnd.api+json', 'application/json'],
    ['text/html;q=0.5, application/json', 'application/json'],
    ['*/*', 'text/plain; charset=utf-8'],
    [null, 'text/plain; charset=utf-8'],
    ['text/markdown', 'text/markdown; charset=utf-8'],
    ['image/png', 'text/plain; charset=utf-8'],
  ])('for Accept: %s', async (accept, type) => {
    const response = await show(new TypeError('no'), { headers: { accept } })
    expect([response.status, response.headers.get('content-type')]).toEqual([500, type])
    expect(await response.text()).toContain('TypeError')
  })

  it('names the page to programs and in the terminal', async () => {
    const report = (await (
      await show(new Error('no'), { headers: { accept: 'application/json' } })
    ).json()) as { link: string; id: string }
    expect(report.link).toBe(`http://localhost:5000/__debugger__/${report.id}`)
    expect(written).toContain(`Debug it: ${report.link}`)
    const app = failing(null)
    for (const path of [`/__debugger__/${report.id}`, '/__debugger__/last']) {
      const page = (await app.fetch(request(path))) as Response
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    }
    const text = (await app.fetch(request('/__debugger__/last?as=text'))) as Response
    expect(await text.text()).toMatch(/^Error: no\n/)
    expect(((await app.fetch(request('/__debugger__/nothing'))) as Response).status).toBe(404)
  })

  it('leaves answers alone, and stays in their turn', () => {
    const answer = new Response('fine')
    const app = debuggedApp({ requestClass: Map, fetch: (_: DebuggedRequest) => answer }, {}, state)
    expect(app.fetch(request('/'))).toBe(answer)
    expect(app.requestClass).toBe(Map)
  })

  it('shows rejections as it shows what is thrown', async () => {
    const app = debuggedApp(
      { fetch: async (_: DebuggedRequest) => Promise.reject(new Error('later')) },
      {},
      state,
    )
    expect(await ((await app.fetch(request('/'))) as Response).text()).toContain('later')
  })

  it('tells what the framework knows, and bears it when that fails', async () => {
    const page = await (
      await show(
        new Error('no'),
        {},
        {
          panels: async () => [{ title: 'Session', values: { user: 'Ann', csrf_token: hidden('fr5c') } }],
          hints: () => [{ title: 'The form was lost', text: 'Add `enctype`.\n\nThen send it again.' }],
        },
      )
    ).text()
    for (const text of ['Session', 'Ann', 'The form was lost', '<code>enctype</code>'])
      expect(page).toContain(text)
    expect(page).not.toContain(hidden('fr5c'))
    const broken = await (
      await show(
        new Error('no'),
        {},
        {
          panels: () => { throw new Error('panels broke') }, // biome-ignore format: it is one thought
          hints: () => { throw new Error('hints broke') }, // biome-ignore format: it is one thought
        },
      )
    ).text()
    for (const text of ['panels broke', 'hints broke']) expect(broken).toContain(text)
  })

  it('shows templates in the place of their engine', async () => {
    const templates: TemplateFrames = {
      framesOf: () => [
        {
          name: 'row.html',
          line: 2,
          source: '<tr>\n  {{ item.price.amount }}\n</tr>',
          variables: { item: { price: null } },
          evaluate: (code) => `evaluated ${code}`,
        },
        {
          name: 'list.html',
          line: 1,
          part: 'block body',
          source: '{% include "row.html" %}',
          variables: { items: [1, 2] },
        },
      ],
      owns: ({ url }) => url?.includes('@vitest/runner') === true,
    }
    const report = (await (
      await show(new Error('no'), { headers: { accept: 'application/json' } }, { templates })
    ).json()) as {
      id: string
      errors: {
        frames: {
          kind: string
          file: string
          index: number
          functionName: string | null
          variables: unknown[]
          hasConsole: boolean
        }[]
      }[]
    }
    const { frames } = report.errors[0]!
    const at = frames.findIndex(({ kind }) => kind === 'template')
    expect(frames[at]).toMatchObject({
      file: 'row.html',
      line: 2,
      hasConsole: true,
      variables: [{ name: 'item', value: { text: '{ price: null }' } }],
    })
    expect(frames[at + 1]).toMatchObject({ file: 'list.html', functionName: 'block body', hasConsole: false })
    expect(frames[at + 2]!.kind).toBe('library')
    const app = failing(null)
    const page = (await app.fetch(request(`/__debugger__/${report.id}`))) as Response
    expect(await page.text()).toContain('{{')
    heldId = report.id
    expect(
      (await call({ command: 'evaluate', frame: frames[at]!.index, code: 'item' }, { headers: unlocked() }))
        .body,
    ).toMatchObject({ value: { text: "'evaluated item'" } })
  })

  it.each([
    null,
    undefined,
    5,
    Symbol('s'),
    Object.create(null),
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap')
        },
      },
    ),
  ])(
    // biome-ignore format: a table
    'shows what is no error: %#',
    async (thrown) => {
      expect((await show(thrown)).status).toBe(500)
    },
  )

  it('shows errors that are broken', async () => {
    const hostile = Object.defineProperties(new Error('x'), {
      stack: { get: () => { throw new Error('stack') } }, // biome-ignore format: it is one thought
      message: { get: () => { throw new Error('message') } }, // biome-ignore format: it is one thought
    })
    expect((await show(hostile)).status).toBe(500)
    const circular = new Error('round', { cause: null })
    circular.cause = circular
    expect((await show(circular)).status).toBe(500)
    let chain = new Error('last')
    for (let i = 0; i < 1000; i++) chain = new Error(`e${i}`, { cause: chain })
    const report = (await (await show(chain, { headers: { accept: 'application/json' } })).json()) as {
      errors: unknown[]
    }
    // L24
    expect(report.errors).toHaveLength(20)
  })
})

describe('S124 the page', () => {
  it('holds text as text', async () => {
    const error = Object.assign(new Error(ATTACK), { code: ATTACK, [ATTACK]: ATTACK })
    error.name = ATTACK
    error.stack = `Error: ${ATTACK}\n    at ${ATTACK} (file:///${ATTACK}:1:1)\n    at f (${import.meta.url}:1:1)`
    const page = await (
      await show(
        error,
        { headers: { 'x-attack': ATTACK } },
        {
          hints: () => [{ title: ATTACK, text: ATTACK }],
          panels: () => [{ title: ATTACK, values: { [ATTACK]: ATTACK } }],
        },
      )
    ).text()
    expect(page).not.toContain('<img')
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page.match(/<\/script>/g)).toHaveLength(2)
  })

  it('lets nothing load and nobody frame it', async () => {
    const response = await show(new Error('no'))
    const policy = response.headers.get('content-security-policy')!
    const page = await response.text()
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)![1]!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(page.split(`nonce="${nonce}"`)).toHaveLength(3)
    expect(page).not.toMatch(/\son\w+=|\sstyle=/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const other = await show(new Error('no'))
    expect(other.headers.get('content-security-policy')).not.toBe(policy)
  })

  it('hides secrets of the request', async () => {
    const page = await (
      await show(new Error('no'), {
        headers: { cookie: hidden('eikoc'), authorization: hidden('t3rces'), 'x-api-key': hidden('y3k') },
      })
    ).text()
    for (const secret of ['eikoc', 't3rces', 'y3k', 'p0t']) expect(page).not.toContain(hidden(secret))
  })
})

describe('S120 where nothing may be shown, the error goes on to the server', () => {
  it.each<[string, Options]>([
    ['a foreign host', { headers: { host: 'evil.example' } }],
    ['a proxy', { headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['another machine', { remoteAddr: '10.0.0.7' }],
  ])('%s', async (_name, options) => {
    await expect(show(new Error('no'), options)).rejects.toThrow('no')
    expect(written).toContain('The debugger shows nothing of this error')
    expect(state.held.last).toBeNull()
  })

  it('S125 a public server gives the stack without values, page and secret', async () => {
    state = { ...state, rules: { isPublic: true, trustedHosts: [] } }
    const response = await show(
      Object.assign(new Error('no')),
      { headers: { 'x-note': hidden('r3da3h') }, remoteAddr: '10.0.0.7' },
      { panels: () => [{ title: 'Config', values: { db: hidden('g1fnoc') } }] },
    )
    const page = await response.text()
    expect(page).toContain('The server listens where other machines reach it')
    for (const secret of ['r3da3h', 'g1fnoc', 'p0t']) expect(page).not.toContain(hidden(secret))
    expect(page).not.toContain(state.secret)
    expect(state.held.last).toBeNull()
    expect(((await failing(null).fetch(request('/__debugger__/last'))) as Response).status).toBe(403)
  })
})

describe('S120 calls', () => {
  it('evaluate with secret and PIN', async () => {
    const { status, body } = await call({ command: 'evaluate', code: '1 + 1' }, { headers: unlocked() })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ ok: true, value: expect.objectContaining({ text: '2' }) }),
    ])
  })

  it.each<[string, object, Options, number]>([
    ['no secret', {}, { headers: { 'x-debugger-secret': null } }, 403],
    ['a wrong secret', {}, { headers: { 'x-debugger-secret': 'x' } }, 403],
    ['no PIN', {}, {}, 401],
    ['a foreign host', {}, { headers: { host: 'evil.example', origin: 'http://evil.example' } }, 400],
    ['a foreign origin', {}, { headers: { origin: 'http://evil.example' } }, 403],
    ['another site', {}, { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a proxy', {}, { headers: { forwarded: 'for=127.0.0.1' } }, 403],
    ['a form', {}, { headers: { 'content-type': 'text/plain' } }, 415],
    ['too long', {}, { headers: { 'content-length': '70000' } }, 413],
    ['no JSON', {}, { body: '{' }, 400],
    ['an array', {}, { body: '[]' }, 400],
    ['an unknown command', { command: '__proto__' }, {}, 400],
    ['an error that is not kept', { traceback: 'x' }, { headers: 'pin' as never }, 404],
    ['a frame that is none', { frame: 7 }, { headers: 'pin' as never }, 404],
    ['a frame that is no number', { frame: '0' }, { headers: 'pin' as never }, 404],
    ['code that is no text', { code: { toString: '1' } }, { headers: 'pin' as never }, 400],
  ])('are refused with %s', async (_name, command, options, status) => {
    const headers = (options.headers as unknown) === 'pin' ? unlocked() : options.headers
    const answer = await call(
      { command: 'evaluate', code: 'globalThis.ran = true', ...command },
      { ...options, ...(headers ? { headers } : {}) },
    )
    expect(answer.status).toBe(status)
    expect((globalThis as { ran?: boolean }).ran).toBeUndefined()
  })

  it('the PIN lets in, ten wrong ones lock', async () => {
    const right = await call({ command: 'pin', pin: PIN })
    expect([right.status, right.cookie]).toEqual([
      200,
      expect.stringMatching(/^__phial_debugger=[\w-]+; HttpOnly; SameSite=Strict; Path=\/__debugger__; /),
    ])
    // All at once: each counts before its answer waits.
    const wrong = Array.from({ length: 12 }, (_, index) => state.gate.checkPin(String(index)))
    expect(wrong.filter((check) => check === 'wrong')).toHaveLength(10)
    expect((await call({ command: 'pin', pin: PIN })).status).toBe(423)
    expect(
      (await call({ command: 'evaluate', code: '1' }, { headers: { cookie: right.cookie!.split(';')[0]! } }))
        .status,
    ).toBe(423)
  })

  it('a wrong cookie counts, and is taken away', async () => {
    const { status, cookie } = await call(
      { command: 'evaluate', code: '1' },
      { headers: { cookie: `${COOKIE_NAME}=old` } },
    )
    expect([status, cookie]).toEqual([401, expect.stringContaining('Max-Age=0')])
  })

  it('a wrong PIN takes its time', async () => {
    const start = performance.now()
    expect((await call({ command: 'pin', pin: '0' })).status).toBe(403)
    expect(performance.now() - start).toBeGreaterThan(450)
  })

  it('values are read by what the page shows, and no code is run for it', async () => {
    const list = await call({ command: 'children', variable: 'list', path: [0] })
    expect(list.body).toMatchObject({ children: [{ key: 'deep', value: { text: '1' } }] })
    for (const variable of ['globalThis.ran = 1', 'password', 'missing', '__proto__']) {
      expect((await call({ command: 'children', variable, path: [] })).status).toBe(404)
    }
    for (const path of ['0', [-1], ['a'], [1.5], null, Array(101).fill(0)]) {
      expect((await call({ command: 'children', variable: 'list', path })).status).toBe(400)
    }
    expect((await call({ command: 'children', result: 0, path: [] })).status).toBe(401)
    expect((globalThis as { ran?: unknown }).ran).toBeUndefined()
  })

  it('S122 no path is ever read from a call', async () => {
    for (const path of [
      '/__debugger__/../../etc/passwd',
      '/__debugger__/%2e%2e%2fetc',
      '/__debugger__/file:///etc/passwd',
    ]) {
      const response = (await failing(null).fetch(request(path))) as Response
      expect(await response.text()).not.toContain('root:')
    }
  })

  it('S121 the page is not for other sites', async () => {
    hold()
    const response = (await failing(null).fetch(
      request('/__debugger__/last', { headers: { 'sec-fetch-site': 'cross-site' } }),
    )) as Response
    expect(response.status).toBe(403)
  })
})

it('S123 opens files of the error in the editor, by a link that runs nothing', async () => {
  const error = new Error('no')
  const page = await (await show(error)).text()
  expect(page).toMatch(/href="vscode:\/\/file\/[^"]+debugged-app\.test\.ts:\d+:\d+"/)
})

it('keeps the last 20 errors', async () => {
  for (let i = 0; i < 25; i++) await show(new Error(`e${i}`))
  const first = state.held.last
  for (let i = 0; i < 20; i++) await show(new Error('more'))
  expect(state.held.get(first!)).toBeNull()
})

describe('an error that stands for an application', () => {
  const otherwise = { fetch: (_: DebuggedRequest) => new Response('nothing to see', { status: 503 }) }
  const json = { headers: { accept: 'application/json' } }

  it('is shown to whoever asks for anything, as one report', async () => {
    const place = { url: import.meta.url, line: 3, column: 8 }
    const hints = [{ title: 'The application cannot be served', text: 'Fix it.' }]
    const error = Object.assign(new SyntaxError('wrong'), { stack: 'SyntaxError: wrong' })
    const app = errorApp(error, otherwise, { hints, place }, state)
    const first = await (app.fetch(request('/', json)) as Response).json()
    expect(first).toMatchObject({
      request: null,
      hints,
      errors: [{ type: 'SyntaxError', frames: [{ functionName: '<module>', line: 3, column: 8 }] }],
    })
    const page = app.fetch(request('/any/page')) as Response
    expect([page.status, await page.text()]).toEqual([500, expect.stringContaining(first.id)])
    expect(((await app.fetch(request(`/__debugger__/${first.id}`))) as Response).status).toBe(200)
  })

  it('S120 shows nothing where nothing may be shown, and the stack alone on a public server', async () => {
    const app = errorApp(new Error('x'), otherwise, {}, state)
    for (const headers of [{ host: 'evil.example' }, { 'x-forwarded-for': '127.0.0.1' }]) {
      expect((app.fetch(request('/', { headers })) as Response).status).toBe(503)
    }
    state = { ...state, rules: { isPublic: true, trustedHosts: [] } }
    const open = errorApp(new Error('x'), otherwise, {}, state)
    const report = await (open.fetch(request('/', json)) as Response).json()
    expect([report.id, report.errors[0].frames[0].variables]).toEqual([null, null])
  })

  it('is explained once', async () => {
    const error = Object.assign(new Error("Cannot find package 'a' imported from /b"), {
      code: 'ERR_MODULE_NOT_FOUND',
    })
    for (const isExplained of [true, false]) {
      const app = errorApp(error, otherwise, { isExplained }, state)
      const { hints } = await (app.fetch(request('/', json)) as Response).json()
      expect(hints).toHaveLength(isExplained ? 0 : 1)
    }
  })
})

describe('what is told of an error', () => {
  const told = async (error: unknown, about: AppKnowledge = {}) =>
    (await (await show(error, { headers: { accept: 'application/json' } }, about)).json()).errors[0]

  it('leaves out what is not set, and what the message says', async () => {
    const error = Object.assign(new Error('gone'), {
      hint: null,
      at: undefined,
      description: 'gone',
      code: 410,
      note: '',
    })
    const { details } = await told(error)
    expect(details.map(({ name }: { name: string }) => name)).toEqual(['code', 'note'])
  })

  it('says null once', async () => {
    expect(await told(null)).toMatchObject({ type: 'null', message: '' })
    expect(await (await show(undefined)).text()).toContain('<h1>undefined</h1>')
  })

  it('leaves out the lines that a template engine has put into the stack', async () => {
    const error = new Error('no')
    error.stack = `Error: no\n    at /site/list.html:2\n    at block "body" (/site/base.html:7)\n    at <template>:1:9\n    at f (${import.meta.url}:1:1)`
    const templates: TemplateFrames = {
      framesOf: () => [
        { name: 'list.html', file: '/site/list.html', line: 2 },
        { name: 'base.html', file: '/site/base.html', line: 7, part: 'block "body"' },
        { name: '<template>', line: 1, column: 9 },
      ],
      owns: () => false,
    }
    const { frames } = await told(error, { templates })
    expect(
      frames.map(({ kind, file, line }: LiveFrame & { file: string }) => `${kind} ${file}:${line}`),
    ).toEqual([
      'template list.html:2',
      'template base.html:7',
      'template <template>:1',
      expect.stringMatching(/^application /),
    ])
  })

  it('does not name the list that holds a function without a name', async () => {
    const error = new Error('no')
    error.stack = `Error: no\n    at Array.<anonymous> (${import.meta.url}:1:1)\n    at Site.<anonymous> (${import.meta.url}:2:1)`
    const { frames } = await told(error)
    expect(frames.map(({ functionName }: LiveFrame) => functionName)).toEqual([null, 'Site.<anonymous>'])
  })
})
