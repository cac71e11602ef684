import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesOf } from './markdown.ts'
import { environmentFor, findRuntime, ownNode, root, runCommand, startServer } from './support.ts'

// What docs/deploying says is done: its programs run, its configurations are those of real servers. A block names its
// file behind the language.

const pages = join(root, 'docs/deploying')
// Outside of `node_modules`, where Node strips no types.
const folder = mkdtempSync(join(tmpdir(), 'phial-deploying-'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const APP = `import { Phial } from 'phial'
const app = new Phial(import.meta)
app.get('/', (_params, { request }) => ({ client: request.remoteAddr, url: request.url }))
app.get('/pid', () => [process.pid])
app.get('/static-url', ({}, { app }) => app.urlFor('static', { filename: 'style.css' }))
export default app
`

function pageFiles(page: string): Map<string, string> {
  return new Map(filesOf(readFileSync(join(pages, page), 'utf8')))
}

function blockOf(page: string, file: string): string {
  const block = pageFiles(page).get(file)
  if (block === undefined) throw new Error(`${page} has no block for ${file}.`)
  return block
}

/** The files of a page in a folder of their own, with an application where the page has none. */
function project(page: string, name = page.replace('.md', '')): string {
  const target = join(folder, name)
  const files = new Map([
    ['app.ts', APP],
    ['static/style.css', 'body {}\n'],
    ['server.ts', blockOf('node.md', 'server.ts')],
    ['package.json', '{ "type": "module" }'],
    ...pageFiles(page),
  ])
  for (const [file, content] of files) {
    if (file.startsWith('/')) continue
    mkdirSync(dirname(join(target, file)), { recursive: true })
    writeFileSync(join(target, file), content)
  }
  return target
}

const newestNode = findRuntime('node24') ?? ownNode
/** Node before 22.18 needs a loader for TypeScript. */
const tsx = newestNode === ownNode ? [`--import=${import.meta.resolve('tsx')}`] : []

const env = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...environmentFor(newestNode),
  ...more,
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Runs a server while `use` asks it, and ends it. */
async function whileRunning(
  command: [string, ...string[]],
  cwd: string,
  variables: NodeJS.ProcessEnv,
  url: string,
  use: () => Promise<void>,
): Promise<void> {
  const child: ChildProcess = spawn(command[0], command.slice(1), { cwd, env: variables, stdio: 'pipe' })
  let output = ''
  child.stdout!.on('data', (part) => (output += part))
  child.stderr!.on('data', (part) => (output += part))
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    await answering(url, () => {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${output}`)
    })
    await use()
  } catch (error) {
    throw new Error(`${error}\n${output}`, { cause: error })
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function answering(url: string, check: () => void): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    check()
    const answer = await fetch(url).catch(() => null)
    await answer?.arrayBuffer()
    if (answer !== null) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Nothing answers at ${url}.`)
}

const json = async (url: string, headers: Record<string, string> = {}): Promise<unknown> =>
  // A connection that was handed to a process as it ended is never answered.
  (await fetch(url, { headers, signal: AbortSignal.timeout(2_000) })).json()

describe('the programs', () => {
  it('pass the compiler', () => {
    for (const page of readdirSync(pages)) project(page, `types/${page.replace('.md', '')}`)
    writeFileSync(
      join(folder, 'types/runtimes.d.ts'),
      `declare module 'cloudflare:workers' { export const env: { SECRET_KEY: string } }
declare const Bun: { serve(options: { fetch(request: Request): Response | Promise<Response>; hostname?: string; port?: number; maxRequestBodySize?: number }): { url: URL; stop(): Promise<void> } }
`,
    )
    const options = {
      extends: join(root, 'examples/flaskr/tsconfig.json'),
      compilerOptions: { lib: ['es2023', 'dom', 'dom.iterable'] },
      include: ['**/*.ts', '**/*.mts'],
    }
    writeFileSync(join(folder, 'types/tsconfig.json'), JSON.stringify(options))
    const compiler = join(root, 'node_modules/ts7/bin/tsc')
    runCommand(ownNode.path, [compiler, '-p', join(folder, 'types')], folder, env())
  })
})

describe('on Node', () => {
  it('server.ts serves the application behind a proxy, and stops at SIGTERM', async () => {
    const server = await startServer(
      newestNode.path,
      [...tsx, 'server.ts'],
      project('node.md'),
      env({ PORT: '0' }),
    )
    try {
      const headers = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https', Host: 'example.com' }
      expect(await json(server.url, headers)).toMatchObject({ client: '203.0.113.7' })
      expect(await json(server.url, headers)).toMatchObject({ url: expect.stringMatching(/^https:/) })
    } finally {
      expect(await server.stop()).toBe(0)
    }
  })

  it('cluster.ts shares out connections, and replaces a process that has ended', async () => {
    const target = project('processes.md')
    const server = await startServer(newestNode.path, [...tsx, 'cluster.ts'], target, env({ PORT: '0' }))
    try {
      const pids = new Set<number>()
      const ask = async (): Promise<void> => {
        const [pid] = (await json(`${server.url}/pid`, { Connection: 'close' })) as [number]
        pids.add(pid)
      }
      for (let i = 0; i < 200 && pids.size < 2; i++) await ask()
      expect(pids.size).toBeGreaterThan(1)
      const before = new Set(pids)
      process.kill([...pids][0]!, 'SIGKILL')
      for (let i = 0; i < 400 && [...pids].every((pid) => before.has(pid)); i++) {
        await ask().catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      expect([...pids].some((pid) => !before.has(pid))).toBe(true)
    } finally {
      expect(await server.stop()).toBe(0)
    }
  })
})

describe.each([
  ['bun', 'run', 'app.ts'],
  ['deno', 'serve', '--allow-read', '--allow-env', '--node-modules-dir=manual', 'app.ts'],
])('on %s', (name, ...args) => {
  const runtime = findRuntime(name)
  const port = name === 'deno' ? (value: number) => ['--port', String(value)] : () => []

  it.skipIf(runtime === null)('the default export is served by the runtime itself', async () => {
    const free = await freePort()
    const url = `http://127.0.0.1:${free}`
    const [first, ...rest] = args as [string, ...string[]]
    const command: [string, ...string[]] = [runtime!.path, first, ...port(free), ...rest]
    const variables = env({ PORT: String(free), NODE_ENV: 'production' })
    await whileRunning(command, project(`${name}.md`), variables, url, async () => {
      const seen = await json(url)
      expect(seen).toEqual({
        client: expect.stringMatching(/127\.0\.0\.1$/),
        runtime: expect.stringMatching(/\d/),
      })
      expect(await (await fetch(`${url}/static/style.css`)).text()).toBe('body {}\n')
      expect((await fetch(`${url}/none`)).status).toBe(404)
      const head = await fetch(url, { method: 'HEAD' })
      expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/json'])
    })
  })
})

describe('on Bun', () => {
  const runtime = findRuntime('bun')

  it.skipIf(runtime === null)('server.ts starts and stops with the hooks of the application', async () => {
    const target = project('bun.md', 'bun-server')
    const app = `${blockOf('bun.md', 'app.ts')}
app.onStart(() => console.log('started'))
app.onShutdown(() => console.log('stopped'))
`
    writeFileSync(join(target, 'app.ts'), app)
    const free = await freePort()
    const child = spawn(runtime!.path, ['server.ts'], {
      cwd: target,
      env: env({ PORT: String(free) }),
      stdio: 'pipe',
    })
    let output = ''
    child.stdout.on('data', (part) => (output += part))
    const ended = new Promise((resolve) => child.once('close', resolve))
    await answering(`http://127.0.0.1:${free}`, () => undefined)
    child.kill('SIGTERM')
    await ended
    expect(output).toMatch(/^started\nRunning on http:\/\/127\.0\.0\.1:\d+\/\nstopped\n$/)
  })
})

describe('on Workers', () => {
  beforeAll(() => project('workers.md'))

  it('worker.ts is bundled for the runtime, and answers', async () => {
    const bundled = await rolldown({
      input: join(folder, 'workers/worker.ts'),
      platform: 'neutral',
      external: /^node:/,
      resolve: { conditionNames: ['workerd', 'worker', 'browser', 'import'] },
      plugins: [
        {
          name: 'bindings',
          resolveId: (id: string) => (id === 'cloudflare:workers' ? `\0${id}` : null),
          load: (id: string) =>
            id === '\0cloudflare:workers' ? `export const env = { SECRET_KEY: '${'k'.repeat(32)}' }` : null,
        },
      ],
    })
    const file = join(folder, 'workers/out/worker.mjs')
    await bundled.write({ file, codeSplitting: false } as never)
    const { default: app } = (await import(pathToFileURL(file).href)) as {
      default: { fetch(request: Request): Promise<Response> }
    }
    const first = await app.fetch(new Request('https://example.com/'))
    expect(first.constructor).toBe(Response)
    expect(await first.text()).toBe('<h1>1 visits</h1> <a href="/">again</a>')
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!
    const second = await app.fetch(new Request('https://example.com/', { headers: { cookie } }))
    expect(await second.text()).toMatch(/^<h1>2 visits/)
  })
})

describe('functions', () => {
  beforeAll(() => project('serverless.md'))

  it.each(['api/index.ts', 'netlify/functions/site.mts'])('%s answers a Request', (file) => {
    const check = `const { default: handler } = await import('./${file}')
const fetch = handler.fetch ?? handler
const response = await fetch(new Request('https://example.com/'), {})
console.log(response.constructor === Response, await response.text())`
    const target = join(folder, 'serverless')
    writeFileSync(join(target, 'check.mts'), check)
    const printed = runCommand(newestNode.path, [...tsx, 'check.mts'], target, env())
    expect(printed.trim()).toBe('true {"client":null,"url":"https://example.com/"}')
  })
})

const installed = (command: string): boolean => {
  if (spawnSync('sh', ['-c', `command -v ${command}`]).status === 0) return true
  console.log(`Skipped: ${command} is not installed`)
  return false
}

describe('the proxies', () => {
  /** Serves `server.ts` of node.md, and a proxy before it that `start` configures. */
  async function behind(
    name: string,
    start: (target: string, appPort: number, proxyPort: number) => [string, ...string[]],
  ): Promise<void> {
    const target = project('node.md', name)
    const server = await startServer(newestNode.path, [...tsx, 'server.ts'], target, env({ PORT: '0' }))
    try {
      const port = await freePort()
      const command = start(target, Number(new URL(server.url).port), port)
      const url = `http://127.0.0.1:${port}`
      await whileRunning(command, target, env({ XDG_DATA_HOME: target, HOME: target }), url, async () => {
        // What the client claims to be is not believed.
        const claimed = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' }
        expect(await json(`${url}/`, claimed)).toEqual({ client: '127.0.0.1', url: `${url}/` })
        const style = await fetch(`${url}/static/style.css`)
        expect([style.status, await style.text()]).toEqual([200, 'body {}\n'])
        expect(style.headers.get('server')?.toLowerCase()).toContain(name)
        expect(style.headers.has('content-disposition')).toBe(false)
      })
    } finally {
      expect(await server.stop()).toBe(0)
    }
  }

  it.skipIf(!installed('nginx'))('nginx passes requests on, and serves static files itself', () =>
    behind('nginx', (target, appPort, proxyPort) => {
      const site = blockOf('nginx.md', '/etc/nginx/conf.d/site.conf')
        .replace('127.0.0.1:8000', `127.0.0.1:${appPort}`)
        .replace('listen 80;', `listen 127.0.0.1:${proxyPort};`)
        .replace('/srv/site/static/', `${target}/static/`)
      const main = `daemon off; pid ${target}/nginx.pid; error_log stderr; worker_processes 1;
user ${process.getuid?.() === 0 ? 'root' : 'nobody'};
events {}
http { access_log off; client_body_temp_path ${target}/body; proxy_temp_path ${target}/proxy;
fastcgi_temp_path ${target}/fastcgi; uwsgi_temp_path ${target}/uwsgi; scgi_temp_path ${target}/scgi;
${site} }`
      writeFileSync(join(target, 'nginx.conf'), main)
      return ['nginx', '-c', join(target, 'nginx.conf')]
    }),
  )

  it.skipIf(!installed('caddy'))('Caddy passes requests on, and serves static files itself', () =>
    behind('caddy', (target, appPort, proxyPort) => {
      const site = blockOf('caddy.md', 'Caddyfile')
        .replace('127.0.0.1:8000', `127.0.0.1:${appPort}`)
        .replace('example.com', `http://127.0.0.1:${proxyPort}`)
        .replace('/srv/site/static', `${target}/static`)
      writeFileSync(join(target, 'Caddyfile'), `{\n\tadmin off\n}\n${site}`)
      return ['caddy', 'run', '--config', join(target, 'Caddyfile'), '--adapter', 'caddyfile']
    }),
  )
})

describe('the service', () => {
  it.skipIf(!installed('systemd-analyze'))('is what systemd understands', () => {
    const unit = blockOf('systemd.md', '/etc/systemd/system/site.service').replace(
      '/usr/bin/node',
      process.execPath,
    )
    writeFileSync(join(folder, 'site.service'), unit)
    const { stderr } = spawnSync('systemd-analyze', ['verify', join(folder, 'site.service')], {
      encoding: 'utf8',
    })
    expect(stderr.split('\n').filter((line) => line.includes('site.service'))).toEqual([])
  })
})

describe('links', () => {
  it.each(readdirSync(pages))('of %s lead to pages that are there', (page) => {
    const text = readFileSync(join(pages, page), 'utf8')
    const targets = Array.from(text.matchAll(/\]\((?!https?:)([^)#]*)[^)]*\)/g), ([, target]) => target!)
    expect(targets.filter((target) => !existsSync(join(pages, target)))).toEqual([])
  })
})
