import { describe, expect, it } from 'vitest'
import { abort, Blueprint, g, Phial, reply, request, session, urlFor } from '../../index.ts'
import { captureLog, WebSocketRefused } from '../../testing.ts'

function makeApp(): Phial {
  return new Phial('test', { config: { TESTING: true, SECRET_KEY: 'a key of sixteen bytes' } })
}

/** The status with which a socket is refused. */
async function refusal(promise: Promise<unknown>): Promise<number> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof WebSocketRefused)) throw error
  return error.response.status
}

describe('a route for WebSockets', () => {
  it('takes the values of its rule, and messages in order', async () => {
    const app = makeApp()
    app.websocket('/room/<int:id>', ({ id }) => ({
      open: (socket) => socket.send(`room ${id + 1}`),
      async message(socket, data) {
        if (data === 'slow') await new Promise((resolve) => setTimeout(resolve, 10))
        socket.send(data)
      },
    }))
    const socket = await app.testClient().websocket('/room/1')
    expect(await socket.receive()).toBe('room 2')
    await Promise.all([socket.send('slow'), socket.send('quick'), socket.send(new Uint8Array([1]))])
    expect([await socket.receive(), await socket.receive()]).toEqual(['slow', 'quick'])
    expect(await socket.receive()).toEqual(new Uint8Array([1]))
  })

  it('runs with hooks, session and g, which stay until it is closed', async () => {
    const app = makeApp()
    const seen: unknown[] = []
    const chat = new Blueprint('chat', null, { urlPrefix: '/chat' })
    chat.beforeRequest(() => {
      g['user'] = session['user'] ?? abort(401)
    })
    chat.teardownRequest(() => void seen.push('teardown'))
    chat.websocket('/<room>', ({ room }) => ({
      message: (socket, data) =>
        socket.send(`${String(g['user'])} in ${room}: ${String(data)} (${request.path})`),
      close: (_socket, code, reason) => void seen.push([code, reason, g['user']]),
    }))
    app.registerBlueprint(chat)
    const client = app.testClient()
    expect(await refusal(client.websocket('/chat/a'))).toBe(401)
    seen.length = 0
    await client.sessionTransaction((state) => {
      state['user'] = 'ann'
    })
    const socket = await client.websocket('/chat/a')
    await socket.send('hi')
    expect(await socket.receive()).toBe('ann in a: hi (/chat/a)')
    expect(seen).toEqual([])
    await socket.close(1000, 'bye')
    expect(seen).toEqual([[1000, 'bye', 'ann'], 'teardown'])
  })

  it('sends the session with the handshake', async () => {
    const app = makeApp()
    app.websocket('/', () => {
      session['visits'] = 1
      return { open: () => undefined }
    })
    app.get('/visits', () => String(session['visits']))
    const client = app.testClient()
    const socket = await client.websocket('/')
    expect(socket.headers.get('Set-Cookie')).toContain('session=')
    expect((await client.get('/visits')).text).toBe('1')
  })

  it('is not for other requests, and the other way round', async () => {
    const app = makeApp()
    app.websocket('/socket', () => ({ open: () => undefined }))
    app.get('/page', () => 'page')
    const client = app.testClient()
    expect((await client.get('/socket')).status).toBe(400)
    expect(await refusal(client.websocket('/page'))).toBe(400)
    expect(await refusal(client.websocket('/none'))).toBe(404)
  })

  it('can be refused with a response, and needs a server that can open it', async () => {
    const app = makeApp()
    app.websocket('/', () => reply('full', 503))
    app.websocket('/open', () => ({ open: () => undefined }))
    const client = app.testClient()
    expect(await refusal(client.websocket('/'))).toBe(503)
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' }
    expect((await client.get('/open', { headers })).status).toBe(501)
  })

  it('S62: is for pages of the same site, unless told otherwise', async () => {
    const app = makeApp()
    const handlers = { open: () => undefined }
    app.websocket('/own', { endpoint: 'own' }, () => handlers)
    app.websocket('/listed', { endpoint: 'listed', origins: ['https://admin.test'] }, () => handlers)
    app.websocket('/all', { endpoint: 'all', origins: '*' }, () => handlers)
    const client = app.testClient()
    const from = (path: string, Origin: string): Promise<unknown> =>
      client.websocket(path, { headers: { Origin } })
    expect(await refusal(from('/own', 'https://evil.test'))).toBe(403)
    expect(await refusal(from('/own', 'null'))).toBe(403)
    expect(await refusal(from('/own', 'https://localhost'))).toBe(403)
    expect(await refusal(from('/listed', 'https://evil.test'))).toBe(403)
    await from('/own', 'http://localhost')
    await from('/listed', 'https://admin.test')
    await from('/listed', 'http://localhost')
    await from('/all', 'https://evil.test')
  })

  it('chooses a subprotocol, and limits messages', async () => {
    const app = makeApp()
    app.websocket('/', { protocols: ['v2', 'v1'], maxMessageBytes: 4 }, () => ({
      message: (socket, data) => socket.send(data),
    }))
    const client = app.testClient()
    const socket = await client.websocket('/', { headers: { 'Sec-WebSocket-Protocol': 'v1, v2, v3' } })
    expect(socket.protocol).toBe('v2')
    await socket.send('1234')
    await socket.send('12345')
    expect(socket.closed?.code).toBe(1009)
    expect((await client.websocket('/')).protocol).toBe('')
    expect(() => makeApp().websocket('/', { maxMessageBytes: 0 }, () => ({}))).toThrow(RangeError)
  })

  it('logs errors of its handlers, and closes with 1011', async () => {
    const app = makeApp()
    const log = captureLog(app)
    app.websocket('/', () => ({
      message: async (_socket, data) => {
        throw new Error(`no ${String(data)}`)
      },
    }))
    const socket = await app.testClient().websocket('/')
    await socket.send('x')
    expect(socket.closed).toEqual({ code: 1011, reason: 'An error occurred.' })
    expect(String(log[0]?.error ?? '')).toContain('no x')
    await expect(socket.receive()).rejects.toThrow('closed: 1011')
  })

  it('has a URL', async () => {
    const app = makeApp()
    const handle = app.websocket('/room/<int:id>', { endpoint: 'room' }, () => ({ open: () => undefined }))
    app.get('/', () => urlFor(handle, { id: 3 }, { external: true, scheme: 'wss' }))
    expect((await app.testClient().get('/')).text).toBe('wss://localhost/room/3')
  })
})
