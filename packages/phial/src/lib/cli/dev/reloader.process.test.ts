import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findRuntime } from '../../../../../../tests/support.ts'
import { command, launch, packageFolder, project, type Running } from '../../../../test/process.ts'

const APP = `import { Phial, renderTemplate } from 'phial'
import { name } from './name.ts'
const app: Phial = new Phial(import.meta)
app.get('/', () => name)
app.get('/slow', async () => { await new Promise((resolve) => setTimeout(resolve, 600)); return 'slow ' + name })
app.get('/page', () => renderTemplate('page.html'))
app.get('/env', () => String(process.env['TINT']))
app.get('/exit', () => { setImmediate(() => { throw new Error('fell over') }); return 'bye' })
app.get('/end', () => { setImmediate(() => process.exit(3)); return 'bye' })
export default app
`
const FILES = {
  'app.ts': APP,
  'name.ts': "export const name: string = 'one'\n",
  'templates/page.html': '<p>first</p>',
}

const certificate = join(packageFolder, 'test/certificate/cert.pem')
const key = join(packageFolder, 'test/certificate/key.pem')

/** The oldest and the newest Node, and the one that runs the tests. */
const programs: [string, string][] = [
  ['this Node', process.execPath],
  ...['node20.19', 'node26'].flatMap((name): [string, string][] => {
    const runtime = findRuntime(name)
    return runtime === null ? [] : [[name, runtime.path]]
  }),
]

interface Dev extends Running {
  readonly url: string
  readonly folder: string
  save(name: string, text: string): void
  /** Waits until it has written this for the n-th time. */
  times(text: string, count: number): Promise<void>
}

async function develop(
  node: string,
  files: Record<string, string> = FILES,
  args: string[] = [],
  program: string = command,
): Promise<Dev> {
  const folder = project(files)
  const running = launch(folder, ['run', '--debug', '--port', '0', '--no-log', ...args], {}, [node, program])
  await running.until('CTRL+C')
  return Object.assign(running, {
    folder,
    url: /Running on (\S+)/.exec(running.out)![1]!,
    save: (name: string, text: string) => writeFileSync(join(folder, name), text),
    times: async (text: string, count: number) => {
      const deadline = Date.now() + 10_000
      while (running.out.split(text).length - 1 < count) {
        if (Date.now() > deadline)
          throw new Error(`Not ${count} times '${text}':\n${running.out}${running.err}`)
        await sleep(10)
      }
    },
  })
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function get(url: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(url, { headers })).text()
}

const BROWSER = { accept: 'text/html' }

/** The status of a request with any headers; `fetch` allows no `Host`. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers, agent: false }, (response) => {
      resolve(response.statusCode!)
      response.destroy()
    })
    request.once('error', reject)
  })
}

/** The answer to a request with any headers. */
function askAs(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers, agent: false }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part
        })
        response.once('end', () => resolve({ status: response.statusCode!, body }))
      })
      .once('error', reject)
  })
}

