import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeBlocks, section } from './markdown.ts'
import {
  environmentFor,
  findRuntime,
  ownNode,
  type Runtime,
  root,
  runCommand,
  type StartedServer,
  startServer,
} from './support.ts'

// What a new user does, word by word from the README, with the packages as they would be published.

const tutorial = section(readFileSync(join(root, 'README.md'), 'utf8'), 'Tutorial')
const [firstApp, app, appTest, guestBook] = codeBlocks(tutorial, 'ts') as [string, string, string, string]
const [guestPage] = codeBlocks(tutorial, 'html') as [string]
const [setUp, run, routes] = codeBlocks(tutorial, 'sh').map((block) => block.trim().split('\n')) as [
  string[],
  [string],
  [string],
]

const folder = mkdtempSync(join(tmpdir(), 'phial-packed-'))
const project = join(folder, 'project')
const tarballs: string[] = []

beforeAll(() => {
  for (const name of publishedPackages()) {
    const packed = runCommand(
      'npm',
      ['pack', '--json', '--pack-destination', folder],
      join(root, 'packages', name),
      environmentFor(ownNode),
    )
    tarballs.push(join(folder, packedFile(packed)))
  }
  mkdirSync(project)
  for (const line of setUp) {
    const [command, ...args] = line.split(' ') as [string, ...string[]]
    // The packages lie in files instead of the registry.
    const given = args.flatMap((argument) => (argument === 'phial' ? tarballs : [argument]))
    runCommand(
      command,
      [...given, '--no-audit', '--no-fund', '--prefer-offline'],
      project,
      environmentFor(ownNode),
    )
  }
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the README in an empty folder', () => {
  const runtimes = [
    findRuntime('node20.19') ?? ownNode,
    findRuntime('node22.17'),
    findRuntime('node26'),
  ].filter((runtime) => runtime !== null)

  it('names the commands that the test runs', () => {
    expect(setUp.at(-1)).toBe('npm install phial')
    expect([run, routes]).toEqual([['npx phial run'], ['npx phial routes']])
  })

  describe.each(runtimes)('with $name', (runtime) => {
    it('serves the first application', async () => {
      writeFileSync(join(project, 'app.ts'), firstApp)
      await withServer(runtime, async ({ url }) => {
        expect(await page(`${url}/`)).toEqual([200, '<h1>Hello, World!</h1>'])
      })
    })

    it('serves the tutorial, logs requests and stops at Ctrl+C', async () => {
      writeFileSync(join(project, 'app.ts'), app)
      const output = await withServer(runtime, async ({ url }) => {
        expect(await page(`${url}/`)).toEqual([200, '<h1>Hello, World!</h1>'])
        expect(await page(`${url}/about`)).toEqual([200, '<h3>This is a Phial web application.</h3>'])
        expect(await page(`${url}/capitalize/phial`)).toEqual([200, '<h1>PHIAL</h1>'])
        expect(await page(`${url}/add/5/5`)).toEqual([200, '<h1>10</h1>'])
        expect(await page(`${url}/users/2`)).toEqual([200, '<h2>Adam</h2>'])
        expect((await page(`${url}/users/9`))[0]).toBe(404)
        expect((await page(`${url}/add/5/five`))[0]).toBe(404)
      })
      expect(output).toMatch(
        /^ \* Serving Phial app 'app'\n \* Debug mode: off\n \* Running on http:\/\/127\.0\.0\.1:\d+\n/,
      )
      expect(output).toMatch(/^127\.0\.0\.1 - - \[.+\] "GET \/add\/5\/5 HTTP\/1\.1" 200 -$/m)
      expect(output).not.toMatch(/warning/i)
    })

    it('serves the guest book', async () => {
      writeFileSync(join(project, 'app.ts'), guestBook)
      mkdirSync(join(project, 'templates'), { recursive: true })
      writeFileSync(join(project, 'templates/guests.html'), guestPage)
      await withServer(runtime, async ({ url }) => {
        const empty = await page(`${url}/guests`)
        expect(empty[0]).toBe(200)
        expect(empty[1]).toContain('<ul></ul>')
        const signed = await fetch(`${url}/guests`, {
          method: 'POST',
          body: new URLSearchParams({ name: '<b>Ann' }),
          redirect: 'manual',
        })
        expect([signed.status, signed.headers.get('Location')]).toEqual([302, '/guests'])
        const cookie = signed.headers.getSetCookie()[0]!.split(';')[0]!
        const seen = await (await fetch(`${url}/guests`, { headers: { cookie } })).text()
        expect(seen).toContain('<p>Welcome, &lt;b&gt;Ann!</p>')
        expect(seen).toContain('<li>&lt;b&gt;Ann (you)</li>')
        expect((await page(`${url}/guests`))[1]).toContain('<li>&lt;b&gt;Ann</li>')
        const nameless = await fetch(`${url}/guests`, { method: 'POST', body: new URLSearchParams() })
        expect(nameless.status).toBe(400)
      })
    })

    it('shows the routes', () => {
      writeFileSync(join(project, 'app.ts'), app)
      const [command, ...args] = routes[0].split(' ') as [string, ...string[]]
      const table = runCommand(command, args, project, environmentFor(runtime))
      expect(table).toMatch(/GET +\/add\/<int:n1>\/<int:n2>$/m)
    })
  })

  const newest = findRuntime('node26')
  it.skipIf(newest === null)('runs the test with the newest Node', () => {
    writeFileSync(join(project, 'app.ts'), app)
    writeFileSync(join(project, 'app.test.ts'), appTest)
    const output = runCommand(newest!.path, ['--test'], project, environmentFor(newest!))
    expect(output).toContain('pass 1')
  })
})

describe('the packages', () => {
  it('hold no tests and no leftovers of the build', () => {
    const files = readdirSync(join(project, 'node_modules'), { recursive: true, encoding: 'utf8' })
    const own = files.filter((file) => /^(?:@phial|phial)\//.test(file))
    expect(own.length).toBeGreaterThan(20)
    expect(own.filter((file) => /\.test\.|\.test-d\.|tsbuildinfo|tsconfig/.test(file))).toEqual([])
  })

  it('hold licence and README', () => {
    for (const name of publishedPackages()) {
      const installed = join(project, 'node_modules', name === 'phial' ? 'phial' : `@phial/${name}`)
      expect(readdirSync(installed)).toEqual(
        expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'package.json']),
      )
    }
  })
})

function publishedPackages(): string[] {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[]
  }
  return references.map(({ path }) => path.replace('packages/', ''))
}

/** npm prints a list, or newer ones an object by package. */
function packedFile(json: string): string {
  const packed = JSON.parse(json) as Record<string, { filename: string }>
  return Object.values(packed)[0]!.filename
}

async function withServer(runtime: Runtime, use: (server: StartedServer) => Promise<void>): Promise<string> {
  const [command, ...args] = run[0].split(' ') as [string, ...string[]]
  const server = await startServer(command, [...args, '--port', '0'], project, environmentFor(runtime))
  try {
    await use(server)
  } finally {
    await server.stop()
    await expect(fetch(server.url)).rejects.toThrow()
  }
  // What npm has to say about itself is not ours.
  return server.output().replace(/^npm .*\n/gm, '')
}

async function page(url: string): Promise<[status: number, text: string]> {
  const response = await fetch(url)
  return [response.status, await response.text()]
}
