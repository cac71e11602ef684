import { describe, expect, it } from 'vitest'
import { Phial, Response, reply, session } from '../index.ts'
import { captureLog } from '../testing.ts'

/** A request as a runtime makes it. */
const ask = (path: string, options?: RequestInit): globalThis.Request =>
  new globalThis.Request(`http://localhost${path}`, options)

const createApp = (): Phial =>
  new Phial('test', { staticFolder: null, config: { SECRET_KEY: 'k'.repeat(32) } })

/** Whether it is of the runtime's own class, and not merely like one. */
const isOfRuntime = (response: object): boolean => response.constructor === globalThis.Response

describe('a request of the runtime', () => {
  it.each(['sync', 'async'])(
    'is answered with a response of the runtime by a view that is %s',
    async (kind) => {
      const app = createApp()
      const view = () => {
        session['n'] = 1
        return reply('made', 201, [
          ['Set-Cookie', 'a=1'],
          ['X-A', 'b'],
        ])
      }
      app.get('/', kind === 'sync' ? view : async () => view())
      const answer = app.fetch(ask('/'))
      expect(answer instanceof Promise).toBe(kind === 'async')
      const response = await answer
      expect(isOfRuntime(response)).toBe(true)
      expect([response.status, response.statusText, await response.text()]).toEqual([201, 'Created', 'made'])
      expect(response.headers.get('X-A')).toBe('b')
      expect(response.headers.get('Content-Length')).toBe('4')
      expect(response.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['a', 'session'])
    },
  )

  it('gets no content for HEAD, 204 and 304', async () => {
    const app = createApp()
    const seen: string[] = []
    app.get('/', () => 'text')
    app.get('/204', () => reply('', 204))
    app.get('/304', () => reply('', 304))
    app.get('/stream', () => {
      const response = new Response(new ReadableStream({ cancel: () => void seen.push('cancelled') }))
      response.callOnClose(() => seen.push('closed'))
      return response
    })
    const head = await app.fetch(ask('/', { method: 'HEAD' }))
    expect([head.body, head.headers.get('Content-Length')]).toEqual([null, '4'])
    expect((await app.fetch(ask('/204'))).body).toBeNull()
    expect((await app.fetch(ask('/304'))).headers.has('Content-Type')).toBe(false)
    expect((await app.fetch(ask('/stream', { method: 'HEAD' }))).body).toBeNull()
    expect(seen).toEqual(['cancelled', 'closed'])
  })

  it('closes a stream when it has ended, or the client has gone', async () => {
    const app = createApp()
    const seen: string[] = []
    app.get('/', () => {
      const response = new Response(['a', 'b'].values())
      response.callOnClose(() => seen.push('closed'))
      return response
    })
    expect(await (await app.fetch(ask('/'))).text()).toBe('ab')
    expect(seen).toEqual(['closed'])
    const reader = (await app.fetch(ask('/'))).body!.getReader()
    await reader.read()
    expect(seen).toEqual(['closed'])
    await reader.cancel()
    expect(seen).toEqual(['closed', 'closed'])
  })

  it('passes on what a stream throws, and logs what a callback throws', async () => {
    const app = createApp()
    const records = captureLog(app)
    app.get('/', () => {
      const response = new Response(
        (function* () {
          yield 'a'
          throw new Error('no more')
        })(),
      )
      response.callOnClose(() => {
        throw new Error('not closed')
      })
      return response
    })
    await expect((await app.fetch(ask('/'))).text()).rejects.toThrow('no more')
    expect(records.map(({ message }) => message)).toEqual(['A callback of a closed response failed.'])
  })

  it('knows the client where the runtime tells: Bun by its server, Deno by the address', async () => {
    const app = createApp()
    app.get('/', (_params, { request }) => [request.remoteAddr])
    const seen = async (env?: unknown): Promise<unknown> => (await app.fetch(ask('/'), env)).json()
    expect(await seen({ requestIP: () => ({ address: '203.0.113.7' }) })).toEqual(['203.0.113.7'])
    expect(await seen({ requestIP: () => null })).toEqual([null])
    expect(await seen({ remoteAddr: { hostname: '203.0.113.8' } })).toEqual(['203.0.113.8'])
    expect(await seen({ KV: {} })).toEqual([null])
    expect(await seen()).toEqual([null])
  })
})