describe.each(programs)('phial run --debug on %s', (_name, node) => {
  it('serves what was saved, and finishes what is under way', async () => {
    const dev = await develop(node)
    expect(await get(dev.url)).toBe('one')
    const slow = get(`${dev.url}/slow`)
    await sleep(100)
    dev.save('name.ts', "export const name: string = 'two'\n")
    await dev.times('Restarting: name.ts changed', 1)
    expect(await get(dev.url)).toBe('two')
    expect(await slow).toBe('slow one')
    dev.child.kill('SIGINT')
    expect(await dev.ended).toBe(0)
    expect(dev.err).toBe('')
  })

  it('shows a syntax error until it is gone', async () => {
    const dev = await develop(node)
    dev.save('name.ts', 'export const name: = 1')
    await dev.times('Waiting for a change', 1)
    const page = await fetch(dev.url, { headers: BROWSER })
    expect(page.status).toBe(500)
    // The page of the debugger, with the line.
    expect(await page.text()).toMatch(
      /could not be imported[\s\S]*name\.ts:1[\s\S]*class="current"[\s\S]*<script nonce[\s\S]*\/_phial\//,
    )
    expect(await get(dev.url)).toMatch(/^SyntaxError: .*\n[\s\S]*> 1 \| export const name: = 1/)
    // Who may see nothing learns nothing.
    const { status, body } = await askAs(dev.url, { host: 'evil.example' })
    expect([status, body]).toEqual([500, expect.stringContaining('The terminal of the server says why.')])
    expect(dev.err).toContain('name.ts:1')
    dev.save('name.ts', "export const name: string = 'two'\n")
    await dev.times('Restarting', 2)
    expect(await get(dev.url)).toBe('two')
  })

  it('shows what a module threw that was loaded, with its variables', async () => {
    const dev = await develop(node)
    dev.save(
      'name.ts',
      "const limit = 3\nif (limit < 5) throw new RangeError('too low')\nexport const name: string = ''\n",
    )
    await dev.times('Waiting for a change', 1)
    type Told = { id: string; errors: { message: string; frames: { variables: object[] }[] }[] }
    const ask = async (): Promise<Told> =>
      JSON.parse(await get(dev.url, { accept: 'application/json' })) as Told
    const told = await ask()
    expect(told.errors[0]!.message).toBe('too low')
    expect(told.errors[0]!.frames[0]).toMatchObject({
      functionName: '<module>',
      file: 'name.ts',
      line: 2,
      hasConsole: true,
    })
    expect(told.errors[0]!.frames[0]!.variables).toContainEqual(
      expect.objectContaining({ name: 'limit', value: expect.objectContaining({ text: '3' }) as object }),
    )
    // Each request shows the same report, whose frames are kept once.
    expect((await ask()).id).toBe(told.id)
  })

  it('waits for a module that is missing', async () => {
    const dev = await develop(node)
    rmSync(join(dev.folder, 'name.ts'))
    await dev.times('Waiting for a change', 1)
    expect(await get(dev.url)).toMatch(
      /^Error: Cannot find module[\s\S]*app\.ts:2:22[\s\S]*> 2 \| import \{ name \}/,
    )
    dev.save('name.ts', "export const name: string = 'back'\n")
    await dev.times('Restarting', 2)
    expect(await get(dev.url)).toBe('back')
  })

  it('reads .env anew', async () => {
    const dev = await develop(node, { ...FILES, '.env': 'TINT=red\n' })
    expect(await get(`${dev.url}/env`)).toBe('red')
    // The next worker is there already, and has read the old one.
    await sleep(800)
    dev.save('.env', 'TINT=blue\n')
    await dev.times('Restarting: .env changed', 1)
    expect(await get(`${dev.url}/env`)).toBe('blue')
  })

  it('sends pages again when a template has changed, without a restart', async () => {
    const dev = await develop(node)
    const page = await get(`${dev.url}/page`, BROWSER)
    expect(page).toContain('<p>first</p>')
    const [, script, version] = /<script src="([^"]+)" data-version="([^"]+)">/.exec(page)!
    const events = await fetch(dev.url + script!.replace('client.js', 'events'))
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain(`data: ${version}\n`)
    dev.save('templates/page.html', '<p>second</p>')
    const told = (await reader.read()).value
    expect(told).toContain('data: ')
    expect(told).not.toContain(`data: ${version}\n`)
    expect(await get(`${dev.url}/page`, BROWSER)).toContain('<p>second</p>')
    expect(dev.out).toContain('Refreshing: templates/page.html changed')
    expect(dev.out).not.toContain('Restarting')
    // A restart ends the connection; the page comes back and is told of another version.
    dev.save('name.ts', "export const name: string = 'two'\n")
    expect((await reader.read()).done).toBe(true)
    const again = await fetch(dev.url + script!.replace('client.js', 'events'))
    const first = (await again.body!.pipeThrough(new TextDecoderStream()).getReader().read()).value
    expect(first).toMatch(/data: (?!1\.)/)
  })

  it('S121: gives live reload to its own pages alone', async () => {
    const dev = await develop(node)
    const [, script] = /<script src="([^"]+)"/.exec(await get(`${dev.url}/page`, BROWSER))!
    const events = dev.url + script!.replace('client.js', 'events')
    const { host, port } = new URL(dev.url)
    expect(await statusOf(events, {})).toBe(200)
    expect(await statusOf(events, { host: `dev.localhost:${port}` })).toBe(200)
    expect(await statusOf(events, { host, origin: dev.url, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await statusOf(events, { host: `evil.example:${port}` })).toBe(403)
    expect(await statusOf(events, { origin: 'http://evil.example' })).toBe(403)
    expect(await statusOf(events, { origin: 'http://127.0.0.1:1' })).toBe(403)
    expect(await statusOf(events, { origin: 'null' })).toBe(403)
    expect(await statusOf(events, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await statusOf(events, { 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await statusOf(events.replace(/_phial\/\w+/, `_phial/${'0'.repeat(32)}`), {})).toBe(404)
    const answer = await fetch(events)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    await answer.body!.cancel()
  })

  it.each([
    ['exit', ['--no-debugger'], 'fell over'],
    ['end', [], 'exit code 3'],
  ])('goes on when the process of the application has ended: %s', async (path, args, text) => {
    const dev = await develop(node, FILES, args)
    await get(`${dev.url}/${path}`).catch(() => '')
    await dev.times('Waiting for a change', 1)
    expect(await get(dev.url, BROWSER)).toContain(text)
    dev.save('name.ts', "export const name: string = 'two'\n")
    await dev.times('Restarting', 1)
    expect(await get(dev.url)).toBe('two')
  })

  it('restarts a program of its own, and CommonJS', async () => {
    const files = {
      'shop.js': `import { createRequire } from 'node:module'
import { Phial } from 'phial'
const name = createRequire(import.meta.url)('./name.cjs')
export function createApp() {
  const app = new Phial(import.meta)
  app.get('/', () => 'shop ' + name)
  return app
}
`,
      'name.cjs': "module.exports = require('./inner.cjs')\n",
      'inner.cjs': "module.exports = 'one'\n",
      'command.js': `import { runProcess } from 'phial/cli'
import { createApp } from './shop.js'
await runProcess({ name: 'shop', createApp })
`,
    }
    const dev = await develop(node, files, [], 'command.js')
    expect(await get(dev.url)).toBe('shop one')
    dev.save('inner.cjs', "module.exports = 'two'\n")
    await dev.times('Restarting: inner.cjs changed', 1)
    expect(await get(dev.url)).toBe('shop two')
    dev.save('shop.js', 'export function createApp( {')
    await dev.times('Waiting for a change', 1)
    // It cannot even start to show why, so the request waits.
    const waiting = get(dev.url)
    dev.save('shop.js', files['shop.js'].replace("'shop '", "'store '"))
    await dev.times('Restarting: shop.js changed', 2)
    expect(await waiting).toBe('store two')
  })

  it('refuses no connection during restarts', async () => {
    const dev = await develop(node)
    const answers = new Map<string, number>()
    let isOver = false
    const load = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const answer = await get(dev.url).catch((error: Error) => String(error.cause ?? error))
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      }
    })
    for (let round = 1; round <= 10; round++) {
      dev.save('name.ts', `export const name: string = 'ok ${round}'\n`)
      await dev.times('Restarting', round)
      expect(await get(dev.url)).toBe(`ok ${round}`)
    }
    isOver = true
    await Promise.all(load)
    expect([...answers.keys()].filter((answer) => !/^(?:one|ok \d+)$/.test(answer))).toEqual([])
  })
})

