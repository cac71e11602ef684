import { defineCommand } from 'phial/commands'
import { describe, expect, it } from 'vitest'

const nothing = () => undefined

describe('the usage of a command', () => {
  it.each<
    [usage: string, name: string, args: [name: string, type: string, required: boolean, variadic: boolean][]]
  >([
    ['init', 'init', []],
    ['db:init', 'db:init', []],
    ['  init  ', 'init', []],
    [
      'copy <source> [target]',
      'copy',
      [
        ['source', 'string', true, false],
        ['target', 'string', false, false],
      ],
    ],
    [
      'add <int:a> <float:b>',
      'add',
      [
        ['a', 'int', true, false],
        ['b', 'float', true, false],
      ],
    ],
    ['mail <address...>', 'mail', [['address', 'string', true, true]]],
    ['mail [int:user-ids...]', 'mail', [['userIds', 'int', false, true]]],
  ])('%j', (usage, name, args) => {
    const command = defineCommand(usage, nothing)
    expect(command.name).toBe(name)
    expect(
      command.arguments.map((argument) => [
        argument.name,
        argument.type,
        argument.required,
        argument.variadic,
      ]),
    ).toEqual(args)
  })

  it.each([
    ['', "begins with ''"],
    ['<name>', "begins with '<name>'"],
    ['--force', "begins with '--force'"],
    ['copy source', "'source' in the usage 'copy source' is no argument"],
    ['copy <source', "'<source' in the usage"],
    ['copy <a b>', "'<a' in the usage"],
    ['copy --force', "'--force' in the usage 'copy --force' is no argument. Write <name>"],
    [
      'copy [a] <b>',
      "The argument 'b' in the usage 'copy [a] <b>' is required and stands after an optional one",
    ],
    ['copy <a...> <b>', "'a...' in the usage 'copy <a...> <b>' takes all arguments that are left"],
    ['copy <a> <a>', "The argument 'a' stands twice"],
    ['copy <integer:a>', "There is no type 'integer' for '<integer:a>'. Types are string, int, float"],
  ])('%j is refused', (usage, message) => {
    expect(() => defineCommand(usage, nothing)).toThrow(message)
  })
})

describe('the flags of an option', () => {
  it.each<[flags: string, expected: object]>([
    ['--admin', { name: 'admin', short: null, long: 'admin', turns: 'on', value: null }],
    ['-a', { name: 'a', short: 'a', long: null, turns: 'on', value: null }],
    ['-a, --is-admin', { name: 'isAdmin', short: 'a', long: 'is-admin', turns: 'on', value: null }],
    ['-a --admin', { name: 'admin', short: 'a', long: 'admin', turns: 'on', value: null }],
    ['--no-color', { name: 'color', short: null, long: 'color', turns: 'off', value: null }],
    ['-c, --[no-]cache', { name: 'cache', short: 'c', long: 'cache', turns: 'both', value: null }],
    ['--role <role>', { name: 'role', value: { name: 'role', type: 'string', multiple: false } }],
    [
      '-n, --count <int:n>',
      { name: 'count', short: 'n', value: { name: 'n', type: 'int', multiple: false } },
    ],
    [
      '-x <float:x>',
      { name: 'x', short: 'x', long: null, value: { name: 'x', type: 'float', multiple: false } },
    ],
    ['--tag <tag...>', { name: 'tag', value: { name: 'tag', type: 'string', multiple: true } }],
  ])('%j', (flags, expected) => {
    expect(defineCommand('x', { options: { [flags]: '' } }, nothing).options[0]).toMatchObject(expected)
  })

  it.each([
    ['admin', "'admin' are no flags of an option"],
    ['', "'' are no flags of an option"],
    ['-admin', "'-admin' are no flags"],
    ['--admin, -a', "'--admin, -a' are no flags"],
    ['--a --b', "'--a --b' are no flags"],
    ['--role [role]', "'--role [role]' are no flags"],
    ['--role <ro le>', "'--role <ro le>' are no flags"],
    ['--role <role', "'--role <role' are no flags"],
    ['--no-color <x>', 'turns something off, so it takes no value'],
    ['--size <big:n>', "There is no type 'big'"],
  ])('%j are refused', (flags, message) => {
    expect(() => defineCommand('x', { options: { [flags]: '' } }, nothing)).toThrow(message)
  })
})

describe('a command', () => {
  it('has each name and each flag once', () => {
    expect(() => defineCommand('x <role>', { options: { '--role <role>': '' } }, nothing)).toThrow(
      "The command 'x' has two values 'role'",
    )
    expect(() => defineCommand('x', { options: { '-a, --admin': '', '-a, --all': '' } }, nothing)).toThrow(
      "The command 'x' has two options '-a'",
    )
  })

  it('describes no arguments that it does not have', () => {
    expect(() => defineCommand('x <a>', { arguments: { b: 'What?' } }, nothing)).toThrow(
      "The command 'x' describes an argument 'b' that its usage does not have. It has a.",
    )
  })

  it('needs a handler', () => {
    expect(() => defineCommand('x', {} as never)).toThrow(
      "The command 'x' needs a handler as its last argument",
    )
  })
})
