import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Response } from '@phial/http'
import { afterEach, describe, expect, it } from 'vitest'
import { type ConnectionServer, serveConnections } from './serve-connections.ts'

const listeners: Server[] = []

afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close()
})

/** A listener that gives each connection to a server. @returns its port. */
async function listenFor(server: ConnectionServer): Promise<number> {
  const listener = createServer((socket) => server.accept(socket))
  listeners.push(listener.listen(0, '127.0.0.1'))
  await once(listener, 'listening')
  return (listener.address() as { port: number }).port
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** All that comes until the other side has ended. */
async function readAll(socket: Socket): Promise<string> {
  let text = ''
  for await (const part of socket) text += String(part)
  return text
}

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

describe('serveConnections', () => {
  it('answers one request of each connection', async () => {
    const server = await serveConnections({ fetch: () => new Response('hello') })
    const socket = await open(await listenFor(server))
    socket.write(GET)
    const answer = await readAll(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).toMatch(/\r\nConnection: close\r\n/i)
    expect(answer).toMatch(/\r\n\r\nhello$/)
    await server.close()
  })

  it('finishes what is under way when it closes, and drops connections that were opened in advance', async () => {
    let answer: (response: Response) => void = () => undefined
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const server = await serveConnections({
      fetch: () => {
        asked()
        return new Promise<Response>((resolve) => {
          answer = resolve
        })
      },
    })
    const port = await listenFor(server)
    const [busy, unused] = [await open(port), await open(port)]
    busy.write(GET)
    await isAsked
    let isClosed = false
    const closed = server.close().then(() => {
      isClosed = true
    })
    expect(await readAll(unused)).toBe('')
    expect(isClosed).toBe(false)
    answer(new Response('late'))
    expect(await readAll(busy)).toMatch(/\r\n\r\nlate$/)
    await closed
  })

  it('cuts what is still under way after the grace time, and aborts its signal', async () => {
    let isAborted = false
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const server = await serveConnections({
      fetch: (request) => {
        request.signal.addEventListener('abort', () => {
          isAborted = true
        })
        asked()
        return new Promise<Response>(() => undefined)
      },
    })
    const socket = await open(await listenFor(server))
    socket.write(GET)
    await isAsked
    const ended = readAll(socket).catch(() => '')
    await server.close({ grace: 0.05 })
    expect(await ended).toBe('')
    expect(isAborted).toBe(true)
  })

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: '],
    ['nothing', ''],
    ['a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc'],
    [
      'a body that was asked for',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\nabc',
    ],
  ])('L22 refuses a client that is slow with %s', async (_what, sent) => {
    const server = await serveConnections(
      { fetch: async (request) => new Response(await request.text()) },
      { timeouts: { headers: 0.2, request: 0.4 } },
    )
    const socket = await open(await listenFor(server))
    const start = performance.now()
    socket.write(sent)
    expect(await readAll(socket)).toMatch(/^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 408 /)
    expect(performance.now() - start).toBeGreaterThan(sent.startsWith('POST') ? 380 : 180)
    await server.close()
  })

  it('L22 gives an application all the time that it needs', async () => {
    const server = await serveConnections(
      {
        fetch: async (request) => {
          await new Promise((resolve) => setTimeout(resolve, 300))
          return new Response(await request.text())
        },
      },
      { timeouts: { headers: 0.1, request: 0.1 } },
    )
    const socket = await open(await listenFor(server))
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc')
    expect(await readAll(socket)).toMatch(/\r\n\r\nabc$/)
    await server.close()
  })
})
