import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { RequestOptions } from '@phial/http/test'
import { DictLoader } from '@phial/jinja'
import { describe, expect, it } from 'vitest'
import { phial, projects } from '../../test/project.ts'
import { prompt } from '../commands.ts'
import {
  abort,
  Blueprint,
  currentApp,
  g,
  lazy,
  makeResponse,
  Phial,
  type PhialConfig,
  type PhialOptions,
  renderBlock,
  renderTemplate,
  request,
  type Session,
  sendFile,
  session,
  urlFor,
  type View,
} from '../index.ts'
import { allowCors, setSecureHeaders, signedUrlFor } from '../security.ts'
import { MethodView } from '../views.ts'

// What people do wrong, and what they are told: what was expected, what came, where, and how to mend it. The page
// docs/errors.md explains each.

const project = projects()

function createApp(config: Partial<PhialConfig> = {}, options: PhialOptions = {}): Phial {
  return new Phial('shop', {
    staticFolder: null,
    templateLoader: new DictLoader({
      'shop/item.html': '{% block main %}{% endblock %}',
      'item.html': '{{ item }}{% block main %}{% endblock %}',
    }),
    ...options,
    config: { PROPAGATE_EXCEPTIONS: true, SECRET_KEY: 'a secret key of tests', ...config },
  })
}

/** Calls a view, whatever it returns. */
function visit(view: (params: object) => unknown, config: Partial<PhialConfig> = {}): Promise<unknown> {
  const app = createApp(config)
  app.get('/', { endpoint: 'page' }, view as View)
  return app.testClient().get('/')
}

/** What plain JavaScript allows and the compiler does not. */
function wrong<Value>(value: unknown): Value {
  return value as Value
}

/** Sends a request in debug mode. */
function send(view: View, options: RequestOptions): Promise<unknown> {
  const app = createApp({ DEBUG: true })
  app.post('/', view)
  return app.testClient().post('/', options)
}

/** Calls the command where there is an `app.mjs` with this code, or none; throws what it says. */
async function command(args: readonly string[], code?: string): Promise<never> {
  const made = 'const app = (name) => ({ fetch() {}, urlMap: { iterRules: () => [] }, config: {}, name })\n'
  const folder = project(code === undefined ? {} : { 'app.mjs': made + code })
  throw said((await phial(folder, args)).err.replaceAll(folder, '…'))
}

/** Calls a command of an application; throws what it says. */
async function call(name: string): Promise<never> {
  const app = createApp()
  app.cli.command('greet', { options: { '--name <name>': { required: true } } }, () => undefined)
  app.cli.command('ask', async () => void (await prompt('Name')))
  throw said((await app.testCliRunner().invoke([name])).stderr)
}

function said(text: string): Error {
  return new Error(text.replace(/^[\s\S]*?Error: /, '').trimEnd())
}

const bp = (): Blueprint => new Blueprint('admin')
const inRequest = <Result>(callback: () => Result): Result =>
  createApp().testRequestContext('/').run(callback)

