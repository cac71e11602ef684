import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { environmentFor, ownNode, type StartedServer, startServer } from '../../../../../tests/support.ts'

// The debugger under the built command.

const command = fileURLToPath(new URL('../../../bin/phial.js', import.meta.url))
const folder = fileURLToPath(new URL('../../../../debugger/test/browser', import.meta.url))
let server: StartedServer | null = null

async function run(args: string[], env: Record<string, string> = {}): Promise<StartedServer> {
  const all = { ...environmentFor(ownNode), PHIAL_DEBUG_PIN: '123-456-789', ...env }
  server = await startServer(ownNode.path, [command, 'run', '--port', '0', ...args], folder, all)
  return server
}

afterEach(async () => {
  await server?.stop()
  server = null
})

const get = async (path: string, init: RequestInit = {}): Promise<[status: number, text: string]> => {
  const response = await fetch(server!.url + path, init)
  return [response.status, await response.text()]
}

describe('phial run --debug', () => {
  it('shows errors, prints them, and tells the PIN', async () => {
    await run(['--debug'])
    const [status, text] = await get('/cart')
    expect([status, text]).toEqual([
      500,
      expect.stringMatching(/^TypeError: [\s\S]*lib\/orders\.ts:\d+:21 in Cart\.total/),
    ])
    expect(server!.output()).toContain('Debugger PIN: 123-456-789')
    expect(server!.output()).toContain(text.slice(text.indexOf('Debug it: ')).trim())
  })

  it('leaves answers that are errors alone', async () => {
    await run(['--debug'])
    const [status, text] = await get('/missing')
    expect([status, text]).toEqual([404, expect.stringContaining('Not Found')])
    expect(await get('/')).toEqual([200, expect.stringContaining('Shop')])
  })

  it('shows the view where nothing of the application is in the stack', async () => {
    await run(['--debug'])
    const [, text] = await get('/nothing', { headers: { accept: 'application/json' } })
    const { errors } = JSON.parse(text) as { errors: { frames: object[] }[] }
    expect(errors[0]!.frames[0]).toMatchObject({
      functionName: 'forgetful',
      file: 'app.ts',
      source: { lines: expect.arrayContaining([expect.stringContaining('function forgetful')]) },
      hasConsole: false,
      note: null,
    })
  })

  it('DBG-09 tells that a template has another name, and where it was looked for', async () => {
    await run(['--debug'])
    const [, text] = await get('/mistyped')
    expect(text).toMatch(/^TemplateNotFound: lits\.html was not found\. Searched in .*templates/)
    expect(text).toContain('There are templates with a name like it\n`list.html`')
  })

  it('R06 tells an error of an answer that has begun in the terminal', async () => {
    await run(['--debug'])
    await expect(get('/stream')).rejects.toThrow()
    await expect
      .poll(() => server!.output())
      .toMatch(/Error: broke at 2\n {2}app\.ts:\d+[\s\S]*Exception on \/stream \[GET\]/)
    expect(await get('/')).toEqual([200, expect.stringContaining('Shop')])
  })

  it.each([
    ['/forgotten', 'nobody waits', 'Nothing waited for this promise'],
    ['/timer', 'in a timer', 'Nothing caught this error'],
  ])('R07 R09 tells an error that belongs to no request, and goes on: %s', async (path, message, hint) => {
    const { url } = await run(['--debug'])
    expect(await get(path)).toEqual([200, 'fine'])
    await expect.poll(() => server!.output()).toContain(`Error: ${message}`)
    await expect.poll(() => server!.output()).toContain(`Hint: ${hint}`)
    const link = new RegExp(`Debug it: (${url}/__debugger__/\\S+)`).exec(server!.output())![1]!
    const report = (await (await fetch(`${link}?as=json`)).json()) as {
      request: null
      errors: { frames: { variables: object[] }[] }[]
    }
    expect(report.request).toBeNull()
    expect(report.errors[0]!.frames[0]!.variables).toMatchObject([{ name: 'step', value: { text: '2' } }])
  })

  it('tells what it knows of the request', async () => {
    await run(['--debug'])
    const body = new URLSearchParams({ color: 'red', password: 'hunter2' })
    const [status, text] = await get('/form', {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    })
    expect(status).toBe(500)
    const { panels, hints } = JSON.parse(text) as {
      panels: { title: string; rows: { name: string; value: { text: string } }[] }[]
      hints: { title: string; text: string }[]
    }
    const shown = Object.fromEntries(
      panels.map(({ title, rows }) => [
        title,
        Object.fromEntries(rows.map(({ name, value }) => [name, value.text])),
      ]),
    )
    expect(shown['Route']).toMatchObject({ rule: "'/form'" })
    expect(shown['Form']).toEqual({ color: "'red'", password: '••••••' })
    expect(shown['Config']).toMatchObject({ SECRET_KEY: '••••••', SHOP_NAME: "'Phial & Sons'" })
    expect(hints.map(({ text: hint }) => hint).join()).toContain('enctype="multipart/form-data"')
  })

  it('S125 shows no values where other machines reach it', async () => {
    await run(['--debug', '--host', '0.0.0.0', '--allow-public-debug'])
    expect(server!.output()).not.toContain('PIN')
    const response = await fetch(`${server!.url.replace('0.0.0.0', '127.0.0.1')}/cart`, {
      headers: { accept: 'application/json' },
    })
    const { id, errors, panels } = (await response.json()) as {
      id: null
      errors: { frames: { variables: null }[] }[]
      panels: []
    }
    expect([id, panels, errors[0]!.frames[0]!.variables]).toEqual([null, [], null])
  })

  it('S120 shows nothing to a proxied request', async () => {
    await run(['--debug'])
    const [status, text] = await get('/cart', { headers: { 'x-forwarded-for': '127.0.0.1' } })
    expect([status, text]).toEqual([500, expect.not.stringContaining('orders.ts')])
  })

  it('leaves errors to the server with --no-debugger', async () => {
    await run(['--debug', '--no-debugger'])
    const [status, text] = await get('/cart')
    expect([status, text]).toEqual([500, expect.not.stringContaining('orders.ts')])
    expect(server!.output()).not.toContain('Debugger')
  })

  it('S120 does not start in production', () => {
    const env = { ...environmentFor(ownNode), NODE_ENV: 'production' }
    const { status, stderr } = spawnSync(ownNode.path, [command, 'run', '--debug', '--port', '0'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([1, expect.stringContaining('it does not start in production')])
  })
})

describe('attacks over HTTP', () => {
  interface Sent {
    readonly status: number
    readonly text: string
    readonly cookie: string
  }

  /** Sends any headers; `fetch` allows no `Host` and no `Origin`. */
  const send = (path: string, headers: Record<string, string> = {}, body?: string): Promise<Sent> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST'
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const sent = http.request(server!.url + path, {
        method,
        headers: { ...length, ...headers },
        agent: false,
      })
      sent.once('error', reject)
      sent.once('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.once('end', () =>
          resolve({
            status: response.statusCode!,
            text,
            cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          }),
        )
      })
      sent.end(body)
    })

  it('S120 S121 are refused: rebinding, other sites, guesses, proxies', async () => {
    await run(['--debug'])
    const { host } = new URL(server!.url)
    const { text: page } = await send('/cart', { accept: 'text/html' })
    const { id, secret } = JSON.parse(
      /<script type="application\/json" id="data">(.*?)<\/script>/.exec(page)![1]!,
    ) as {
      id: string
      secret: string
    }
    const good = {
      host,
      origin: `http://${host}`,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-debugger-secret': secret,
    }
    const code = JSON.stringify({ command: 'evaluate', traceback: id, frame: 0, code: 'process.pid' })
    const pin = (text: string): string => JSON.stringify({ command: 'pin', traceback: id, pin: text })
    const call = (change: Record<string, string>, body = code): Promise<number> =>
      send('/__debugger__/', { ...good, ...change }, body).then(({ status }) => status)

    // DNS rebinding: the name of another site that points here.
    for (const path of ['/cart', `/__debugger__/${id}`, '/__debugger__/last?as=json']) {
      const { status, text } = await send(path, { host: 'evil.example', accept: 'text/html' })
      expect(status).toBe(path === '/cart' ? 500 : 400)
      expect(text).not.toMatch(/orders\.ts|secret/)
    }
    expect(await call({ host: 'evil.example', origin: 'http://evil.example' })).toBe(400)
    // Other sites, with the secret or without.
    expect(await call({ origin: 'http://evil.example' })).toBe(403)
    expect(await call({ origin: 'null' })).toBe(403)
    expect(await call({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await call({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await call({ 'content-type': 'text/plain' })).toBe(415)
    expect(await call({ 'x-debugger-secret': 'guess' })).toBe(403)
    expect((await send(`/__debugger__/${id}`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    // Behind a proxy everybody comes from this machine.
    for (const header of ['x-forwarded-for', 'forwarded', 'via']) {
      expect(await call({ [header]: '127.0.0.1' })).toBe(403)
      expect((await send(`/__debugger__/${id}`, { [header]: '127.0.0.1' })).status).toBe(403)
    }
    // Without the PIN, and with guesses of it. A wrong one takes its time, ten lock the right one out.
    expect(await call({})).toBe(401)
    const start = performance.now()
    expect(await call({}, pin('000-000-000'))).toBe(403)
    expect(performance.now() - start).toBeGreaterThan(450)
    const { status, cookie } = await send('/__debugger__/', good, pin('123-456-789'))
    expect(status).toBe(200)
    expect(await call({ cookie })).toBe(200)
    for (let guess = 0; guess < 10; guess++) await call({ cookie: `${cookie.split('=')[0]}=guess${guess}` })
    expect(await call({ cookie })).toBe(423)
    expect(await call({}, pin('123-456-789'))).toBe(423)
  })
})

it('a script that serves itself in debug mode has it too', async () => {
  const script = `import { Phial } from 'phial'
    const app = new Phial('script')
    app.get('/', () => { const inScript = 1; throw new Error('no ' + inScript) })
    const server = await app.run({ port: 0, debug: true })
    console.log('Running on ' + server.url)
    process.on('SIGINT', () => process.exit(0))`
  const args = ['--input-type=module', '--eval', script]
  server = await startServer(ownNode.path, args, folder, {
    ...environmentFor(ownNode),
    PHIAL_DEBUG_PIN: 'off',
  })
  expect(server.output()).toContain('Debugger is active!')
  expect(await get('/')).toEqual([500, expect.stringMatching(/^Error: no 1\n[\s\S]*Debug it: /)])
})

it.each([
  [[], false],
  [['--debug', '--no-debugger'], false],
  [['--debug'], true],
])('S120 nothing of it is loaded without it: phial run %j', async (args, isLoaded) => {
  // The engine's report of coverage names every script that was loaded.
  const coverage = mkdtempSync(join(tmpdir(), 'phial-loaded-'))
  try {
    await run(args, { NODE_V8_COVERAGE: coverage })
    await get('/')
    await get('/cart')
    await server!.stop()
    server = null
    const scripts = readdirSync(coverage).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as {
        result: { url: string }[]
      }
      return result.map(({ url }) => url)
    })
    expect(scripts.some((url) => url.includes('/phial/dist/'))).toBe(true)
    expect(scripts.some((url) => url.includes('/debugger/dist/') || url.includes('dev-debugger'))).toBe(
      isLoaded,
    )
  } finally {
    rmSync(coverage, { recursive: true })
  }
})
