import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launch, phial, project, start } from '../../../test/process.ts'

// The command as users have it: the built one, in a process of its own.

const hello =
  "import { Phial } from 'phial'\nconst app: Phial = new Phial(import.meta)\napp.get('/', () => 'hello')\nexport default app\n"

describe('phial run', () => {
  it('serves TypeScript, says where, and logs each request', async () => {
    const server = await start(project({ 'app.ts': hello }))
    expect(await (await fetch(`${server.url}/`)).text()).toBe('hello')
    expect((await fetch(`${server.url}/nothing?token=secret`)).status).toBe(404)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(server.out).toBe(
      ` * Serving Phial app 'app'\n * Debug mode: off\n * Running on ${server.url}\nPress CTRL+C to quit\n`,
    )
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const lines = server.err.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4} [\d:]{8}\] "GET \/ HTTP\/1\.1" 200 -$/)
    expect(lines[1]).toMatch(/"GET \/nothing\?token=\*\*\* HTTP\/1\.1" 404 -$/)
  })

  it('lets requests under way end when it is stopped', async () => {
    const slow =
      "import { Phial } from 'phial'\nconst app = new Phial(import.meta)\n" +
      "app.get('/', () => new Promise((done) => setTimeout(() => done('late'), 300)))\nexport default app\n"
    const server = await start(project({ 'app.js': slow }))
    const answer = fetch(`${server.url}/`).then((response) => response.text())
    await new Promise((resolve) => setTimeout(resolve, 100))
    server.child.kill('SIGTERM')
    // What passes on the signal of a terminal sends it twice.
    server.child.kill('SIGTERM')
    expect(await answer).toBe('late')
    expect(await server.ended).toBe(0)
  })

  it('takes its options from the environment', async () => {
    const server = await start(project({ 'app.ts': hello }), ['--no-debug'], {
      PHIAL_RUN_HOST: 'localhost',
      PHIAL_RUN_LOG: '0',
      PHIAL_DEBUG: '1',
    })
    await fetch(`${server.url}/`)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(server.out).toContain('Debug mode: off')
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/)
    expect(server.err).toBe('')
  })

  it('S125: warns when other machines can reach it', async () => {
    const server = await start(project({ 'app.ts': hello }), ['--host', '0.0.0.0', '--no-log'])
    server.child.kill('SIGINT')
    await server.ended
    expect(server.err).toContain('Other machines can reach this server: it listens on 0.0.0.0.')
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it.skipIf(process.platform === 'win32')('serves on a Unix socket', async () => {
    const folder = project({ 'app.ts': hello })
    const path = join(folder, 's')
    const server = await start(folder, ['--host', `unix://${path}`])
    expect(server.url).toBe(`unix:${path}`)
    const text = await new Promise((resolve, reject) => {
      request({ socketPath: path, path: '/' }, (response) => {
        response.setEncoding('utf8').once('data', resolve)
      })
        .on('error', reject)
        .end()
    })
    expect(text).toBe('hello')
  })

  it('R18: says in one line that the port is in use, with exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    try {
      const { code, err } = phial(project({ 'app.ts': hello }), ['run', '--port', String(port)])
      expect(code).toBe(1)
      expect(err).toBe(
        `Error: Cannot listen on 127.0.0.1:${port}: port ${port} is in use by another program. ` +
          'Stop that program or choose another port (0 takes a free one).\n',
      )
    } finally {
      other.close()
    }
  })

  it('R18: says in one line that the host has no address', () => {
    const { code, err } = phial(project({ 'app.ts': hello }), ['run', '--host', '203.0.113.1', '--port', '0'])
    expect(code).toBe(1)
    expect(err).toMatch(/^Error: Cannot listen on 203\.0\.113\.1:0: [^\n]+\n$/)
  })

  it('R29: ends well when its reader has seen enough', async () => {
    const running = launch(project({ 'app.ts': hello }), ['routes'])
    running.child.stdout.destroy()
    const code = await running.ended
    expect({ code, err: running.err }).toEqual({ code: 0, err: '' })
  })
})

