import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findRuntime } from '../../../../../../tests/support.ts'
import { environment, launch, project, type Running } from '../../../../test/process.ts'

const ENTRY = `import { runSimple, isRunningFromReloader } from 'phial/dev'
import { app } from './site.js'
console.log('started', isRunningFromReloader())
await runSimple('localhost', 0, app, OPTIONS)
console.log('after')
`
const SITE = `import { Phial } from 'phial'
import { name } from './name.js'
export const app = new Phial(import.meta)
app.get('/', () => name)
app.get('/fails', () => { const inView = name; throw new Error('no ' + inView) })
`
const files = (options: string, site = SITE): Record<string, string> => ({
  'main.js': ENTRY.replace('OPTIONS', options),
  'site.js': site,
  'name.js': "export const name = 'one'\n",
})

interface Simple extends Running {
  readonly url: string
  readonly folder: string
}

async function serve(
  options: string,
  {
    node = process.execPath,
    site = SITE,
    env = {},
  }: { node?: string; site?: string; env?: Record<string, string> } = {},
): Promise<Simple> {
  const folder = project(files(options, site))
  const running = launch(folder, [], { PHIAL_DEBUG_PIN: 'off', ...env }, [node, 'main.js'])
  await running.until('CTRL+C')
  return Object.assign(running, { folder, url: /Running on (\S+)/.exec(running.out)![1]! })
}

async function get(url: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(url, { headers })).text()
}

const oldest = findRuntime('node20.19')
const newest = findRuntime('node26')
const nodes = [process.execPath, ...[oldest, newest].flatMap((found) => (found === null ? [] : [found.path]))]

