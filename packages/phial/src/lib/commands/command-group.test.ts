import { Blueprint, Phial } from 'phial'
import { CommandGroup, defineCommand } from 'phial/commands'
import { describe, expect, it } from 'vitest'

const nothing = () => undefined

describe('a group of commands', () => {
  it('is data that applications have', () => {
    const app = new Phial('site', { staticFolder: null })
    const created = app.cli.command('create <name>', nothing)
    const users = app.cli.group('users', { help: 'Users.' })
    users.command('list', nothing)
    expect([...app.cli.commands.keys()]).toEqual(['create', 'users'])
    expect(app.cli.commands.get('create')).toBe(created)
    expect(app.cli.group('users')).toBe(users)
    expect(created).toMatchObject({ kind: 'command', name: 'create', withAppContext: true, hidden: false })
  })

  it('has each name once', () => {
    const group = new CommandGroup('users')
    const command = group.command('list', nothing)
    group.add(command)
    expect(() => group.command('list', nothing)).toThrow(
      "There is a command 'list' already in the group 'users'.",
    )
    expect(() => group.group('list')).toThrow("There is a command 'list' already")
    expect(() => new CommandGroup('two words')).toThrow("begins with 'two words'")
  })

  it('becomes one with a group of the same name', () => {
    const root = new CommandGroup()
    root.group('db').command('init', nothing)
    const other = new CommandGroup('db')
    other.command('drop', nothing)
    root.add(other)
    expect([...root.group('db').commands.keys()]).toEqual(['init', 'drop'])
  })

  it('takes groups under another name, and all that they have', () => {
    const blueprint = new CommandGroup()
    blueprint.add(defineCommand('list', nothing))
    const app = new CommandGroup()
    app.add(blueprint, 'shop')
    expect(app.commands.get('shop')).toBe(blueprint)
    app.merge(blueprint)
    expect([...app.commands.keys()]).toEqual(['shop', 'list'])
  })
})

describe('the commands of a blueprint', () => {
  /** What a registered blueprint with a command has added to its application. */
  function added(
    options: { cliGroup?: string | null },
    registration: { cliGroup?: string | null; name?: string },
  ) {
    const app = new Phial('site', { staticFolder: null })
    const shop = new Blueprint('shop', null, options)
    shop.cli.command('list', nothing)
    app.registerBlueprint(shop, registration)
    return [...app.cli.commands].map(([name, entry]) => `${name} ${entry.kind}`)
  }

  it('stand in a group: its name, the name under which it is registered, or another one', () => {
    expect(added({}, {})).toEqual(['shop group'])
    expect(added({}, { name: 'store' })).toEqual(['store group'])
    expect(added({ cliGroup: 'goods' }, { name: 'store' })).toEqual(['goods group'])
    expect(added({ cliGroup: 'goods' }, { cliGroup: 'wares' })).toEqual(['wares group'])
  })

  it('stand beside those of the application without a group', () => {
    expect(added({ cliGroup: null }, {})).toEqual(['list command'])
    expect(added({}, { cliGroup: null })).toEqual(['list command'])
  })

  it('add no empty group', () => {
    const app = new Phial('site', { staticFolder: null })
    app.registerBlueprint(new Blueprint('shop'))
    expect(app.cli.commands.size).toBe(0)
  })

  it('may come twice, and from blueprints in blueprints', async () => {
    const app = new Phial('site', { staticFolder: null })
    const shop = new Blueprint('shop')
    const cart = new Blueprint('cart', null, { cliGroup: null })
    shop.cli.command('list', (_values, context) => console.log(`of ${context.app.name}`))
    cart.cli.command('clear', nothing)
    shop.registerBlueprint(cart)
    app.registerBlueprint(shop)
    app.registerBlueprint(shop, { name: 'again' })
    expect([...app.cli.commands.keys()]).toEqual(['shop', 'clear', 'again'])
    expect((await app.testCliRunner().invoke(['again', 'list'])).stdout).toBe('of site\n')
  })
})
