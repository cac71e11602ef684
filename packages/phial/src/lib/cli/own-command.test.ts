import { Phial } from 'phial'
import { type CommandOptions, defineCommand, type OptionEntries, type Script } from 'phial/commands'
import { describe, expect, it } from 'vitest'

/** Calls a command with these arguments; gives its values, or what it wrote instead. */
async function call(
  usage: string,
  options: CommandOptions,
  args: string[],
  env: Record<string, string> = {},
): Promise<unknown> {
  const app = new Phial('site', { staticFolder: null })
  let values: unknown = null
  app.cli.add(defineCommand(usage, options, (given) => void (values = given)))
  const name = usage.split(' ')[0]!
  const result = await app.testCliRunner({ env }).invoke([name, ...args])
  return result.exitCode === 0 ? values : `${result.exitCode}: ${result.stderr}`
}

describe('arguments', () => {
  it.each<[usage: string, args: string[], values: object]>([
    ['c <name>', ['ann'], { name: 'ann' }],
    ['c <name>', ['--', '--ann'], { name: '--ann' }],
    ['c [name]', [], { name: undefined }],
    ['c <int:n> [float:x]', ['-5', '1e3'], { n: -5, x: 1000 }],
    ['c <file...>', ['a', 'b'], { file: ['a', 'b'] }],
    ['c [int:n...]', ['1', '2', '3'], { n: [1, 2, 3] }],
    ['c [file...]', [], { file: [] }],
  ])('%j %j', async (usage, args, values) => {
    expect(await call(usage, {}, args)).toEqual(values)
  })

  it.each<[usage: string, args: string[], message: string]>([
    ['c <name>', [], "2: Error: Missing required argument 'name'\nTry 'phial c --help'.\n"],
    ['c <file...>', [], "2: Error: Missing required argument 'file'\nTry 'phial c --help'.\n"],
    [
      'c',
      ['x'],
      "2: Error: Too many arguments for 'c'. Expected 0 arguments but got 1.\nTry 'phial c --help'.\n",
    ],
    [
      'c <int:n>',
      ['1.5'],
      "2: Error: Command-argument value '1.5' is invalid for argument 'n'. It must be a whole number.\nTry 'phial c --help'.\n",
    ],
    [
      'c <float:x>',
      ['0x10'],
      "2: Error: Command-argument value '0x10' is invalid for argument 'x'. It must be a number.\nTry 'phial c --help'.\n",
    ],
  ])('%j %j is refused', async (usage, args, message) => {
    expect(await call(usage, {}, args)).toBe(message)
  })

  it('have choices, defaults, variables and parsers', async () => {
    const role = { choices: ['editor', 'author'], default: 'author' }
    expect(await call('c [role]', { arguments: { role } }, [])).toEqual({ role: 'author' })
    expect(await call('c [role]', { arguments: { role } }, ['editor'])).toEqual({ role: 'editor' })
    expect(await call('c [role]', { arguments: { role } }, ['owner'])).toContain(
      "'owner' is invalid for argument 'role'. Allowed choices are editor, author.",
    )
    const key = { env: 'SITE_KEY', parse: (text: string) => text.length }
    expect(await call('c <key>', { arguments: { key } }, ['abc'])).toEqual({ key: 3 })
    expect(await call('c <key>', { arguments: { key } }, [], { SITE_KEY: 'ab' })).toEqual({ key: 2 })
    expect(await call('c <key>', { arguments: { key } }, [])).toBe(
      "2: Error: The argument 'key' is missing. Give it, or set the variable SITE_KEY.\n",
    )
    expect(await call('c <n...>', { arguments: { n: { env: 'N' } } }, [], { N: 'a  b' })).toEqual({
      n: ['a', 'b'],
    })
  })
})

