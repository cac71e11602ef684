import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { g, Phial, request, session } from '../../index.ts'

let stop = async (): Promise<void> => undefined
afterEach(() => stop())

/** The first message of a socket, or the error of its handshake. */
function firstMessage(socket: WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no message')), 2000)
    socket.once('error', reject)
    socket.once('message', (data) => {
      clearTimeout(timer)
      resolve(String(data))
    })
  })
}

it('opens WebSockets on Node, from the start of the server to its shutdown', async () => {
  const app = new Phial('test', { config: { SECRET_KEY: 'a key of sixteen bytes' } })
  const seen: string[] = []
  app.onStart(() => void seen.push('start'))
  app.onShutdown(() => void seen.push('shutdown'))
  app.teardownRequest(() => void seen.push('teardown'))
  app.beforeRequest(() => {
    g['word'] = 'hello'
  })
  app.websocket('/<name>', ({ name }) => {
    session['name'] = name
    return {
      open: (socket) => socket.send(`${String(g['word'])} ${name} at ${request.host.split(':')[0]}`),
      close: (_socket, code) => void seen.push(`close ${code}`),
    }
  })
  const server = (await app.run({ port: 0 }))!
  stop = () => server.close({ grace: 0 })
  expect(seen).toEqual(['start'])

  const url = server.url.replace('http', 'ws')
  const socket = new WebSocket(`${url}/ann`, { origin: server.url })
  const cookie = new Promise((resolve) =>
    socket.once('upgrade', ({ headers }) => resolve(headers['set-cookie']?.[0])),
  )
  expect(await firstMessage(socket)).toBe('hello ann at 127.0.0.1')
  expect(await cookie).toMatch(/^session=/)
  await expect(firstMessage(new WebSocket(`${url}/ann`, { origin: 'https://evil.test' }))).rejects.toThrow(
    '403',
  )
  expect((await fetch(`${server.url}/ann`)).status).toBe(400)
  expect(seen).toEqual(['start', 'teardown', 'teardown'])

  await server.close({ grace: 2 })
  expect(seen.slice(3)).toEqual(['close 1001', 'teardown', 'shutdown'])
})
