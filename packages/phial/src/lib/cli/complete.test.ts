import { Phial } from 'phial'
import { describe, expect, it } from 'vitest'
import { phial, projects } from '../../../test/project.ts'

const app = new Phial('site', { staticFolder: null })
app.cli.command(
  'create <name> [role] [tag...]',
  {
    help: 'Adds a user.\n\nAt once.',
    arguments: { role: { choices: ['editor', 'author'] }, tag: { choices: ['x', 'y'] } },
    options: {
      '-l, --lang <code>': { help: 'Language.', choices: ['en', 'de'] },
      '--loud': '',
      '--low': { hidden: true },
    },
  },
  () => undefined,
)
app.cli.group('users').command('list', () => undefined)
app.cli.group('users').command('lose', { hidden: true }, () => undefined)

describe('what may stand at the cursor', () => {
  it.each<[words: string[], expected: string[]]>([
    [['r'], ['run\tServe the application.', 'routes\tShow the routes of the application.']],
    [['cr'], ['create\tAdds a user.']],
    [['compl'], ['completion\tPrint the script that completes commands in bash, zsh or fish.']],
    [['--vers'], ['--version\tShow the versions of Phial and of the runtime.']],
    [['users', ''], ['list\t']],
    [['users', 'x'], []],
    [['nobody', ''], []],
    [['create', '--lo'], ['--loud\t']],
    [
      ['create', '-'],
      ['--lang\tLanguage.', '--loud\t', '--help\tShow this help.'],
    ],
    [
      ['create', '--lang', ''],
      ['en\t', 'de\t'],
    ],
    [['create', '-l', 'd'], ['de\t']],
    [['create', '-l', 'de', ''], []],
    [
      ['create', 'ann', ''],
      ['editor\t', 'author\t'],
    ],
    [['create', '-l', 'de', '--loud', 'ann', 'e'], ['editor\t']],
    [
      ['create', 'ann', 'editor', 'x', ''],
      ['x\t', 'y\t'],
    ],
    [['--debug', 'create', 'ann', 'a'], ['author\t']],
    [
      ['routes', '--sort', 'm'],
      ['methods\t', 'match\t'],
    ],
  ])('%j', async (words, expected) => {
    const { exitCode, stdout, stderr } = await app.testCliRunner().invoke(['complete', '--', ...words])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .filter((line) => line !== ''),
    ).toEqual(expected.filter((line) => line !== ''))
  })

  it('is told without a word where the application cannot be loaded', async () => {
    const folder = projects()({ 'app.js': "throw new Error('no database')" })
    expect(await phial(folder, ['complete', '--', 'ru'])).toMatchObject({
      code: 0,
      out: 'run\tServe the application.\n',
      err: '',
    })
    expect(await phial(folder, ['complete', '--', 'greet', 'x'])).toMatchObject({ code: 0, out: '', err: '' })
  })
})

describe('phial completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s that calls the program', async (shell) => {
    const { exitCode, stdout } = await app.testCliRunner().invoke(['completion', shell])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('phial complete -- ')
  })

  it('knows the shells', async () => {
    expect(await app.testCliRunner().invoke(['completion', 'cmd'])).toMatchObject({ exitCode: 2 })
  })
})