describe('options', () => {
  const options: OptionEntries = {
    '-a, --is-admin': 'Whether.',
    '-v, --verbose': { count: true },
    '--no-color': '',
    '--[no-]cache': { default: true },
    '-n, --count <int:n>': { default: 1, min: 1, max: 9 },
    '-t, --tag <tag...>': '',
    '--role <role>': { choices: ['editor', 'author'] },
    '-x <float:x>': '',
  }
  const defaults = {
    isAdmin: false,
    verbose: 0,
    color: true,
    cache: true,
    count: 1,
    tag: [],
    role: undefined,
    x: undefined,
  }

  it.each<[args: string[], env: Record<string, string>, values: object]>([
    [[], {}, {}],
    [['-a'], {}, { isAdmin: true }],
    [['--is-admin', '--no-color', '--no-cache'], {}, { isAdmin: true, color: false, cache: false }],
    [['--no-cache', '--cache'], {}, { cache: true }],
    [['-vvv', '--verbose'], {}, { verbose: 4 }],
    [['--count', '3'], {}, { count: 3 }],
    [['--count=3', '-x-1.5'], {}, { count: 3, x: -1.5 }],
    [['-n3', '--tag', 'a', '-tb', '--role', 'author'], {}, { count: 3, tag: ['a', 'b'], role: 'author' }],
    [
      [],
      { PHIAL_C_COUNT: '4', PHIAL_C_TAG: 'a b', PHIAL_C_IS_ADMIN: '1' },
      { count: 4, tag: ['a', 'b'], isAdmin: true },
    ],
    [['-n', '2'], { PHIAL_C_COUNT: '4' }, { count: 2 }],
    [
      ['-a'],
      { PHIAL_C_IS_ADMIN: '0', PHIAL_C_COLOR: 'no', PHIAL_C_VERBOSE: '2' },
      { isAdmin: true, color: false, verbose: 2 },
    ],
    [[], { PHIAL_C_COUNT: '' }, { count: 1 }],
  ])('%j %j', async (args, env, values) => {
    expect(await call('c', { options }, args, env)).toEqual({ ...defaults, ...values })
  })

  it.each<[args: string[], env: Record<string, string>, message: string]>([
    [['--count', '10'], {}, "argument '10' is invalid. It must be a whole number from 1 to 9."],
    [
      ['--count', 'x'],
      {},
      "Error: Option '-n, --count <n>' argument 'x' is invalid. It must be a whole number from 1 to 9.",
    ],
    [['--count'], {}, "Error: Option '-n, --count <n>' argument missing"],
    [['--role', 'x'], {}, 'Allowed choices are editor, author.'],
    [['--coun', '1'], {}, "Error: Unknown option '--coun'\n(Did you mean --count?)"],
    [
      [],
      { PHIAL_C_COUNT: 'x' },
      "Error: The variable PHIAL_C_COUNT is 'x'. It must be a whole number from 1 to 9.",
    ],
  ])('%j %j is refused', async (args, env, message) => {
    const outcome = await call('c', { options }, args, env)
    expect(outcome).toMatch(/^2: Error: /)
    expect(outcome).toContain(message)
  })

  it('a value belongs to its flag alone', async () => {
    expect(await call('c <name>', { options: { '--tag <tag...>': '' } }, ['--tag', 'a', 'ann'])).toEqual({
      name: 'ann',
      tag: ['a'],
    })
  })

  it('may be required, and have a variable of their own', async () => {
    const mail: OptionEntries = { '--mail <address>': { required: true, env: 'SITE_MAIL' } }
    expect(await call('c', { options: mail }, ['--mail', 'a@b'])).toEqual({ mail: 'a@b' })
    expect(await call('c', { options: mail }, [], { SITE_MAIL: 'b@c', PHIAL_C_MAIL: 'c@d' })).toEqual({
      mail: 'b@c',
    })
    expect(await call('c', { options: mail }, [], { PHIAL_C_MAIL: 'c@d' })).toEqual({ mail: 'c@d' })
    expect(await call('c', { options: mail }, [])).toBe(
      "2: Error: The option '--mail <address>' is missing. Give it, or set the variable SITE_MAIL.\n",
    )
  })

  it('show what a parser of their own says', async () => {
    const parse = (text: string): Date => {
      if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new RangeError('Write a day as 2026-01-31.')
      return new Date(text)
    }
    const since: OptionEntries = { '--since <day>': { parse } }
    expect(await call('c', { options: since }, ['--since', '2026-02-01'])).toEqual({
      since: new Date('2026-02-01'),
    })
    expect(await call('c', { options: since }, ['--since', 'now'])).toContain(
      "Option '--since <day>' argument 'now' is invalid. Write a day as 2026-01-31.",
    )
  })

  it('may have the names of options of phial itself', async () => {
    expect(
      await call('c', { options: { '--debug': '', '--app <app>': '' } }, ['--debug', '--app', 'x']),
    ).toEqual({
      debug: true,
      app: 'x',
    })
  })
})

