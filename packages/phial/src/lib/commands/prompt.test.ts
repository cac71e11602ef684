import { Phial } from 'phial'
import { confirm, defineCommand, type OptionEntries, type PromptOptions, prompt } from 'phial/commands'
import { describe, expect, it } from 'vitest'

/** Runs a command in which these lines are typed. */
async function answer(work: () => unknown, ...lines: string[]) {
  const app = new Phial('site', { staticFolder: null })
  app.cli.command('ask', async () => console.log(JSON.stringify(await work())))
  const { exitCode, stdout, stderr } = await app
    .testCliRunner()
    .invoke(['ask'], { input: lines.map((line) => `${line}\n`).join('') })
  return { exitCode, stdout, stderr }
}

describe('prompt', () => {
  it.each<[name: string, options: PromptOptions, lines: string[], value: unknown, dialogue: string]>([
    ['a text', {}, ['ann'], 'ann', 'Name: ann\n'],
    ['blanks around it', {}, [' ann '], ' ann ', 'Name:  ann \n'],
    ['lines of Windows', {}, ['ann\r'], 'ann', 'Name: ann\n'],
    ['nothing, and then something', {}, ['', 'ann'], 'ann', 'Name: \nName: ann\n'],
    ['the default', { default: 'bob' }, [''], 'bob', 'Name [bob]: \n'],
    ['more than the default', { default: 'bob' }, ['ann'], 'ann', 'Name [bob]: ann\n'],
    ['nothing at all', { default: null }, [''], null, 'Name: \n'],
    ['one of several', { choices: ['a', 'b'], default: 'a' }, ['b'], 'b', 'Name (a, b) [a]: b\n'],
    [
      'none of several, and then one',
      { choices: ['a', 'b'] },
      ['c', 'b'],
      'b',
      expect.stringContaining('Allowed choices are a, b.'),
    ],
    [
      'a number',
      { type: 'int', min: 1 },
      ['0', 'x', '3'],
      3,
      'Name: 0\nError: It must be a whole number, 1 or more.\nName: x\nError: It must be a whole number, 1 or more.\nName: 3\n',
    ],
    ['what a parser makes of it', { parse: (text) => text.length }, ['four'], 4, 'Name: four\n'],
    ['a secret', { hideInput: true }, ['abc'], 'abc', 'Name: \n'],
    ['a secret with a default', { hideInput: true, default: 'x' }, [''], 'x', 'Name: \n'],
    [
      'a secret, twice',
      { hideInput: true, confirmationPrompt: true },
      ['abc', 'abd', 'abc', 'abc'],
      'abc',
      'Name: \nName (once more): \nError: The two answers are not the same.\nName: \nName (once more): \n',
    ],
    ['a second question', { confirmationPrompt: 'And again?' }, ['a', 'a'], 'a', 'Name: a\nAnd again? a\n'],
  ])('reads %s', async (_name, options, lines, value, dialogue) => {
    expect(await answer(() => prompt('Name', options), ...lines)).toEqual({
      exitCode: 0,
      stdout: `${JSON.stringify(value)}\n`,
      stderr: dialogue,
    })
  })

  it('leaves the lines that follow', async () => {
    const all = async () => {
      const first = await prompt('First?')
      const second = await prompt('Second?')
      let rest = ''
      for await (const part of process.stdin) rest += String(part)
      return [first, second, rest]
    }
    expect(await answer(all, 'ä', 'b', 'c', 'd')).toMatchObject({
      stdout: '["ä","b","c\\nd\\n"]\n',
      stderr: 'First? ä\nSecond? b\n',
    })
  })

  it('takes the default where the input has ended', async () => {
    expect(await answer(() => prompt('Name', { default: 'bob' }))).toMatchObject({ stdout: '"bob"\n' })
  })

  it('says that the input has ended', async () => {
    expect(await answer(() => prompt('Name'))).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        "Name: \nError: There is no answer to 'Name': the standard input has ended. " +
        'Run the command in a terminal, or pipe the answers into it, one a line.\n',
    })
    const { stderr } = await answer(() => prompt('Age', { type: 'int' }), 'x')
    expect(stderr).toContain('the standard input has ended (It must be a whole number.).')
    expect(await answer(() => prompt('Key', { confirmationPrompt: true }), 'x')).toMatchObject({
      exitCode: 1,
    })
  })
})

