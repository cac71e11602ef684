import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as phial from '../index.ts'

/** The entries of a package, as they are imported. */
function entriesOf(name: string): string[] {
  const url = new URL(`../../../${name}/package.json`, import.meta.url)
  const { exports } = JSON.parse(readFileSync(url, 'utf8')) as { exports: Record<string, unknown> }
  return Object.keys(exports).map((entry) => entry.replace(/^\.\/?/, ''))
}

describe('the package', () => {
  it('has what Flask has at its root', () => {
    const names =
      'Phial Blueprint Request Response currentApp g request session hasAppContext hasRequestContext ' +
      'copyCurrentRequestContext afterThisRequest abort redirect urlFor makeResponse sendFile sendFromDirectory ' +
      'streamWithContext flash getFlashedMessages getTemplateAttribute renderTemplate renderTemplateString ' +
      'streamTemplate streamTemplateString jsonify appContextPopped appContextPushed appContextTearingDown ' +
      'beforeRenderTemplate gotRequestException messageFlashed requestFinished requestStarted requestTearingDown ' +
      'templateRendered'
    expect(names.split(' ').filter((name) => !(name in phial))).toEqual([])
  })

  it('has an entry for each part', () => {
    expect(entriesOf('phial')).toEqual(
      expect.arrayContaining([
        'testing',
        'views',
        'sessions',
        'commands',
        'cli',
        'dev',
        'security',
        'operations',
      ]),
    )
  })

  it('has the parts of Werkzeug in packages of their own', () => {
    expect(entriesOf('http')).toEqual(
      expect.arrayContaining([
        '',
        'collections',
        'headers',
        'cookies',
        'exceptions',
        'forms',
        'middleware',
        'url',
        'test',
      ]),
    )
    expect(entriesOf('router')).toContain('')
  })

  it('has the parts of Jinja in a package of their own', () => {
    expect(entriesOf('jinja')).toEqual(expect.arrayContaining(['', 'i18n', 'meta', 'syntax', 'runtime']))
  })
})
