import { once } from 'node:events'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Server, serve } from '@phial/serve'
import { expect, it } from 'vitest'
import { abort, Phial, renderTemplateString, session, streamWithContext } from '../index.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function createApp(): Phial {
  const app = new Phial('soak', { staticFolder: null, config: { SECRET_KEY: 'a secret key of tests' } })
  app.get('/users/<int:id>', ({ id }) => ({ id }))
  app.get('/page', () =>
    renderTemplateString('{% for i in range(20) %}{{ i }}{{ name }}{% endfor %}', { name: '<b>' }),
  )
  app.get('/session', () => {
    session['count'] = Number(session['count'] ?? 0) + 1
    return String(session['count'])
  })
  app.get('/teapot', () => abort(418))
  app.get('/broken', () => {
    throw new Error('broken on purpose')
  })
  app.post('/form', async (_params, { request }) => String((await request.form()).size))
  app.post('/upload', async (_params, { request }) => String((await request.bytes()).length))
  app.get('/stream', () => {
    function* pieces() {
      for (let i = 0; i < 50; i++) yield 'x'.repeat(1000)
    }
    return streamWithContext(pieces())
  })
  app.get('/slow', async (_params, { request }) => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 20)
      request.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
    return 'late'
  })
  app.logger.handlers.length = 0
  return app
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a.test\r\n\r\n`
const post = (path: string, type: string, body: string, length = body.length) =>
  `POST ${path} HTTP/1.1\r\nHost: a.test\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`

/** Requests that are answered, of which a connection sends one after the other. */
const ANSWERED = [
  get('/users/7'),
  get('/users/x'),
  get('/page'),
  get('/session'),
  get('/teapot'),
  get('/broken'),
  get('/stream'),
  post('/form', 'application/x-www-form-urlencoded', 'a=1&b=2'),
  post(
    '/form',
    'multipart/form-data; boundary=B',
    '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B--\r\n',
  ),
  post('/upload', 'application/octet-stream', 'x'.repeat(300_000)),
]
/** Requests whose client leaves: in the body, and before the answer. */
const LEFT = [
  post('/upload', 'application/octet-stream', 'x'.repeat(100_000), 500_000),
  get('/slow'),
  'GET / HT',
]

async function converse(port: number, rounds: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  await once(socket, 'connect')
  for (let round = 0; round < rounds; round++) {
    for (const request of ANSWERED) {
      socket.write(request)
      // Answers of several packets end with their last chunk.
      const isStream = request.includes('/stream')
      let text = ''
      do text += String((await once(socket, 'data'))[0])
      while (isStream && !text.endsWith('0\r\n\r\n'))
    }
  }
  socket.destroy()
  for (const request of LEFT) {
    const left = connect(port, '127.0.0.1')
    await once(left, 'connect')
    left.write(request)
    await new Promise((resolve) => setTimeout(resolve, 5))
    left.destroy()
  }
}

async function soak({ port }: Server, rounds: number): Promise<number> {
  await Promise.all(Array.from({ length: 8 }, () => converse(port!, rounds)))
  // What was left behind is closed.
  await new Promise((resolve) => setTimeout(resolve, 200))
  collectGarbage()
  await new Promise((resolve) => setTimeout(resolve, 50))
  collectGarbage()
  return process.memoryUsage().heapUsed
}

it('R13: keeps nothing of requests, errors, uploads and clients that leave', async () => {
  const server = await serve(createApp(), {
    port: 0,
    logger: { info: () => undefined, error: () => undefined },
  })
  await soak(server, 10)
  const before = await soak(server, 10)
  const resources = process.getActiveResourcesInfo().length
  const rounds = 40
  const after = await soak(server, rounds)
  const requests = 8 * rounds * ANSWERED.length
  // A request that were kept would be above a kilobyte.
  expect((after - before) / requests).toBeLessThan(150)
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(resources + 2)
  await server.close({ grace: 0 })
})
