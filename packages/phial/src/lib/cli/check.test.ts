import { DictLoader, FunctionLoader } from '@phial/jinja'
import { Phial, type PhialOptions } from 'phial'
import { describe, expect, it } from 'vitest'

/** What `phial check` says of an application. */
async function check(
  options: PhialOptions,
  setUp: (app: Phial) => void = () => undefined,
  ...args: string[]
) {
  const app = new Phial('site', { staticFolder: null, templateFolder: null, ...options })
  setUp(app)
  const { exitCode, stdout, stderr } = await app.testCliRunner().invoke(['check', ...args])
  return { exitCode, stdout, stderr }
}

describe('phial check', () => {
  it('finds nothing wrong', async () => {
    const templateLoader = new DictLoader({ 'a.html': '{{ x }}{% include "b.html" %}', 'b.html': 'b' })
    expect(await check({ templateLoader }, (app) => app.get('/', () => ''))).toEqual({
      exitCode: 0,
      stdout: 'site: no problems.\n',
      stderr: '',
    })
  })

  it('R20: finds mistakes in configuration, routes and templates', async () => {
    const templateLoader = new DictLoader({
      'a.html': 'x\n{{ y|money }}{% include "c.html" %}',
      'b.html': '{% if %}',
    })
    const config = { MAX_FORM_PARTS: 'many' as never }
    const { exitCode, stdout, stderr } = await check({ templateLoader, config }, (app) => {
      app.addUrlRule('/later', { endpoint: 'later' })
      app.addUrlRule('/elsewhere', { endpoint: 'elsewhere', buildOnly: true })
    })
    expect([exitCode, stdout]).toEqual([1, 'site: 5 errors, 0 warnings.\n'])
    expect(stderr).toContain(
      'error: MAX_FORM_PARTS is a whole number from 0 up, or null for no limit; got "many".\n',
    )
    expect(stderr).toContain("error: The rule /later has the endpoint 'later', which has no view.\n")
    expect(stderr).toContain("error: a.html:2:6 error: there is no filter named 'money'")
    expect(stderr).toContain("there is no template 'c.html'")
    expect(stderr).toContain('error: b.html:1:7 error:')
    expect(stderr).not.toContain('elsewhere')
  })

  it('warns, and goes on', async () => {
    const outcome = await check({ templateLoader: new FunctionLoader(() => '') })
    expect(outcome).toMatchObject({ exitCode: 0, stdout: 'site: 0 errors, 1 warning.\n' })
    expect(outcome.stderr).toContain('warning: Templates are not checked:')
  })
})

describe('phial check --deploy', () => {
  it('wants what an application for the public should have', async () => {
    const config = { SECRET_KEY: 'dev', TESTING: true }
    const { exitCode, stdout, stderr } = await check(
      { config },
      (app) => void (app.debug = true),
      '--deploy',
      '--debug',
    )
    expect([exitCode, stdout]).toEqual([1, 'site: 0 errors, 6 warnings.\n'])
    for (const key of [
      'DEBUG',
      'TESTING',
      'SECRET_KEY',
      'SESSION_COOKIE_SECURE',
      'SESSION_COOKIE_SAMESITE',
      'TRUSTED_HOSTS',
    ]) {
      expect(stderr).toContain(`warning: ${key} `)
    }
  })

  it('is content with one that has it', async () => {
    const config: PhialOptions['config'] = {
      SECRET_KEY: 'sixteen random bytes',
      SESSION_COOKIE_SECURE: true,
      SESSION_COOKIE_SAMESITE: 'Lax',
      TRUSTED_HOSTS: ['example.com'],
    }
    expect(await check({ config }, undefined, '--deploy')).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('says nothing of the cookie of sessions where there are none', async () => {
    const { stderr, exitCode } = await check({}, undefined, '--deploy')
    expect([exitCode, stderr]).toEqual([
      1,
      'warning: SECRET_KEY is not set, so sessions cannot be used. Set it to 16 random bytes or more.\n' +
        'warning: TRUSTED_HOSTS is not set: clients choose the host of external URLs. List the hosts.\n',
    ])
  })
})
