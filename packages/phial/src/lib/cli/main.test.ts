import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { CliIo } from './io.ts'
import { main } from './main.ts'

const apps = fileURLToPath(new URL('../../../test/apps/', import.meta.url))

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly env: Record<string, string | undefined>
}

/** Runs the command in this process. */
async function phial(args: string[], env: Record<string, string> = {}, cwd = apps): Promise<Outcome> {
  const texts = { out: '', err: '' }
  const io: CliIo = {
    env: { ...env },
    cwd,
    colors: false,
    out: (text) => {
      texts.out += text
    },
    err: (text) => {
      texts.err += text
    },
    onStop: () => undefined,
  }
  const code = await main(args, io)
  return { code, ...texts, env: io.env }
}

describe('phial', () => {
  it('shows its help, and that no command is a mistake', async () => {
    const help = await phial(['--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toContain('Usage: phial [options] [command]')
    expect(help.out).toMatch(/^ +run +Serve the application\.$/m)
    expect(await phial([])).toEqual({ ...help, code: 2, out: '', err: help.out })
  })

  it('shows the help of a command', async () => {
    const { code, out } = await phial(['run', '--help'])
    expect(code).toBe(0)
    expect(out).toContain('-p, --port <number>')
    expect(out).toContain('-A, --app <name>')
  })

  it('shows versions', async () => {
    const { code, out } = await phial(['--version'])
    expect(code).toBe(0)
    expect(out).toMatch(/^Node\.js \d+\.\d+\.\d+\nPhial \d+\.\d+\.\d+\n$/)
  })

  it.each<[args: string[], message: string]>([
    [['walk'], "Error: Unknown command 'walk'"],
    [['routes', '--nope'], "Error: Unknown option '--nope'"],
    [['routes', '--sort', 'size'], 'Allowed choices are endpoint, methods, domain, rule, match'],
    [['run', '--port', '70000'], 'A port is a whole number from 0 to 65535'],
    [['run', '--port'], "Error: Option '-p, --port <number>' argument missing"],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { code, out, err } = await phial(args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(message)
  })
})

describe('the application', () => {
  it.each<[how: string, args: string[], env: Record<string, string>]>([
    ['--app before the command', ['--app', 'site', 'routes'], {}],
    ['--app after it', ['routes', '--app', 'site.ts'], {}],
    ['-A', ['routes', '-A', './site.ts:default'], {}],
    ['PHIAL_APP', ['routes'], { PHIAL_APP: 'site' }],
    ['--app over PHIAL_APP', ['--app', 'site', 'routes'], { PHIAL_APP: 'nope' }],
  ])('is named by %s', async (_how, args, env) => {
    const { code, out, err } = await phial(args, env)
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('/pages/<name>')
  })

  it('is looked for in the folder and in its src', async () => {
    expect(await phial(['routes'], {}, `${apps}src-only`)).toMatchObject({
      code: 0,
      out: 'No routes were registered.\n',
    })
  })

  it('may come from a function with arguments', async () => {
    for (const app of ["factories:createApp('dev', 1)", "factories:makeLater('a')", 'factories']) {
      expect(await phial(['--app', app, 'routes'])).toMatchObject({ code: 0, err: '' })
    }
  })

  it.each<[what: string, args: string[], code: number, message: string]>([
    ['no application', ['routes'], 2, 'no app.ts, app.js, wsgi.ts or wsgi.js, here or in src'],
    ['no such module', ['--app', 'nope', 'routes'], 2, "There is no module 'nope' in"],
    ['no such file', ['--app', 'nope.ts', 'routes'], 2, "There is no module 'nope.ts' in"],
    [
      'no such export',
      ['--app', 'site:nope', 'routes'],
      2,
      "'site' has no export 'nope'. It exports default.",
    ],
    [
      'missing arguments',
      ['--app', 'factories:makeLater', 'routes'],
      2,
      'It has 1 parameter and got no argument',
    ],
    ['a bad expression', ['--app', 'site:app.x', 'routes'], 2, "'app.x' in 'site:app.x' is neither"],
    [
      'a factory that throws',
      ['--app', 'factories:fails', 'routes'],
      1,
      "'factories.ts' could not make the application.",
    ],
    [
      'no application of Phial',
      ['--app', 'plain-fetch', 'routes'],
      2,
      "'plain-fetch' is no application of Phial",
    ],
  ])('is missing clearly: %s', async (_what, args, code, message) => {
    const outcome = await phial(args)
    expect(outcome).toMatchObject({ code, out: '' })
    expect(outcome.err).toContain(message)
  })

  it('shows where a factory has thrown', async () => {
    const { err } = await phial(['--app', 'factories:fails', 'routes'])
    expect(err).toMatch(/^Error: there is no database\n +at .*factories\.ts:\d+:\d+/)
  })

  it('is told the debug mode, by option or by environment', async () => {
    const { default: site } = (await import('../../../test/apps/site.ts')) as { default: { debug: boolean } }
    expect((await phial(['--app', 'site', '--debug', 'routes'])).env['PHIAL_DEBUG']).toBe('1')
    expect(site.debug).toBe(true)
    expect(
      (await phial(['--app', 'site', 'routes', '--no-debug'], { PHIAL_DEBUG: '1' })).env['PHIAL_DEBUG'],
    ).toBe('0')
    expect(site.debug).toBe(false)
    await phial(['--app', 'site', 'routes'], { PHIAL_DEBUG: 'true' })
    expect(site.debug).toBe(true)
    await phial(['--app', 'site', 'routes'])
    expect(site.debug).toBe(false)
  })
})

describe('phial routes', () => {
  it('prints a table', async () => {
    expect((await phial(['--app', 'site', 'routes'])).out).toBe(
      [
        'Endpoint  Methods    Rule',
        '--------  ---------  -------------',
        'debug     GET        /debug',
        'home      GET        /',
        'page      GET, POST  /pages/<name>',
        '',
      ].join('\n'),
    )
  })

  it.each([
    ['endpoint', ['debug', 'home', 'page']],
    ['methods', ['home', 'debug', 'page']],
    ['rule', ['home', 'debug', 'page']],
    ['domain', ['page', 'home', 'debug']],
    ['match', ['page', 'home', 'debug']],
  ])('sorts by %s', async (key, endpoints) => {
    const { out } = await phial(['--app', 'site', 'routes', '-s', key, '--json'])
    const sorted = (JSON.parse(out) as { endpoint: string }[]).map(({ endpoint }) => endpoint)
    expect(sorted).toEqual(endpoints)
  })

  it('shows all methods when asked, also by environment', async () => {
    for (const outcome of [
      await phial(['--app', 'site', 'routes', '--all-methods']),
      await phial(['--app', 'site', 'routes'], { PHIAL_ROUTES_ALL_METHODS: '1' }),
    ]) {
      expect(outcome.out).toContain('GET, HEAD, OPTIONS, POST')
    }
  })

  it('shows subdomains where they matter, and sorts by them', async () => {
    const { out } = await phial(['--app', 'subdomains', 'routes', '--sort', 'domain'])
    expect(out).toBe(
      [
        'Endpoint  Methods  Subdomain  Rule',
        '--------  -------  ---------  ------',
        'home      GET                 /',
        'about     GET                 /about',
        'index     GET      <tenant>   /',
        'api       GET      api        /',
        '',
      ].join('\n'),
    )
  })

  it('shows hosts where they matter', async () => {
    const { out } = await phial(['--app', 'hosts', 'routes'])
    expect(out).toMatch(/^Endpoint {2}Methods {2}Host {13}Rule$/m)
    expect(out).toMatch(/^api {7}GET {6}api\.example\.com {2}\/$/m)
    const json = JSON.parse((await phial(['--app', 'hosts', 'routes', '--json'])).out)
    expect(json[0]).toEqual({ endpoint: 'api', methods: ['GET'], host: 'api.example.com', rule: '/' })
  })
})

describe('phial run', () => {
  it('S125: refuses debug mode where others can reach it', async () => {
    const { code, out, err } = await phial([
      '--app',
      'site',
      '--debug',
      'run',
      '--host',
      '0.0.0.0',
      '--port',
      '0',
    ])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('add --allow-public-debug')
  })

  it('refuses a port from the environment that is none', async () => {
    const { code, err } = await phial(['--app', 'site', 'run'], { PHIAL_RUN_PORT: 'web' })
    expect(code).toBe(2)
    expect(err).toBe(
      "Error: The variable PHIAL_RUN_PORT is 'web'. A port is a whole number from 0 to 65535.\n",
    )
  })

  it.each<[args: string[], message: string]>([
    [['--key', 'k.pem'], '--key is the key of a certificate, and there is no --cert. Give that too.'],
    [
      ['--cert', 'c.pem'],
      '--cert c.pem is a certificate, and there is no --key. Give the file of its key too.',
    ],
    [['--cert', 'adhoc', '--key', 'k.pem'], '--cert adhoc makes its own key. Leave out --key.'],
    [
      ['--cert', 'c.pem', '--key', 'k.pem'],
      "The file 'c.pem' of --cert cannot be read: there is no such file.",
    ],
    [['--cert', 'site.ts', '--key', 'site.ts'], "The file 'site.ts' of --cert is not in PEM: it has no line"],
    [['--prefix', 'shop'], "A prefix is a path that starts with a slash, as in '/shop'."],
    [['--prefix', '/'], "A prefix is a path that starts with a slash, as in '/shop'."],
    [['--prefix', '/a?b'], "A prefix is a path that starts with a slash, as in '/shop'."],
  ])('refuses %j', async (args, message) => {
    const { code, out, err } = await phial(['--app', 'site', 'run', '--port', '0', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })
})
