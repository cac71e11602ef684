import { HttpException, type InternalServerError, NotFound } from '@phial/http'
import { describe, expect, it } from 'vitest'
import { abort, answerWithProblems, Phial, Response, reply } from '../index.ts'
import { captureLog } from './testing/capture-log.ts'

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

class Base extends Error {}
class Special extends Base {}

describe('error handlers', () => {
  it('are found by status, then by the nearest class', async () => {
    const app = createApp()
    app.errorHandler(404, (error) => reply(`404 ${error.title}`, 404))
    app.errorHandler(HttpException, (error) => reply(`http ${error.code}`, error.code!))
    app.errorHandler(Base, () => 'base')
    app.errorHandler(Special, () => 'special')
    app.get('/403', () => abort(403))
    app.get('/base', () => {
      throw new Base()
    })
    app.get('/special', async () => {
      throw new Special()
    })
    const client = app.testClient()
    expect((await client.get('/missing')).text).toBe('404 Not Found')
    expect((await client.get('/403')).text).toBe('http 403')
    expect((await client.get('/base')).text).toBe('base')
    expect((await client.get('/special')).text).toBe('special')
  })

  it('a handler for Error also gets HTTP errors, but no redirects', async () => {
    const app = createApp()
    app.errorHandler(Error, () => 'any')
    app.get('/slash/', () => 'x')
    const client = app.testClient()
    expect((await client.get('/missing')).text).toBe('any')
    expect((await client.get('/slash')).status).toBe(308)
  })

  it('an unhandled error is logged and becomes a plain 500 that tells nothing', async () => {
    const app = createApp()
    const log = captureLog(app)
    app.get('/', () => {
      throw new Error('secret detail')
    })
    const response = await app.testClient().get('/?q=1')
    expect(response.status).toBe(500)
    expect(response.text).toContain('<title>500 Internal Server Error</title>')
    expect(response.text).not.toContain('secret')
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({
      level: 'error',
      message: 'Exception on / [GET]',
      error: { message: 'secret detail' },
    })
  })

  it('the handler for 500 gets an InternalServerError with the original', async () => {
    const app = createApp()
    captureLog(app)
    app.errorHandler(500, (error) => reply(String((error as InternalServerError).originalError), 500))
    app.get('/error', () => {
      throw new Base('why')
    })
    app.get('/abort', () => abort(500))
    const client = app.testClient()
    expect((await client.get('/error')).text).toBe('Error: why')
    expect((await client.get('/abort')).text).toBe('null')
  })

  it.each<[what: string, thrown: unknown]>([
    ['null', null],
    ['a string', 'oops'],
    ['a frozen object', Object.freeze({ a: 1 })],
    ['an error whose text throws', Object.defineProperty(new Error('x'), 'stack', { get: () => abort(400) })],
    ['a revoked proxy', revoked()],
  ])('R08: %s can be thrown', async (_what, thrown) => {
    const app = createApp()
    app.logger.handlers.length = 0
    app.get('/', () => {
      throw thrown
    })
    expect((await app.testClient().get('/')).status).toBe(500)
  })

  it('errors are thrown on to the test with TESTING', async () => {
    const app = createApp()
    app.testing = true
    app.get('/', () => {
      throw new Base('seen by the test')
    })
    await expect(app.testClient().get('/')).rejects.toThrow('seen by the test')
  })

  it('S91: the page of an HTTP error escapes its text', async () => {
    const app = createApp()
    app.get('/', () => abort(404, 'No <user>\n& more'))
    expect((await app.testClient().get('/')).text).toContain('<p>No &lt;user&gt;<br>&amp; more</p>')
  })

  it('a returned HTTP error is its page', async () => {
    const app = createApp()
    app.get('/', () => new NotFound('gone'))
    expect((await app.testClient().get('/')).status).toBe(404)
  })

  it('an error while an error is finalized is logged, and the page is sent', async () => {
    const app = createApp()
    const log = captureLog(app)
    app.afterRequest(() => {
      throw new Error('after failed')
    })
    app.get('/', () => 'x')
    const response = await app.testClient().get('/')
    expect(response.status).toBe(500)
    expect(log.map(({ message }) => message)).toEqual([
      'Exception on / [GET]',
      'Request finalizing failed with an error while handling an error.',
    ])
  })

  it('refuses what is neither a status nor a class', () => {
    const app = createApp()
    expect(() => app.errorHandler(999, () => 'x')).toThrow(/999 is not the status/)
    expect(() => app.errorHandler(new Error('x') as never, () => 'x')).toThrow(/pass its class/)
    expect(() => app.errorHandler(Map as never, () => 'x')).toThrow(/does not extend Error/)
  })
})

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe('in debug mode', () => {
  it('a handler that forgets the status is warned of', async () => {
    const app = new Phial('test', { staticFolder: null, config: { DEBUG: true } })
    const records = captureLog(app)
    app.errorHandler(404, () => 'not here')
    app.errorHandler(405, () => reply('not so', 405))
    app.post('/', () => '')
    const client = app.testClient()
    expect((await client.get('/missing')).status).toBe(200)
    expect((await client.get('/')).status).toBe(405)
    expect(records.map(({ level, message }) => [level, message])).toEqual([
      [
        'warning',
        'The error handler for 404 answers with the status 200, since it gives none: return reply(text, 404).',
      ],
    ])
  })
})

describe('answerWithProblems', () => {
  it('answers all HTTP errors as problem details', async () => {
    const app = createApp()
    captureLog(app)
    answerWithProblems(app)
    app.get('/book', () => abort(404, 'No such <book>'))
    app.get('/crash', () => {
      throw new Error('secret')
    })
    app.get('/slow', () => abort(503, { retryAfter: 60 }))
    app.get('/own', () => abort(new Response('own', { status: 418 })))
    const client = app.testClient()
    const book = await client.get('/book')
    expect([book.status, book.contentType, book.json()]).toEqual([
      404,
      'application/problem+json',
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'No such <book>' },
    ])
    expect((await client.post('/book')).headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
    expect((await client.get('/slow')).headers.get('Retry-After')).toBe('60')
    const crash = await client.get('/crash')
    expect([crash.status, crash.contentType, crash.text.includes('secret')]).toEqual([
      500,
      'application/problem+json',
      false,
    ])
    expect((await client.get('/own')).text).toBe('own')
  })
})
