import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environment, launch, packageFolder, phial, project } from '../../../test/process.ts'

const app = `import { currentApp, Phial } from 'phial'
import { CommandError } from 'phial/commands'
const app: Phial = new Phial(import.meta)
const site: string = process.env.SITE_NAME ?? 'none'
app.cli.command('site', () => console.log(site, currentApp.name))
app.cli.command('fails', () => { throw new Error('no database') })
app.cli.command('tells', () => { throw new CommandError('No user.', { exitCode: 3 }) })
app.cli.command('code', () => { process.exitCode = 4 })
app.cli.command('long', () => { for (let i = 0; i < 20_000; i++) console.log('line %d', i) })
app.cli.command('open', async () => {
  setInterval(() => undefined, 1000)
  await new Promise((resolve) => setTimeout(resolve, 10))
  console.log('done')
})
export default app
`

describe('a command of an application, in a process', () => {
  const folder = project({ 'app.ts': app, '.env': 'SITE_NAME=shop\n' })

  it('runs with what .env says', () => {
    expect(phial(folder, ['site'])).toEqual({ code: 0, out: 'shop app\n', err: '' })
    expect(phial(folder, ['site'], { SITE_NAME: 'other' }).out).toBe('other app\n')
    expect(phial(folder, ['site'], { PHIAL_SKIP_DOTENV: '1' }).out).toBe('none app\n')
  })

  it.each([
    ['fails', 1, /^Error: no database\n {4}at .*app\.ts:6:\d+\)?\n$/],
    ['tells', 3, /^Error: No user\.\n$/],
    ['code', 4, /^$/],
  ])('%s with exit code %d', (name, code, err) => {
    const outcome = phial(folder, [name])
    expect(outcome).toMatchObject({ code, out: '' })
    expect(outcome.err).toMatch(err)
  })

  it('loses nothing of a long output', () => {
    const { code, out } = phial(folder, ['long'])
    expect(code).toBe(0)
    expect(out.split('\n')).toHaveLength(20_001)
  })

  it('ends when its work is done, whatever is still open', () => {
    expect(phial(folder, ['open'])).toEqual({ code: 0, out: 'done\n', err: '' })
  })
})

describe('app.run() in the module of an application', () => {
  it('does nothing while the command runs', () => {
    const folder = project({ 'app.ts': `${app}await app.run({ port: 0 })\n` })
    const { code, out, err } = phial(folder, ['site'])
    expect({ code, out }).toEqual({ code: 0, out: 'none app\n' })
    expect(err).toMatch(/WARNING in app: Ignoring a call of app\.run\(\) while the 'phial' command runs\./)
  })
})

describe('a program of one’s own', () => {
  it('has its commands and those of phial', () => {
    const folder = project({
      'shop.js': `import { Phial } from 'phial'
import { runProcess } from 'phial/cli'
await runProcess({ name: 'shop', createApp() {
  const app = new Phial('shop')
  app.cli.command('seed <int:n>', ({ n }) => console.log(n + 1))
  return app
} })`,
    })
    const shop = (...args: string[]) =>
      spawnSync(process.execPath, ['shop.js', ...args], { cwd: folder, env: environment(), encoding: 'utf8' })
    expect(shop('seed', '1')).toMatchObject({ status: 0, stdout: '2\n', stderr: '' })
    expect(shop('routes')).toMatchObject({ status: 0 })
    expect(shop('sed').stderr).toContain("Try 'shop --help'.")
  })
})

describe('the command of a package', () => {
  it('may come from another copy of the framework', () => {
    const folder = project({
      'package.json': '{ "type": "module", "dependencies": { "phial-db": "1" } }',
      'app.ts': app,
      'node_modules/phial-db/package.json':
        '{ "name": "phial-db", "type": "module", "phial": { "commands": "./cli.js" } }',
      'node_modules/phial-db/cli.js': `import { CommandError, CommandGroup } from 'phial/commands'
const db = new CommandGroup('db', { help: 'Looks after the database.' })
db.command('init <name>', ({ name }, context) => console.log(name, context.app.name))
db.command('drop', () => { throw new CommandError('Not here.') })
export default db`,
    })
    mkdirSync(join(folder, 'node_modules/phial-db/node_modules'))
    symlinkSync(packageFolder, join(folder, 'node_modules/phial-db/node_modules/phial'), 'junction')
    expect(phial(folder, ['db', 'init', 'x'])).toEqual({ code: 0, out: 'x app\n', err: '' })
    expect(phial(folder, ['db', 'drop'])).toEqual({ code: 1, out: '', err: 'Error: Not here.\n' })
  })
})