describe('many changes', () => {
  it('that come at once are one restart', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `m${i}.ts`)
    const modules = Object.fromEntries(names.map((name) => [name, 'export {}\n']))
    const dev = await develop(process.execPath, {
      ...FILES,
      ...modules,
      'name.ts': `${names.map((name) => `import './${name}'\n`).join('')}export const name: string = 'one'\n`,
    })
    for (const name of names) dev.save(name, 'export const changed: boolean = true\n')
    await dev.times('Restarting: m0.ts and 99 more changed', 1)
    await sleep(500)
    expect(dev.out.split('Restarting').length - 1).toBe(1)
  })

  it('of Git are one restart, however long it takes', async () => {
    const dev = await develop(process.execPath, { ...FILES, '.git/HEAD': 'ref: refs/heads/main\n' })
    dev.save('.git/index.lock', '')
    dev.save('app.ts', `${APP}// changed\n`)
    await sleep(300)
    dev.save('name.ts', "export const name: string = 'two'\n")
    await sleep(300)
    expect(dev.out).not.toContain('Restarting')
    rmSync(join(dev.folder, '.git/index.lock'))
    await dev.times('and 1 more changed', 1)
    expect(await get(dev.url)).toBe('two')
    expect(dev.out.split('Restarting').length - 1).toBe(1)
  })
})

