import { describe, expect, it } from 'vitest'
import { phial, projects } from '../../../test/project.ts'

const project = projects()

/** A module with a command, as one of another copy of the framework would make it. */
function command(name: string, body: string, extra = ''): string {
  return `${extra}
export default { kind: 'command', name: '${name}', help: 'Of ${name}.', epilog: '', hidden: false, arguments: [], options: [], withAppContext: false, handler: () => { ${body} } }`
}

function manifest(name: string, commands: unknown): string {
  return JSON.stringify({ name, type: 'module', phial: { commands }, exports: './index.js' })
}

const calls: string[] = []
Object.assign(globalThis, { pluginCalls: calls })

describe('commands of packages', () => {
  const folder = project({
    'package.json': JSON.stringify({
      type: 'module',
      dependencies: { one: '1', '@scope/two': '1', broken: '1', plain: '1', missing: '1' },
      devDependencies: { wrong: '1', odd: '1' },
    }),
    'node_modules/one/package.json': manifest('one', './cli.js'),
    'node_modules/one/cli.js': command('first', "pluginCalls.push('first')"),
    'node_modules/@scope/two/package.json': manifest('@scope/two', { db: './db.js', never: './never.js' }),
    'node_modules/@scope/two/db.js': command('other-name', "pluginCalls.push('db')"),
    'node_modules/@scope/two/never.js': command('never', '', "pluginCalls.push('never imported')"),
    'node_modules/broken/package.json': manifest('broken', './cli.js'),
    'node_modules/broken/cli.js': "throw new Error('no licence')",
    'node_modules/plain/package.json': '{ "name": "plain" }',
    'node_modules/wrong/package.json': manifest('wrong', './cli.js'),
    'node_modules/wrong/cli.js': 'export default () => 1',
    'node_modules/odd/package.json': manifest('odd', 7),
    'node_modules/stranger/package.json': manifest('stranger', './cli.js'),
    'node_modules/stranger/cli.js': command('stranger', ''),
    'src/deep/readme': '',
  })

  it('are called like others, from every folder of the project', async () => {
    expect(await phial(folder, ['first'])).toMatchObject({ code: 0, out: '' })
    expect(await phial(`${folder}/src/deep`, ['first'])).toMatchObject({ code: 0 })
    expect(calls).toEqual(['first', 'first'])
  })

  it('are imported one by one where the package names them', async () => {
    calls.length = 0
    expect((await phial(folder, ['db'])).code).toBe(0)
    expect(calls).toEqual(['db'])
  })

  it('are listed; a package that fails gives a warning', async () => {
    const { code, out, err } = await phial(folder, ['--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/^ +first +Of first\.\n +db +Of other-name\.\n +never +Of never\.$/m)
    expect(out).not.toContain('stranger')
    const warnings = err.trimEnd().split('\n')
    expect(warnings).toHaveLength(3)
    expect(warnings).toEqual(
      expect.arrayContaining([
        "Warning: The commands of the package 'broken' could not be loaded: no licence",
        expect.stringMatching(
          /^Warning: The commands of the package 'wrong' could not be loaded: The default export of .*cli\.js must be a command, a group or a list of them/,
        ),
        expect.stringMatching(
          /^Warning: The commands of the package 'odd' could not be loaded: "phial": \{ "commands": … \} in .*package\.json must be/,
        ),
      ]),
    )
  })

  it('are not looked for where phial itself has the command', async () => {
    const { err } = await phial(folder, ['routes', '--help'])
    expect(err).toBe('')
  })

  it('may be those of the project itself', async () => {
    const own = project({
      'package.json': JSON.stringify({ name: 'shop', type: 'module', phial: { commands: './commands.js' } }),
      'commands.js': `${command('seed', "pluginCalls.push('seed')").replace('export default', 'const seed =')}\nexport default [seed, { kind: 'group', name: 'db', help: '', hidden: false, commands: new Map([['seed', seed]]) }]`,
    })
    calls.length = 0
    expect((await phial(own, ['seed'])).code).toBe(0)
    expect((await phial(own, ['db', 'seed'])).code).toBe(0)
    expect(calls).toEqual(['seed', 'seed'])
  })
})
