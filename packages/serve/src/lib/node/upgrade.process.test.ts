import { connect } from 'node:net'
import { Response } from '@phial/http'
import type { FetchApp } from '@phial/http/middleware'
import { setUpgrade, type WebSocketHandlers } from '@phial/http/websocket'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { AccessRecord, ServeOptions } from '../options.ts'
import { type Server, serve } from './serve.ts'

let events: string[] = []
let server: Server

/** Serves an application that accepts sockets at `/socket`. */
async function start(handlers: WebSocketHandlers, options: ServeOptions = {}): Promise<string> {
  const seen: string[] = []
  events = seen
  const app: FetchApp = {
    hasWebSockets: true,
    fetch(request) {
      if (!request.isWebSocket || request.path !== '/socket') return new Response('page', { status: 404 })
      const response = new Response('')
      response.headers.add('Set-Cookie', 'a=1')
      response.headers.add('X-Own', 'yes')
      response.callOnClose(() => void seen.push('end'))
      setUpgrade(response, {
        handlers: {
          open: (socket) => handlers.open?.(socket),
          message: (socket, data) => handlers.message?.(socket, data),
          close: (socket, code, reason) => {
            seen.push(`close ${code} ${reason}`)
            return handlers.close?.(socket, code, reason)
          },
        },
        maxMessageBytes: 1000,
        protocol: request.header('Sec-WebSocket-Protocol') === null ? null : 'v1',
      })
      return response
    },
  }
  server = await serve(app, { port: 0, ...options })
  return server.url.replace('http', 'ws')
}

afterEach(() => server.close({ grace: 0 }))

/** Waits for an event of a client, two seconds at most. */
function next(client: WebSocket, event: 'open' | 'message' | 'close'): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event}`)), 2000)
    client.once(event, (...values: unknown[]) => {
      clearTimeout(timer)
      resolve(values)
    })
    client.once('error', reject)
  })
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(condition()).toBe(true)
}

/** Sends text over a socket and gives what comes until it is closed. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port!, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(2000, () => socket.destroy(new Error(`still open after ${answer}`)))
    socket.on('data', (part) => (answer += part.toString('latin1')))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const HEAD = 'Host: localhost\r\nConnection: Upgrade\r\n'

describe('a WebSocket', () => {
  it('carries text and bytes, with the headers of the response', async () => {
    const url = await start({ message: (socket, data) => socket.send(data) })
    const client = new WebSocket(`${url}/socket`, ['v1', 'v0'])
    const headers = new Promise((resolve) => client.once('upgrade', (answer) => resolve(answer.headers)))
    await next(client, 'open')
    expect(await headers).toMatchObject({ 'set-cookie': ['a=1'], 'x-own': 'yes' })
    expect(await headers).not.toHaveProperty('content-type')
    expect(client.protocol).toBe('v1')
    client.send('é')
    expect(String((await next(client, 'message'))[0])).toBe('é')
    client.send(new Uint8Array([0, 255]))
    const [bytes, isBinary] = await next(client, 'message')
    expect([...(bytes as Buffer)]).toEqual([0, 255])
    expect(isBinary).toBe(true)
    client.close(3000, 'done')
    await until(() => events.length === 2)
    expect(events).toEqual(['close 3000 done', 'end'])
  })

  it('reads no further while a handler is at work', async () => {
    let running = 0
    let most = 0
    const url = await start({
      async message(socket, data) {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 20))
        running--
        socket.send(data)
      },
    })
    const client = new WebSocket(`${url}/socket`)
    await next(client, 'open')
    client.send('a')
    await new Promise((resolve) => setTimeout(resolve, 5))
    client.send('b')
    await next(client, 'message')
    await next(client, 'message')
    expect(most).toBe(1)
  })

  it('L21: is closed with 1009 for a message over the limit', async () => {
    const url = await start({})
    const client = new WebSocket(`${url}/socket`)
    await next(client, 'open')
    client.send('x'.repeat(1001))
    expect((await next(client, 'close'))[0]).toBe(1009)
    await until(() => events.length === 2)
  })

  it('L21: is closed for a message in too many fragments', async () => {
    const url = await start({})
    const client = new WebSocket(`${url}/socket`)
    await next(client, 'open')
    for (let i = 0; i < 1100; i++) client.send('', { fin: false })
    expect((await next(client, 'close'))[0]).toBe(1008)
  })

  it('S24: packs nothing', async () => {
    const url = await start({})
    const client = new WebSocket(`${url}/socket`, { perMessageDeflate: true })
    await next(client, 'open')
    expect(client.extensions).toBe('')
  })

  it('ends for the application when the client is gone', async () => {
    const url = await start({})
    const client = new WebSocket(`${url}/socket`)
    await next(client, 'open')
    client.terminate()
    await until(() => events.length === 2)
    expect(events).toEqual(['close 1006 ', 'end'])
  })

  it('is closed with 1001 when the server stops, and the server waits for it', async () => {
    const url = await start({})
    const client = new WebSocket(`${url}/socket`)
    await next(client, 'open')
    const closed = next(client, 'close')
    await server.close({ grace: 2 })
    expect((await closed)[0]).toBe(1001)
    expect(events).toEqual(['close 1001 The server is closing.', 'end'])
  })
})

describe('other requests for an upgrade', () => {
  it('are answered as others, and recorded', async () => {
    const records: AccessRecord[] = []
    await start({}, { onAnswer: (record) => records.push(record) })
    const answer = await exchange(`GET /none HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 404 .*\r\nConnection: close\r\n.*page$/s)
    expect(await exchange(`GET /x HTTP/1.1\r\n${HEAD}Upgrade: h2c\r\n\r\n`)).toMatch(/^HTTP\/1\.1 404 /)
    expect(records.map(({ target, status }) => [target, status])).toEqual([
      ['/none', 404],
      ['/x', 404],
    ])
  })

  it('are refused with a bad handshake, and nothing is left open', async () => {
    await start({})
    const answer = await exchange(`GET /socket HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    await until(() => events.includes('end'))
    expect(events).toEqual(['end'])
  })

  it('are refused with a body, and with a bad head', async () => {
    await start({})
    const body = `POST /socket HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\nContent-Length: 3\r\n\r\nabc`
    expect(await exchange(body)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await exchange(`GET /a#b HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    )
  })
})

it('does not stand in the way of other requests', async () => {
  const url = await start({})
  const answer = await fetch(url.replace('ws', 'http'))
  expect(await answer.text()).toBe('page')
})
