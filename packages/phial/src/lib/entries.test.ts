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
      'streamTemplate streamTemplateString json jsonify appContextPopped appContextPushed appContextTearingDown ' +
      'beforeRenderTemplate gotRequestException messageFlashed requestFinished requestStarted requestTearingDown ' +
      'templateRendered'
    expect(names.split(' ').filter((name) => !(name in phial))).toEqual([])
  })

  it('has types for what is written apart from where it is registered', () => {
    const guard: phial.BeforeRequest = ({ request }) =>
      request.path === '/' ? undefined : phial.reply('no', 403)
    const mark: phial.AfterRequest = (response) => void response.headers.set('X-A', '1')
    const end: phial.TeardownRequest = () => undefined
    const close: phial.TeardownAppContext = () => undefined
    const missing: phial.ErrorHandler<Error> = (error) => error.message
    const site: phial.ContextProcessor = () => ({ site: 'x' })
    const language: phial.UrlDefaults = (_endpoint, values) => void (values['lang'] ??= 'de')
    const take: phial.UrlValuePreprocessor = (_endpoint, values) => void delete values['lang']
    const none: phial.UrlBuildErrorHandler = () => null
    const methods: readonly phial.HttpMethod[] = ['GET', 'POST']
    const kind: phial.ErrorClass<TypeError> = TypeError
    const app = new phial.Phial('site', { staticFolder: null })
    app.beforeRequest(guard)
    app.afterRequest(mark)
    app.teardownRequest(end)
    app.teardownAppContext(close)
    app.errorHandler(kind, missing)
    app.contextProcessor(site)
    app.urlDefaults(language)
    app.urlValuePreprocessor(take)
    app.urlBuildErrorHandlers.push(none)
    app.route('/', { methods }, () => '')
    expect(app.hooks.beforeRequest).toEqual([guard])
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