describe('groups', () => {
  const app = new Phial('site', { staticFolder: null })
  const users = app.cli.group('users', { help: 'Looks after users.' })
  users.command('create <name>', { options: { '--role <role>': '' } }, (values) =>
    console.log(JSON.stringify(values)),
  )
  users.group('roles').command('list', () => console.log('none'))
  users.command('secret', { hidden: true }, () => console.log('seen'))
  const runner = app.testCliRunner()

  it('nest', async () => {
    expect((await runner.invoke(['users', 'create', 'ann'])).stdout).toBe('{"name":"ann"}\n')
    expect((await runner.invoke(['users', 'roles', 'list'])).stdout).toBe('none\n')
    expect((await runner.invoke(['users', 'secret'])).stdout).toBe('seen\n')
  })

  it('are part of the names of variables', async () => {
    const result = await runner.invoke(['users', 'create', 'ann'], {
      env: { PHIAL_USERS_CREATE_ROLE: 'editor' },
    })
    expect(result.stdout).toBe('{"name":"ann","role":"editor"}\n')
  })

  it('show what they have when none of it is called', async () => {
    const help = await runner.invoke(['users', '--help'])
    expect(help).toMatchObject({ exitCode: 0, stderr: '' })
    expect(help.stdout).toBe(
      'Usage: phial users [options] [command]\n\nLooks after users.\n\nOptions:\n  --help  Show this help.\n\nCommands:\n  create\n  roles\n',
    )
    expect(await runner.invoke(['users'])).toMatchObject({ exitCode: 2, stdout: '', stderr: help.stdout })
  })

  it('tell of a name that is near', async () => {
    expect(await runner.invoke(['users', 'creat'])).toMatchObject({
      exitCode: 2,
      stderr: "Error: Unknown command 'creat'\n(Did you mean create?)\nTry 'phial users --help'.\n",
    })
    expect((await runner.invoke(['user'])).stderr).toBe(
      "Error: Unknown command 'user'\n(Did you mean users?)\nTry 'phial --help'.\n",
    )
  })
})

describe('the help of a command', () => {
  const app = new Phial('site', { staticFolder: null })
  app.cli.command(
    'create <name> [int:age]',
    {
      help: 'Adds a user.\n\nThe user gets a mail.',
      epilog: 'See also: phial users list.',
      arguments: { name: 'Who it is.', age: { help: 'In years.', min: 0 } },
      options: {
        '-r, --role <role>': { help: 'What it may do.', choices: ['editor', 'author'], default: 'author' },
        '--mail <address>': { required: true, env: 'SITE_MAIL' },
        '--trace': { hidden: true },
      },
    },
    () => undefined,
  )

  it('shows arguments and options with all that is said of them', async () => {
    const { stdout } = await app.testCliRunner().invoke(['create', '--help'])
    expect(stdout).toBe(
      [
        'Usage: phial create [options] <name> [age]',
        '',
        'Adds a user.',
        '',
        'The user gets a mail.',
        '',
        'Arguments:',
        '  name               Who it is.',
        '  age                In years. (range: 0..)',
        '',
        'Options:',
        '  -r, --role <role>  What it may do. (default: "author") (choices: "editor",',
        '                     "author")',
        '  --mail <address>   (env: SITE_MAIL; required)',
        '  --help             Show this help.',
        '',
        'See also: phial users list.',
        '',
      ].join('\n'),
    )
  })

  it('has colours where they are wanted', async () => {
    const { stdout } = await app.testCliRunner().invoke(['--help'], { colors: true })
    expect(stdout).toContain('\u001b[1mCommands:\u001b[22m')
    expect(stdout).toMatch(/\u001b\[36mcreate\u001b\[39m +Adds a user\.\n/)
  })
})

describe('a command without an application context', () => {
  it('gets the way to the application', async () => {
    const app = new Phial('site', { staticFolder: null })
    let seen: Script | null = null
    app.cli.command('bare', { withAppContext: false }, async (_values, script) => {
      seen = script
      console.log((await script.loadApp()) === app, script.env['SITE_KEY'])
    })
    const { stdout } = await app.testCliRunner({ env: { SITE_KEY: '1' } }).invoke(['bare'])
    expect(stdout).toBe('true 1\n')
    expect(seen).toHaveProperty('cwd', process.cwd())
  })
})