describe('an application that cannot be imported', () => {
  it.each<[what: string, files: Record<string, string>, detail: RegExp, message: string]>([
    [
      'it throws',
      {
        'app.ts': "type A = string\n\nfunction f(a: A): never {\n  throw new Error('boom ' + a)\n}\nf('x')\n",
      },
      /^Error: boom x\n +at f \(file:\/\/.*app\.ts:4:9\)\n +at file:\/\/.*app\.ts:6:1\n\nError:/,
      "'app.ts' could not be imported.",
    ],
    [
      'it throws no Error',
      { 'app.js': "throw 'text'\n" },
      /^"text" \(thrown, but not an Error\)\n/,
      'could not be imported.',
    ],
    [
      'its JavaScript is wrong',
      { 'app.js': "import './views.js'\n", 'views.js': 'const a = 1\nconst a = 2\n' },
      /^(?:file:\/\/)?.*views\.js:2\nconst a = 2\n +\^\n+SyntaxError: Identifier 'a' has already been declared\n/,
      "'app.js' could not be imported.",
    ],
    [
      'its TypeScript is wrong',
      { 'app.ts': 'const a: number = 1\nconst b = (\n' },
      /^file:\/\/.*app\.ts:2\nconst b = \(\n\n+SyntaxError \[ERR_INVALID_TYPESCRIPT_SYNTAX\]: Expression expected\n/,
      "'app.ts' could not be imported.",
    ],
    [
      'its TypeScript needs a compiler',
      { 'app.ts': 'export {}\nenum Color { Red }\n' },
      /^file:\/\/.*app\.ts:2\n(?:.*\n)?enum Color \{ Red \}\n\^+\n+SyntaxError \[ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX\]/,
      "Turn on 'erasableSyntaxOnly' in tsconfig.json",
    ],
    [
      'it imports a file without its ending',
      { 'app.ts': "import './views'\n", 'views.ts': '' },
      /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module '.*views' imported from .*app\.ts\n/,
      'views.ts. Imports name a file with its own ending.',
    ],
    [
      'it imports a package that is not installed',
      { 'app.ts': "import 'not-installed'\n" },
      /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find package 'not-installed'/,
      'Install it: npm install not-installed.',
    ],
    [
      'its package is CommonJS',
      { 'package.json': '{ "type": "commonjs" }', 'app.ts': hello },
      /SyntaxError: Cannot use import statement outside a module/,
      'Set "type": "module" in it (npm pkg set type=module).',
    ],
    [
      'an export is missing',
      { 'app.js': "import { Flask } from 'phial'\nexport default new Flask()\n" },
      /^file:\/\/.*app\.js:1\nimport \{ Flask \} from 'phial'\n +\^+\nSyntaxError: The requested module 'phial' does not provide an export named 'Flask'\n/,
      "'app.js' could not be imported.",
    ],
  ])('shows the place when %s', (_what, files, detail, message) => {
    const { code, out, err } = phial(project(files), ['routes'])
    expect(out).toBe('')
    expect(err).toMatch(detail)
    expect(err.trimEnd().split('\n').at(-1)).toContain(message)
    expect(err).not.toMatch(/at .*(?:node:internal|dist\/chunks)/)
    expect(code).toBe(1)
  })
})

describe('TypeScript', () => {
  it('is stripped in all modules of the application, with lines and columns kept', async () => {
    const server = await start(
      project({
        'app.ts':
          "import { Phial } from 'phial'\nimport { place } from './place.mts'\nconst app = new Phial(import.meta)\napp.get('/', () => place<string>('a'))\nexport default app\n",
        'place.mts':
          'interface I<T> { a: T }\nexport function place<T>(a: T): string {\n  const i = { a } satisfies I<T>; return new Error(String(i.a)).stack!\n}\n',
      }),
    )
    expect(await (await fetch(`${server.url}/`)).text()).toMatch(
      /^Error: a\n +at place \(.*place\.mts:3:\d+\)\n/,
    )
    expect(server.err).not.toMatch(/warning/i)
  })

  it('is left to a loader that is there already', () => {
    const tsx = import.meta.resolve('tsx')
    const files = {
      'app.ts':
        "import { Phial } from 'phial'\nenum Name { Site = 'site' }\nexport default new Phial(Name.Site)\n",
    }
    const { code, out } = phial(project(files), ['routes'], { NODE_OPTIONS: `--import=${tsx}` })
    expect({ code, out }).toEqual({ code: 0, out: 'No routes were registered.\n' })
  })

  it('leaves templates their context, where that loader has a hand in what is required', () => {
    const files = {
      'app.ts': `import { g, Phial, renderTemplateString } from 'phial'
const app = new Phial(import.meta)
app.cli.command('page', {}, () => {
  g['name'] = 'Ann'
  console.log(renderTemplateString('Hello {{ g.name }}'))
})
export default app
`,
    }
    const { out, err } = phial(project(files), ['page'], {
      NODE_OPTIONS: `--import=${import.meta.resolve('tsx')}`,
    })
    expect({ out, err }).toEqual({ out: 'Hello Ann\n', err: '' })
  })
})
