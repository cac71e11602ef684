import { describe, expect, it } from 'vitest'
import { Blueprint, Phial, type UrlForOptions, type UrlValues, urlFor } from '../index.ts'

function createApp(config: Record<string, unknown> = {}): Phial {
  const app = new Phial('test', { staticFolder: null, config })
  app.get('/', { endpoint: 'index' }, () => '')
  app.route('/posts/<int:id>', { endpoint: 'post' }, () => '')
  app.post('/write', { endpoint: 'edit' }, () => '')
  app.get('/read', { endpoint: 'edit' }, app.viewFunctions.get('edit') as () => string)
  const bp = new Blueprint('bp', null, { urlPrefix: '/bp' })
  bp.get('/', { endpoint: 'index' }, () => urlFor('.index'))
  app.registerBlueprint(bp)
  return app
}

/** What `urlFor` gives inside of a request for `path`. */
function build(path: string, endpoint: string, values?: UrlValues, options?: UrlForOptions): string {
  return createApp()
    .testRequestContext(path)
    .run(() => urlFor(endpoint, values, options))
}

describe('urlFor', () => {
  it.each<[string, string, UrlValues, UrlForOptions, string]>([
    ['/', 'post', { id: 3 }, {}, '/posts/3'],
    [
      '/',
      'post',
      { id: 3, page: 2, tag: ['a', 'b'], none: null, no: undefined },
      {},
      '/posts/3?page=2&tag=a&tag=b',
    ],
    ['/', 'index', {}, { anchor: 'x y' }, '/#x%20y'],
    ['/', 'index', { q: 'ü&' }, { anchor: 'part' }, '/?q=%C3%BC%26#part'],
    ['/', 'index', {}, { external: true }, 'http://localhost/'],
    ['/', 'index', {}, { scheme: 'https', external: true }, 'https://localhost/'],
    ['/', 'index', {}, { scheme: 'https' }, 'https://localhost/'],
    ['/', 'index', {}, { scheme: '', external: true }, '//localhost/'],
    ['/', 'edit', {}, { method: 'POST' }, '/write'],
    ['/', 'edit', {}, { method: 'GET' }, '/read'],
    ['/bp/', '.index', {}, {}, '/bp/'],
    ['/', '.index', {}, {}, '/'],
    ['/', 'bp.index', {}, {}, '/bp/'],
  ])('in %s: %s with %j, %j is %s', (path, endpoint, values, options, url) => {
    expect(build(path, endpoint, values, options)).toBe(url)
  })

  it('names what is wrong', () => {
    expect(() => build('/', 'pots', { id: 1 })).toThrow(
      /Could not build URL for endpoint 'pots'.*Did you mean 'post'/,
    )
    expect(() => build('/', 'post')).toThrow(/Did you forget to specify values 'id'/)
    expect(() => build('/', 'index', {}, { scheme: 'https', external: false })).toThrow(
      /Set \{ external: true \} too/,
    )
    expect(() =>
      createApp()
        .appContext()
        .run(() => urlFor('index')),
    ).toThrow(/'SERVER_NAME'/)
  })

  it('is external outside of a request, as the configuration says', () => {
    const app = createApp({
      SERVER_NAME: 'example.com',
      APPLICATION_ROOT: '/app',
      PREFERRED_URL_SCHEME: 'https',
    })
    expect(app.urlFor('post', { id: 1 })).toBe('https://example.com/app/posts/1')
    expect(app.urlFor('index', {}, { external: false })).toBe('/app/')
  })

  it('asks the handlers of build errors, and adds what hooks know', () => {
    const app = createApp()
    app.urlDefaults((_endpoint, values) => {
      values['lang'] ??= 'en'
    })
    app.urlBuildErrorHandlers.push(
      () => null,
      (error, endpoint, values) => (endpoint === 'cdn' ? `//cdn/${String(values['file'])}` : fail(error)),
    )
    app.testRequestContext('/').run(() => {
      expect(urlFor('index')).toBe('/?lang=en')
      expect(urlFor('cdn', { file: 'a.js' })).toBe('//cdn/a.js')
      expect(() => urlFor('other')).toThrow(/'other'/)
    })
  })
})

function fail(error: Error): never {
  throw error
}
