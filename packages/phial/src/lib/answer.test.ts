import type { FetchAnswer } from '@phial/http/middleware'
import { describe, expect, it } from 'vitest'
import { Phial, request } from '../index.ts'

type Seen = { readonly how: 'at once' | 'sent' | 'failed'; readonly text: string; readonly times: number }

/** Asks as a gateway does, and waits for an answer that comes late. */
async function ask(app: Phial, path = '/'): Promise<Seen> {
  const asked = app.requestClass.from(new globalThis.Request(`http://localhost${path}`))
  let times = 0
  return new Promise((resolve) => {
    const settle = (how: Seen['how'], text: string): void => {
      times++
      // Whoever calls twice has done so before long.
      setTimeout(() => resolve({ how, text, times }), 5)
    }
    const receiver = {
      send: (answer: FetchAnswer) => settle('sent', String((answer as { content?: unknown }).content)),
      fail: (error: unknown) => settle('failed', String(error)),
    }
    try {
      const answer = app.answer(asked, receiver)
      if (answer !== undefined) settle('at once', String(answer.content))
    } catch (error) {
      settle('failed', String(error))
    }
  })
}

const late = async <Value>(value: Value): Promise<Value> => value

function createApp(): Phial {
  const app = new Phial('test', { staticFolder: null })
  app.logger.handlers.length = 0
  return app
}

describe('an answer for a gateway', () => {
  it('is there at once, or is sent once', async () => {
    const app = createApp()
    app.get('/', () => `sync ${request.path}`)
    app.get('/late', async () => {
      await late(1)
      return `late ${request.path}`
    })
    // biome-ignore lint/suspicious/noThenProperty: builders of queries have one
    app.get('/query', () => ({ then: (resolve: (value: string) => void) => resolve('of a query') }) as never)
    expect(await ask(app)).toEqual({ how: 'at once', text: 'sync /', times: 1 })
    expect(await ask(app, '/late')).toEqual({ how: 'sent', text: 'late /late', times: 1 })
    expect(await ask(app, '/query')).toEqual({ how: 'sent', text: 'of a query', times: 1 })
  })

  it('waits for hooks after the view, whether or not the view waits', async () => {
    const app = createApp()
    app.get('/', () => 'sync')
    app.get('/late', () => late('late'))
    app.afterRequest(async () => void (await late(1)))
    expect(await ask(app)).toEqual({ how: 'sent', text: 'sync', times: 1 })
    expect(await ask(app, '/late')).toEqual({ how: 'sent', text: 'late', times: 1 })
  })

  it.each([false, true])('is the page of an error; with PROPAGATE_EXCEPTIONS %s', async (propagates) => {
    const app = createApp()
    app.config.PROPAGATE_EXCEPTIONS = propagates
    const broken = (): never => {
      throw new Error('broken')
    }
    app.get('/', broken)
    app.get('/late', async () => {
      await late(1)
      broken()
    })
    app.get('/handled', () => late(Promise.reject(new TypeError('handled'))))
    app.errorHandler(TypeError, (error) => late(error.message))
    const page = expect.stringContaining('Internal Server Error')
    expect(await ask(app)).toEqual(
      propagates
        ? { how: 'failed', text: 'Error: broken', times: 1 }
        : { how: 'at once', text: page, times: 1 },
    )
    expect(await ask(app, '/late')).toEqual(
      propagates ? { how: 'failed', text: 'Error: broken', times: 1 } : { how: 'sent', text: page, times: 1 },
    )
    expect(await ask(app, '/handled')).toEqual({ how: 'sent', text: 'handled', times: 1 })
  })

  it('goes through what wraps the application', async () => {
    const app = createApp()
    app.get('/', () => 'inner')
    app.get('/late', () => late('late'))
    const seen: string[] = []
    app.wrap((next) => (wrapped) => {
      seen.push(wrapped.path)
      return next(wrapped)
    })
    expect(await ask(app)).toEqual({ how: 'at once', text: 'inner', times: 1 })
    expect(await ask(app, '/late')).toEqual({ how: 'sent', text: 'late', times: 1 })
    expect(seen).toEqual(['/', '/late'])
  })

  it('goes through a method or a handler that was replaced', async () => {
    class Own extends Phial {
      protected override handleRequest(): never {
        throw new Error('of its own')
      }
    }
    expect(await ask(new Own('test'))).toEqual({ how: 'failed', text: 'Error: of its own', times: 1 })
    const app = createApp()
    app.get('/', () => 'own')
    Object.assign(app, { fetch: async () => new app.responseClass('replaced') })
    expect(await ask(app)).toEqual({ how: 'sent', text: 'replaced', times: 1 })
  })
})
