import { currentApp, g, Phial } from 'phial'
import { CommandError, exit } from 'phial/commands'
import { CliRunner } from 'phial/testing'
import { describe, expect, it } from 'vitest'

function createApp(): Phial {
  const app = new Phial('site', { staticFolder: null })
  app.cli.command('hello', { options: { '--name <name>': { default: 'World' } } }, ({ name }) => {
    console.log('Hello, %s!', name)
  })
  app.cli.command('both', () => {
    console.log('one')
    process.stderr.write('two\n')
    console.error('three')
    process.stdout.write(Buffer.from('four\n'))
  })
  app.cli.command('later <text>', async ({ text }) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    console.log(text)
  })
  app.cli.command('context', (_values, context) => {
    g['user'] = 'ann'
    console.log(currentApp.name, context.app.name, context.g['user'])
  })
  app.cli.command('fails', () => {
    throw new Error('no database')
  })
  app.cli.command('tells', async () => {
    throw new CommandError("There is no user 'ann'.", { exitCode: 3 })
  })
  app.cli.command('exits', () => exit(4))
  app.cli.command('process-exits', () => process.exit(5))
  app.cli.command('sets-exit-code', () => {
    process.exitCode = 6
  })
  app.cli.command('env', () => console.log(process.env['SITE_KEY'], process.env['SITE_OTHER']))
  app.cli.command('reads', async () => {
    for await (const part of process.stdin) console.log(String(part).toUpperCase())
  })
  return app
}

const app = createApp()
const runner = app.testCliRunner()

describe('a CLI runner', () => {
  it('gives what a command has written', async () => {
    expect(await runner.invoke(['hello', '--name', 'x'])).toEqual({
      exitCode: 0,
      stdout: 'Hello, x!\n',
      stderr: '',
      output: 'Hello, x!\n',
      error: null,
    })
    expect(await new CliRunner(app).invoke(['hello'])).toMatchObject({ stdout: 'Hello, World!\n' })
  })

  it('keeps standard output and error apart, and their order', async () => {
    expect(await runner.invoke(['both'])).toMatchObject({
      stdout: 'one\nfour\n',
      stderr: 'two\nthree\n',
      output: 'one\ntwo\nthree\nfour\n',
    })
  })

  it('keeps calls apart that run at the same time', async () => {
    const results = await Promise.all(['a', 'b', 'c'].map((text) => runner.invoke(['later', text])))
    expect(results.map(({ output }) => output)).toEqual(['a\n', 'b\n', 'c\n'])
  })

  it('leaves the process as it was', async () => {
    const state = () => [
      console.log,
      process.stdout.write,
      process.exit,
      process.exitCode,
      process.stdin,
      { ...process.env },
    ]
    const before = state()
    // Those that start last end first, last, and in between.
    const calls = [['later', 'a'], ['sets-exit-code'], ['--debug', 'reads'], ['both']]
    await Promise.all(calls.map((args) => runner.invoke(args, { input: 'text' })))
    expect(state()).toEqual(before)
  })

  it('runs commands in a context of the application', async () => {
    expect((await runner.invoke(['context'])).stdout).toBe('site site ann\n')
  })

  it('tells how a command has ended', async () => {
    const fails = await runner.invoke(['fails'])
    expect(fails).toMatchObject({ exitCode: 1, stdout: '', error: new Error('no database') })
    expect(fails.stderr).toMatch(/^Error: no database\n +at /)
    expect(await runner.invoke(['tells'])).toMatchObject({
      exitCode: 3,
      stderr: "Error: There is no user 'ann'.\n",
      error: expect.any(CommandError),
    })
    expect(await runner.invoke(['exits'])).toMatchObject({ exitCode: 4, output: '', error: null })
    expect(await runner.invoke(['process-exits'])).toMatchObject({ exitCode: 5, output: '', error: null })
    expect(await runner.invoke(['sets-exit-code'])).toMatchObject({ exitCode: 6 })
    expect(await runner.invoke(['hello', '--nam'])).toMatchObject({
      exitCode: 2,
      stderr: "Error: Unknown option '--nam'\n(Did you mean --name?)\nTry 'phial hello --help'.\n",
    })
  })

  it('sets environment variables for a call', async () => {
    const withEnv = app.testCliRunner({ env: { SITE_KEY: '1', SITE_OTHER: '1' } })
    expect((await withEnv.invoke(['env'], { env: { SITE_OTHER: '2' } })).stdout).toBe('1 2\n')
    expect((await runner.invoke(['env'])).stdout).toBe('undefined undefined\n')
    expect((await runner.invoke(['hello'], { env: { PHIAL_HELLO_NAME: 'Env' } })).stdout).toBe(
      'Hello, Env!\n',
    )
  })

  it('gives a command its input', async () => {
    expect((await runner.invoke(['reads'], { input: 'text' })).stdout).toBe('TEXT\n')
  })

  it('has the commands of phial itself, without --app', async () => {
    expect(await runner.invoke(['routes'])).toMatchObject({
      exitCode: 0,
      stdout: 'No routes were registered.\n',
    })
    const { stdout } = await runner.invoke(['--help'])
    expect(stdout).toMatch(/^ +hello$/m)
    expect(stdout).not.toContain('--app')
  })
})