const MISTAKES: readonly (readonly [mistake: string, make: () => unknown])[] = [
  ['A view that returns nothing', () => visit(() => undefined)],
  ['A view that returns null', () => visit(() => null)],
  ['A view that returns a number', () => visit(() => 42)],
  ['A handler in a view that answers with no response', () => visit(() => () => 'text')],
  ['A function that is no view', () => createApp().get('/', wrong(undefined))],
  ['Methods as text', () => createApp().route('/', { methods: wrong('POST') }, () => '')],
  ['Methods for app.get', () => createApp().get('/', wrong<object>({ methods: ['POST'] }), () => '')],
  [
    'Two views for one endpoint',
    () => {
      const app = createApp()
      app.get('/a', { endpoint: 'page' }, () => 'a')
      app.get('/b', { endpoint: 'page' }, () => 'b')
    },
  ],
  ['A rule without a slash', () => createApp().get('page', () => '')],
  ['A rule with a converter that nobody knows', () => createApp().get('/<number:n>', () => '')],
  ['A rule with a bracket too many', () => createApp().get('/<int:id', () => '')],
  [
    'A rule whose view never came',
    async () => {
      const app = createApp()
      app.addUrlRule('/', { endpoint: 'later' })
      await app.testClient().get('/')
    },
  ],
  [
    'A route after the first request',
    async () => {
      const app = createApp()
      await app.testClient().get('/')
      app.get('/late', () => '')
    },
  ],
  [
    'An endpoint that is not there',
    () => {
      const app = createApp()
      app.get('/posts/<int:id>', { endpoint: 'post' }, () => '')
      return app.testRequestContext('/').run(() => urlFor('pots', { id: 1 }))
    },
  ],
  [
    'A URL without its values',
    () => {
      const app = createApp()
      app.get('/posts/<int:id>', { endpoint: 'post' }, () => '')
      return app.testRequestContext('/').run(() => urlFor('post'))
    },
  ],
  ['A URL outside of a request', () => createApp().urlFor('page')],
  [
    'A scheme for a URL without one',
    () => inRequest(() => urlFor('page', {}, { scheme: 'https', external: false })),
  ],
  ['request outside of a request', () => request.path],
  ['g outside of a context', () => g['user']],
  ['currentApp outside of a context', () => currentApp.name],
  ['A session without a key', () => visit(() => void (session['user'] = 'ann'), { SECRET_KEY: null })],
  ['A function in a session', () => visit(() => String(session.set('callback', () => 1)))],
  ['An entry that is a member of sessions', () => visit(() => ((session as { new: boolean }).new = true))],
  [
    'A lifetime that is none',
    () => visit(() => String((session.permanent = true)), { PERMANENT_SESSION_LIFETIME: 'soon' }),
  ],
  [
    'SameSite=None without Secure',
    () => visit(() => String(session.set('a', 1)), { SESSION_COOKIE_SAMESITE: 'None' }),
  ],
  ['A status that is no error', () => abort(299)],
  ['An error handler for a status without a class', () => createApp().errorHandler(299, () => '')],
  ['An error handler for an object', () => createApp().errorHandler(wrong(new Error('x')), () => '')],
  ['An error handler for a class that is no error', () => createApp().errorHandler(wrong(Map), () => '')],
  [
    'A static host without host matching',
    () => createApp({}, { rootPath: '/', staticHost: 'x', staticFolder: 's' }),
  ],
  ['A relative instance path', () => createApp({}, { instancePath: 'data' })],
  ['A resource without a folder', () => createApp().openResource('schema.sql')],
  ['A file that is not there', () => visit(() => sendFile('/nowhere/at/all.txt'))],
  [
    'makeResponse of an application that answers later',
    () => visit(() => makeResponse({ fetch: async () => new globalThis.Response('') })),
  ],
  [
    'A lazy view that is not exported',
    () => visit(lazy(async () => wrong<{ page: View }>({}), 'page') as never),
  ],
  ['A blueprint with a dot in its name', () => new Blueprint('shop.admin')],
  ['An endpoint with a dot in a blueprint', () => bp().get('/', { endpoint: 'a.b' }, () => '')],
  [
    'Two blueprints of one name',
    () => {
      const app = createApp()
      app.registerBlueprint(bp())
      app.registerBlueprint(bp())
    },
  ],
  [
    'A blueprint in itself',
    () => {
      const blueprint = bp()
      blueprint.registerBlueprint(blueprint)
    },
  ],
  [
    'A blueprint that is changed when it was registered',
    () => {
      const blueprint = bp()
      createApp().registerBlueprint(blueprint)
      blueprint.get('/', () => '')
    },
  ],
  ['A view of a blueprint that is not registered', () => createApp().urlFor(wrong(bp().get('/', () => '')))],
  [
    'A method that a class of views does not have',
    async () => {
      class Page extends MethodView {}
      const app = createApp()
      app.route('/', { methods: ['POST'] }, Page.asView('page'))
      await app.testClient().post('/')
    },
  ],
  [
    'An after hook that returns text',
    async () => {
      const app = createApp()
      app.get('/', () => 'text')
      app.afterRequest(
        wrong(function addFooter() {
          return 'footer'
        }),
      )
      await app.testClient().get('/')
    },
  ],
  [
    'An error handler that returns nothing',
    async () => {
      const app = createApp()
      app.errorHandler(
        404,
        wrong(function notFound() {}),
      )
      await app.testClient().get('/missing')
    },
  ],
  ['A schema that is none', () => createApp().get('/', { query: wrong({}) }, () => '')],
  ['A provider whose name is taken', () => createApp().get('/', { provide: { session: () => 1 } }, () => '')],
  [
    'A middleware that does nothing',
    async () => {
      const app = createApp()
      app.use(function check() {})
      await app.testClient().get('/')
    },
  ],
  ['A configuration file that is not there', () => createApp().config.fromFile('/nowhere.json')],
  [
    'A configuration file that nobody can read',
    () => createApp().config.fromFile(`${import.meta.dirname}/../../README.md`),
  ],
  ['A variable that is not set', () => createApp().config.fromEnvvar('SETTINGS', { env: {} })],
  [
    'A variable that leads into a text',
    () => createApp().config.fromPrefixedEnv('APP', { env: { APP_DB: 'sqlite', APP_DB__PORT: '1' } }),
  ],
  ['All origins with credentials', () => allowCors(createApp(), { origins: '*', credentials: true })],
  [
    'Two sources in one',
    () =>
      setSecureHeaders(createApp(), { contentSecurityPolicy: { 'img-src': ["'self' https://cdn.test"] } }),
  ],
  [
    'A signed URL without a key',
    () =>
      createApp({ SECRET_KEY: null, SERVER_NAME: 'x' })
        .appContext()
        .run(() => signedUrlFor('page')),
  ],
  ['A template that is not there', () => visit(() => renderTemplate('item.htm'), { DEBUG: true })],
  ['A promise in a template', () => visit(() => renderTemplate('item.html', { item: Promise.resolve(1) }))],
  ['A block that is not there', () => visit(() => renderBlock('item.html', 'title'))],
  [
    'A form without enctype',
    () =>
      send(async () => (await request.files()).require('picture').filename, { form: { picture: 'a.png' } }),
  ],
  ['A promise in JSON', () => visit(() => ({ user: Promise.resolve('ann') }))],
  ['A blueprint that is undefined', () => createApp().registerBlueprint(wrong(undefined))],
  ['An extension that is none', () => createApp().use(wrong({ init: () => undefined }))],
  ['A limit that is none', () => visit(() => '', { MAX_CONTENT_LENGTH: wrong('10 MB') })],
  ['An empty key', () => visit(() => '', { SECRET_KEY: '' })],
  ['No application', () => command(['routes'])],
  [
    'Several applications',
    () => command(['routes'], 'export const shop = app("shop"); export const admin = app("admin")'),
  ],
  [
    'A factory that needs arguments',
    () => command(['routes'], 'export const createApp = (config) => app(config.name)'),
  ],
  [
    'An application that is not exported',
    () => command(['routes'], 'export const version = app("shop").name'),
  ],
  ['A command that is not there', () => call('gret')],
  ['An option that is missing', () => call('greet')],
  ['A question that nobody answers', () => call('ask')],
  [
    'A test session without a key',
    () =>
      createApp({ SECRET_KEY: null })
        .testClient()
        .sessionTransaction((_: Session) => 1),
  ],
]

const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')

it('the page of errors has no more than mistakes that are made here, and explains each', () => {
  const sections = page.split(/^## /m).slice(1)
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(MISTAKES.map(([mistake]) => mistake))
  for (const section of sections) expect(section).toMatch(/\n```\n\n\S[\s\S]{20,}/)
})

describe('the message for', () => {
  it.each(MISTAKES)('%s is that of the page of errors', async (mistake, make) => {
    let error: unknown
    try {
      await make()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(Error)
    const section = page.split(/^## /m).find((part) => part.startsWith(`${mistake}\n`))
    const message = /^```\n([\s\S]*?)\n```$/m.exec(section ?? '')?.[1]
    const { description, message: text } = error as Error & { description?: string }
    expect(message).toBe((description ?? text).replaceAll(dirname(dirname(import.meta.dirname)), '…'))
  })
})