describe('the options of the reloader', () => {
  it('--extra-files and --exclude-patterns say what counts', async () => {
    const dev = await develop(process.execPath, { ...FILES, 'data/a.csv': '1', 'data/a.tmp': '1' }, [
      '--extra-files',
      'data',
      '--exclude-patterns',
      '*.tmp',
    ])
    dev.save('data/a.tmp', '2')
    await sleep(300)
    expect(dev.out).not.toContain('Restarting')
    mkdirSync(join(dev.folder, 'data/new'))
    dev.save('data/new/b.csv', '1')
    await dev.times(`Restarting: ${join('data', 'new', 'b.csv')} changed`, 1)
    dev.save('data/a.csv', '2')
    await dev.times(`Restarting: ${join('data', 'a.csv')} changed`, 1)
  })

  it('S126: links that lead in a circle are not followed, and files of variables are not served', async () => {
    const folder = project({ ...FILES, 'data/a.csv': '1', 'static/site.css': '', '.env': 'TINT=red\n' })
    symlinkSync(folder, join(folder, 'data/loop'))
    symlinkSync(join(folder, 'templates'), join(folder, 'templates/loop'))
    const running = launch(folder, ['run', '--debug', '--port', '0', '--no-log', '--extra-files', 'data'])
    await running.until('CTRL+C')
    const url = /Running on (\S+)/.exec(running.out)![1]!
    for (const path of ['/.env', '/static/../.env', '/static/%2e%2e/.env', '/static/..%2f.env']) {
      const { status, body } = await askAs(url + path, {})
      expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code === 404 || code === 400)])
      expect(body).not.toContain('TINT')
    }
    writeFileSync(join(folder, 'data/a.csv'), '2')
    await running.until(`Restarting: ${join('data', 'a.csv')} changed`)
    expect(await get(url)).toBe('one')
  })

  it('--reload-type stat looks at the files', async () => {
    const dev = await develop(process.execPath, FILES, ['--reload-type', 'stat', '--reload-interval', '0.1'])
    dev.save('name.ts', "export const name: string = 'two'\n")
    await dev.times('Restarting: name.ts changed', 1)
    expect(await get(dev.url)).toBe('two')
  })

  it('--no-live-reload leaves pages as they are', async () => {
    const dev = await develop(process.execPath, FILES, ['--no-live-reload'])
    expect(await get(`${dev.url}/page`, BROWSER)).toBe('<p>first</p>')
  })

  it('--no-reload serves in one process', async () => {
    const dev = await develop(process.execPath, FILES, ['--no-reload'])
    dev.save('name.ts', "export const name: string = 'two'\n")
    await sleep(300)
    expect(await get(dev.url)).toBe('one')
  })

  it('ends with the reason where there is no application', async () => {
    const running = launch(project({}), ['run', '--debug', '--port', '0'])
    expect(await running.ended).toBe(2)
    expect(running.err).toContain('There is no application')
  })

  it('S125: refuses where other machines reach it, and in production', async () => {
    const open = launch(project(FILES), ['run', '--reload', '--host', '0.0.0.0', '--port', '0'])
    expect(await open.ended).toBe(2)
    expect(open.err).toContain('--allow-public-debug')
    const production = launch(project(FILES), ['run', '--reload', '--port', '0'], { NODE_ENV: 'production' })
    expect(await production.ended).toBe(2)
    expect(production.err).toContain('NODE_ENV is production')
  })

  it('listens on a Unix socket', async () => {
    const path = join(tmpdir(), `phial-${process.pid}.sock`)
    const dev = await develop(process.execPath, FILES, ['--host', `unix://${path}`])
    const ask = (): Promise<string> =>
      new Promise((resolve, reject) => {
        http
          .get({ socketPath: path, path: '/', agent: false }, (response) => {
            response.setEncoding('utf8').once('data', resolve)
          })
          .once('error', reject)
      })
    expect(await ask()).toBe('one')
    dev.save('name.ts', "export const name: string = 'two'\n")
    await dev.times('Restarting', 1)
    expect(await ask()).toBe('two')
    dev.child.kill('SIGTERM')
    expect(await dev.ended).toBe(0)
  })

  it('serves HTTPS with one certificate over restarts', async () => {
    const dev = await develop(process.execPath, FILES, ['--cert', certificate, '--key', key])
    const ask = (): Promise<string> =>
      new Promise((resolve, reject) => {
        https
          .get(dev.url, { ca: readFileSync(certificate), agent: false }, (response) => {
            response.setEncoding('utf8').once('data', resolve)
          })
          .once('error', reject)
      })
    expect(await ask()).toBe('one')
    dev.save('name.ts', "export const name: string = 'two'\n")
    await dev.times('Restarting', 1)
    expect(await ask()).toBe('two')
  })
})

describe('without debug mode', () => {
  it('nothing of the reloader is loaded', async () => {
    const folder = project({
      'app.js': `import { Phial } from 'phial'\nexport default new Phial(import.meta)\n`,
      'trace.mjs': `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`import { appendFileSync } from 'node:fs'
export async function load(url, context, next) { appendFileSync('loaded.txt', url + '\\\\n'); return next(url, context) }\`))`,
    })
    const running = launch(folder, ['run', '--port', '0'], { NODE_OPTIONS: '--import ./trace.mjs' })
    await running.until('CTRL+C')
    const loaded = readFileSync(join(folder, 'loaded.txt'), 'utf8')
    const chunks = join(packageFolder, 'dist/chunks')
    const maps = readdirSync(chunks).filter((name) => name.endsWith('.map'))
    const own = maps.filter((name) => readFileSync(join(chunks, name), 'utf8').includes('/cli/dev/'))
    expect(own.length).toBeGreaterThan(1)
    expect(loaded).toContain('/chunks/run.js')
    expect(own.filter((name) => loaded.includes(`/chunks/${name.replace('.map', '')}\n`))).toEqual([])
  })
})
