import { fileURLToPath } from 'node:url'
import { Phial } from 'phial'
import { describe, expect, it } from 'vitest'
import { phial, projects } from '../../../test/project.ts'

const apps = fileURLToPath(new URL('../../../test/apps/', import.meta.url))
const project = projects()

describe('the commands of an application', () => {
  it('are commands of phial', async () => {
    expect(await phial(apps, ['--app', 'commands', 'greet', 'ann'])).toMatchObject({ code: 0, err: '' })
    expect(await phial(apps, ['greet', 'ann'], { env: { PHIAL_APP: 'commands' } })).toMatchObject({ code: 0 })
  })

  it('are listed after those of phial itself', async () => {
    const { code, out, err } = await phial(apps, ['--app', 'commands', '--help'])
    expect({ code, err }).toEqual({
      code: 0,
      err: "Warning: There are two commands 'routes'; the one that is listed hides the other. Rename that.\n",
    })
    expect(out).toMatch(/\n {2}run +Serve.*\n(?:.*\n)+ {2}greet +Greets somebody\.\n/)
  })

  it('do not hide those of phial itself', async () => {
    const { out } = await phial(apps, ['--app', 'commands', 'routes'])
    expect(out).toBe('No routes were registered.\n')
  })

  it('see the debug mode that the command was told', async () => {
    const { default: app } = (await import('../../../test/apps/commands.ts')) as { default: Phial }
    await phial(apps, ['--app', 'commands', '--debug', 'greet', 'ann'])
    expect(app.debug).toBe(true)
    await phial(apps, ['--app', 'commands', '--no-debug', 'greet', 'ann'])
    expect(app.debug).toBe(false)
  })
})

describe('an application that cannot be loaded', () => {
  const broken = project({ 'app.js': "throw new Error('there is no database')" })

  it('shows why, and the help all the same', async () => {
    const { code, out, err } = await phial(broken, ['--help'])
    expect(code).toBe(0)
    expect(err).toMatch(
      /^Error: there is no database\n(?:.*\n)*Error: 'app\.js' could not be imported\.\n\n$/,
    )
    expect(out).toMatch(/^ +run +Serve the application\.$/m)
  })

  it('is why a command is not found', async () => {
    const { code, out, err } = await phial(broken, ['greet', 'ann'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('Error: there is no database\n')
    expect(err).toContain(
      "Error: The application could not be loaded, so its commands are not known. 'greet' is none of the commands " +
        'that are always there: run, routes, shell, check, types, completion.\n',
    )
  })
})

describe('a command that nobody has', () => {
  it('is an error that names what is near', async () => {
    expect(await phial(project({}), ['rnu'])).toMatchObject({
      code: 2,
      out: '',
      err: "Error: Unknown command 'rnu'\n(Did you mean run?)\nTry 'phial --help'.\n",
    })
  })

  it('may be one of an application that is named too late', async () => {
    expect(await phial(project({}), ['greet', 'ann', '--app', 'site'])).toMatchObject({
      code: 2,
      err: "Error: There is no command 'greet'. If the application has it, name that first: phial --app NAME greet …\n",
    })
  })
})

describe('a command of one’s own', () => {
  const app = new Phial('shop', { staticFolder: null })
  app.cli.command('seed', () => undefined)
  const own = { name: 'shop', createApp: () => app }

  it('has its name in help and errors, and no --app', async () => {
    const { out } = await phial(project({}), ['--help'], own)
    expect(out).toMatch(/^Usage: shop \[options\] \[command\]\n/)
    expect(out).toMatch(/^ +seed$/m)
    expect(out).not.toContain('--app')
    expect((await phial(project({}), ['sed'], own)).err).toBe(
      "Error: Unknown command 'sed'\n(Did you mean seed?)\nTry 'shop --help'.\n",
    )
    expect((await phial(project({}), ['routes', '--help'], own)).out).toMatch(
      /^Usage: shop routes \[options\]\n/,
    )
  })

  it('has the commands of phial for its application', async () => {
    expect(await phial(project({}), ['routes'], own)).toMatchObject({
      code: 0,
      out: 'No routes were registered.\n',
    })
  })
})