describe('phial shell, in a process', () => {
  const folder = project({ 'app.ts': app })

  it('runs what is piped in', () => {
    const input =
      "const { currentApp } = await import('phial')\ncurrentApp === app, currentApp.name\nconsole.log('said')\n"
    expect(phial(folder, ['shell'], {}, input)).toEqual({ code: 0, out: "'app'\nsaid\n", err: '' })
    expect(phial(folder, ['shell'], {}, 'nope\n1\n')).toMatchObject({ code: 1, out: '' })
  })

  // `script` of util-linux gives a program a terminal.
  const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

  it.skipIf(!hasTerminal)('has a banner, completion and a history at a terminal', async () => {
    const history = join(folder, 'history')
    const call = `'${process.execPath}' '${join(packageFolder, 'bin/phial.js')}' shell --history '${history}'`
    const shell = launch(folder, ['-qec', call, '/dev/null'], { TERM: 'xterm' }, ['script'])
    await shell.until("Names: app, g, urlFor. 'await' works")
    await shell.until('> ')
    // A tab among other keys counts as pasted text.
    shell.child.stdin.write('app.teardownA')
    await shell.until('teardownA')
    shell.child.stdin.write('\t')
    await shell.until('teardownAppContext')
    shell.child.stdin.write('\u0015app.name + (await 1)\r')
    await shell.until("'app1'")
    shell.child.stdin.write('.exit\r')
    expect(await shell.ended).toBe(0)
    const again = launch(folder, ['-qec', call, '/dev/null'], { TERM: 'xterm' }, ['script'])
    await again.until('> ')
    again.child.stdin.write('\u001b[A\u001b[A')
    await again.until('app.name + (await 1)')
  })
})

describe('phial completion', () => {
  const hasBash = spawnSync('bash', ['--version']).status === 0

  it.skipIf(!hasBash)('completes in bash', () => {
    const folder = project({ 'app.ts': app })
    const program = `phial() { '${process.execPath}' '${join(packageFolder, 'bin/phial.js')}' "$@"; }`
    const script = `${program}
eval "$(phial completion bash)"
COMP_WORDS=(phial "$@") COMP_CWORD=$#
_phial_complete
printf '%s\\n' "\${COMPREPLY[@]}"`
    const completed = (...words: string[]) =>
      spawnSync('bash', ['-c', script, 'bash', ...words], {
        cwd: folder,
        env: environment(),
        encoding: 'utf8',
      })
    expect(completed('r')).toMatchObject({ stdout: 'run\nroutes\n', stderr: '' })
    expect(completed('si').stdout).toBe('site\n')
    expect(completed('routes', '--sort', 'e').stdout).toBe('endpoint\n')
  })
})

describe('the runner for tests', () => {
  it('works in node:test', () => {
    const folder = project({
      'app.js': `import { Phial } from 'phial'
export const app = new Phial('site')
app.cli.command('hello', { options: { '--name <name>': '' } }, ({ name }) => console.log('Hello, ' + name))`,
      'app.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { app } from './app.js'
test('hello', async () => {
  const { exitCode, stdout, stderr, output, error } = await app.testCliRunner().invoke(['hello', '--name', 'x'])
  assert.deepEqual([exitCode, stdout, stderr, output, error], [0, 'Hello, x\\n', '', 'Hello, x\\n', null])
})`,
    })
    const { status, stdout } = spawnSync(process.execPath, ['--test', 'app.test.js'], {
      cwd: folder,
      env: environment(),
      encoding: 'utf8',
    })
    expect(stdout).toMatch(/pass 1\n/)
    expect(status).toBe(0)
  })
})
