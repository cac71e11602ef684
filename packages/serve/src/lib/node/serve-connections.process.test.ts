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
})