describe('DEV-04 runSimple', () => {
  it('serves an application until it is stopped, with a line for each request', async () => {
    const server = await serve('{}')
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/)
    expect(await get(server.url)).toBe('one')
    expect(await get(`${server.url}/fails`)).not.toContain('inView')
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(server.out).toMatch(/started false[\s\S]*after/)
    expect(server.err).toContain('"GET / HTTP/1.1" 200 -')
  })

  it.each(nodes)('restarts and debugs: %s', async (node) => {
    const server = await serve('{ useReloader: true, useDebugger: true, log: false }', { node })
    expect(await get(server.url)).toBe('one')
    expect(await get(`${server.url}/fails`, { accept: 'application/json' })).toMatch(/"name": "inView"/)
    expect(server.out).toMatch(/started false[\s\S]*started true/)
    writeFileSync(join(server.folder, 'name.js'), "export const name = 'two'\n")
    await server.until('Restarting: name.js changed')
    expect(await get(server.url)).toBe('two')
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })

  it('serves by a class of one’s own, over restarts, with a certificate that was made', async () => {
    const site = `import { DevServer } from 'phial/dev'
export class Named extends DevServer {
  serverVersion = 'Shop/1.0'
  addressString() { return 'client' }
}
import { name } from './name.js'
export const app = () => ({ fetch: () => new Response(name) })
`
    const options = "{ serverClass: Named, useReloader: true, tls: 'adhoc', prefix: '/shop' }"
    const folder = project({
      ...files('', site),
      'main.js': ENTRY.replace('{ app }', '{ app, Named }').replace('OPTIONS', options),
    })
    const running = launch(folder, [], {}, [process.execPath, 'main.js'])
    await running.until('CTRL+C')
    const url = /Running on (\S+)/.exec(running.out)![1]!
    expect(url).toMatch(/^https:.*\/shop$/)
    const server = await new Promise<unknown>((resolve, reject) => {
      https
        .get(`${url}/`, { rejectUnauthorized: false, agent: false }, (response) => {
          response.resume()
          resolve(response.headers.server)
        })
        .once('error', reject)
    })
    expect(server).toBe('Shop/1.0')
    await expect.poll(() => running.err).toMatch(/^client - - /m)
  })

  it('S125 refuses debugger and reloader where other machines reach it', () => {
    const folder = project({
      ...files(''),
      'main.js': ENTRY.replace("'localhost'", "'0.0.0.0'").replace('OPTIONS', '{ useDebugger: true }'),
    })
    const { status, stderr } = spawnSync(process.execPath, ['main.js'], {
      cwd: folder,
      env: environment(),
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain('give allowPublicDebug if the network is trusted')
  })

  it('S120 does not start debugger and reloader in production', () => {
    for (const options of ['{ useDebugger: true }', '{ useReloader: true }']) {
      const folder = project(files(options))
      const { status, stderr } = spawnSync(process.execPath, ['main.js'], {
        cwd: folder,
        env: environment({ NODE_ENV: 'production' }),
        encoding: 'utf8',
      })
      expect(status).toBe(1)
      expect(stderr).toMatch(/NODE_ENV is production|NODE_ENV=production/)
    }
  })

  it('says what it takes', () => {
    const folder = project({
      'main.js': "import { runSimple } from 'phial/dev'\nawait runSimple('localhost', 0, 5)\n",
    })
    const { stderr } = spawnSync(process.execPath, ['main.js'], {
      cwd: folder,
      env: environment(),
      encoding: 'utf8',
    })
    expect(stderr).toContain(
      'serves an object with a method fetch(request), or a function that makes one; got number',
    )
  })

  it('leaves serving to the command that has imported it', async () => {
    const folder = project({
      ...files('{}'),
      'app.js': "import './main.js'\nexport { app } from './site.js'\n",
    })
    const running = launch(folder, ['run', '--port', '0'])
    await running.until('CTRL+C')
    expect(running.err).toContain("runSimple() is ignored while the 'phial' command runs")
    expect(running.out.split('Running on')).toHaveLength(2)
  })
})

describe('DEV-03 runWithReloader', () => {
  const PROGRAM = `import { runWithReloader, isRunningFromReloader } from 'phial/dev'
import { word } from './word.js'
await runWithReloader(async () => {
  console.log('runs', word, isRunningFromReloader())
  process.on('SIGTERM', () => { console.log('ends', word); process.exit(0) })
  if (word === 'fails') throw new Error('it failed')
  if (word !== 'done') await new Promise((resolve) => setInterval(resolve, 1e8))
}, OPTIONS)
console.log('over')
`
  const launchProgram = (options = '{}', node = process.execPath): Running & { save(text: string): void } => {
    const folder = project({
      'main.js': PROGRAM.replace('OPTIONS', options),
      'word.js': "export const word = 'one'\n",
    })
    const running = launch(folder, [], {}, [node, 'main.js'])
    return Object.assign(running, {
      save: (text: string) => writeFileSync(join(folder, 'word.js'), text),
    })
  }

  it.each(nodes)('runs a program anew when a module of it has changed: %s', async (node) => {
    const running = launchProgram('{}', node)
    await running.until('runs one true')
    // What is imported is told a moment later.
    await new Promise((resolve) => setTimeout(resolve, 600))
    running.save("export const word = 'two'\n")
    await running.until('runs two true')
    expect(running.out).toMatch(/ \* Restarting: word\.js changed\n[\s\S]*ends one/)
    running.save('export const word = \n')
    await running.until('waiting for a change')
    running.save("export const word = 'fails'\n")
    await running.until('runs fails true')
    await running.until(/exit code 1[\s\S]*exit code 1/)
    expect(running.err).toContain('it failed')
    running.save("export const word = 'three'\n")
    await running.until('runs three true')
    running.child.kill('SIGINT')
    expect(await running.ended).toBe(0)
    expect(running.out).toContain('over')
  })

  it('waits when the program has ended', async () => {
    const running = launchProgram()
    await running.until('runs one true')
    await new Promise((resolve) => setTimeout(resolve, 600))
    running.save("export const word = 'done'\n")
    await running.until('The program has ended (exit code 0), waiting for a change')
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  it('watches as it is told', async () => {
    const running = launchProgram(
      `{ excludePatterns: ['*/word.js'], reloaderType: ({ onChange }) => {
        setTimeout(() => onChange('/elsewhere/word.js'), 300)
        setTimeout(() => onChange('/elsewhere/other.js'), 900)
        return { watch() {}, add() {}, close() {} }
      } }`,
    )
    await running.until('other.js changed')
    expect(running.out).not.toContain('word.js changed')
  })
})

it('DEV-05 keeps a socket of the system over restarts', async () => {
  const socket = join(project({}), 'site.sock')
  const folder = project({
    ...files(''),
    'main.js': ENTRY.replace("'localhost'", JSON.stringify(`unix://${socket}`)).replace(
      'OPTIONS',
      '{ useReloader: true }',
    ),
  })
  const running = launch(folder, [], {}, [process.execPath, 'main.js'])
  await running.until('CTRL+C')
  const text = await new Promise<string>((resolve, reject) => {
    http
      .get({ socketPath: socket, path: '/', agent: false }, (response) =>
        response.setEncoding('utf8').once('data', resolve),
      )
      .once('error', reject)
  })
  expect(text).toBe('one')
})