describe('confirm', () => {
  it.each<[lines: string[], options: object, said: boolean, dialogue: string]>([
    [['y'], {}, true, 'Sure? [y/N]: y\n'],
    [['YES'], {}, true, 'Sure? [y/N]: YES\n'],
    [['n'], {}, false, 'Sure? [y/N]: n\n'],
    [[''], {}, false, 'Sure? [y/N]: \n'],
    [[''], { default: true }, true, 'Sure? [Y/n]: \n'],
    [[], { default: true }, true, 'Sure? [Y/n]: \n'],
    [['no'], { default: true }, false, 'Sure? [Y/n]: no\n'],
    [
      ['', 'maybe', 'y'],
      { default: null },
      true,
      "Sure? [y/n]: \nError: Answer 'y' or 'n'.\nSure? [y/n]: maybe\nError: Answer 'y' or 'n'.\nSure? [y/n]: y\n",
    ],
  ])('%j %j', async (lines, options, said, dialogue) => {
    expect(await answer(() => confirm('Sure?', options), ...lines)).toEqual({
      exitCode: 0,
      stdout: `${said}\n`,
      stderr: dialogue,
    })
  })

  it('can end the command', async () => {
    expect(await answer(() => confirm('Sure?', { abort: true }), 'n')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Sure? [y/N]: n\nAborted.\n',
    })
    expect(await answer(() => confirm('Sure?', { abort: true }), 'y')).toMatchObject({ exitCode: 0 })
  })

  it('says that the input has ended, where there is no default', async () => {
    expect(await answer(() => confirm('Sure?', { default: null }))).toMatchObject({ exitCode: 1 })
  })
})

describe('an option that is asked for', () => {
  const options: OptionEntries = {
    '--user-name <name>': { prompt: true },
    '--age <int:years>': { prompt: 'How old?', default: 18, min: 0 },
    '--key <key>': { prompt: 'Password', hideInput: true, confirmationPrompt: true, env: 'SITE_KEY' },
    '--yes': { prompt: 'Go on?' },
  }

  async function call(args: string[], lines: string[], env: Record<string, string> = {}) {
    const app = new Phial('site', { staticFolder: null })
    app.cli.add(defineCommand('add', { options }, (values) => console.log(JSON.stringify(values))))
    const input = lines.map((line) => `${line}\n`).join('')
    return app.testCliRunner({ env }).invoke(['add', ...args], { input })
  }

  it('is asked for in order, where it was not given', async () => {
    const { stdout, stderr, output } = await call([], ['ann', '', 'abc', 'abc', 'y'])
    expect(stdout).toBe('{"userName":"ann","age":18,"key":"abc","yes":true}\n')
    expect(stderr).toBe(
      'User name: ann\nHow old? [18]: \nPassword: \nPassword (once more): \nGo on? [y/N]: y\n',
    )
    expect(output).toBe(stderr + stdout)
  })

  it('is not asked for where it was', async () => {
    const given = ['--user-name', 'ann', '--yes']
    const env = { PHIAL_ADD_AGE: '20', SITE_KEY: 'abc' }
    expect(await call(given, [], env)).toMatchObject({
      stdout: '{"userName":"ann","age":20,"key":"abc","yes":true}\n',
      stderr: '',
    })
  })

  it('is missing where nobody answers', async () => {
    expect(await call([], [])).toMatchObject({
      exitCode: 2,
      stderr:
        "User name: \nError: The option '--user-name <name>' is missing. Give it, or set the variable PHIAL_ADD_USER_NAME.\n",
    })
  })

  it('is told in the help', async () => {
    const { stdout } = await call(['--help'], [])
    expect(stdout).toContain('--user-name <name>  (asked for)')
  })

  it.each([
    ['--tag <tag...>', {}],
    ['-v, --verbose', { count: true }],
  ])('cannot be %s', (flags, more) => {
    const asked = { options: { [flags]: { prompt: true, ...more } } }
    expect(() => defineCommand('c', asked, () => undefined)).toThrow(
      `The option '${flags}' can be given several times, so it cannot be asked for.`,
    )
  })
})
