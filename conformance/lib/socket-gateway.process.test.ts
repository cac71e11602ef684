import { Response } from '@phial/http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Gateway } from './gateway.ts'
import { socketGateway } from './socket-gateway.ts'
import type { Answer, StepRequest } from './transcript.ts'

let gateway: Gateway
let detours: string[]

beforeEach(async () => {
  detours = []
  const app = {
    fetch: async (request: import('@phial/http').Request) => {
      if (request.target === '/stream') return new Response(pieces())
      const { method, rootPath, target, scheme, remoteAddr, host } = request
      const body = await request.text()
      return new Response([method, rootPath, target, scheme, remoteAddr, host, body].join(' '))
    },
  }
  gateway = await socketGateway(app, { onDetour: (reason) => detours.push(reason) })
})

afterEach(() => gateway.close())

async function* pieces(): AsyncGenerator<string> {
  yield 'first, '
  yield 'second'
}

async function send(changes: Partial<StepRequest>): Promise<Answer & { text: string }> {
  const plain: StepRequest = {
    method: 'GET',
    url: '/',
    headers: [],
    body: null,
    host: 'localhost',
    scheme: 'http',
    remoteAddr: '127.0.0.1',
    scriptName: '',
  }
  const answer = await gateway.send({ ...plain, ...changes })
  return { ...answer, text: Buffer.from(answer.body).toString() }
}

describe('socketGateway', () => {
  it.each(['//x', '/a/../b', '/%2e%2E/?a=%zz'])('sends %s as it stands', async (url) => {
    expect((await send({ url })).text).toBe(`GET  ${url} http 127.0.0.1 localhost `)
    expect(detours).toEqual([])
  })

  it('sends bodies, and what a connection on this machine cannot tell', async () => {
    const body = new TextEncoder().encode('content')
    const answer = await send({
      method: 'POST',
      url: '/x',
      body,
      headers: [['Content-Length', '7']],
      scheme: 'https',
      remoteAddr: '10.0.0.1',
      scriptName: '/app',
      host: 'a.test',
    })
    expect(answer.text).toBe('POST /app /x https 10.0.0.1 a.test content')
  })

  it('sends a body in chunks', async () => {
    const body = new TextEncoder().encode('content')
    const answer = await send({ method: 'POST', body, headers: [['Transfer-Encoding', 'chunked']] })
    expect(answer.text).toMatch(/content$/)
  })

  it('reads streams, and no body for HEAD', async () => {
    expect((await send({ url: '/stream' })).text).toBe('first, second')
    const head = await send({ method: 'HEAD' })
    expect(head.text).toBe('')
    expect(head.headers.some(([name]) => name.toLowerCase() === 'content-length')).toBe(true)
  })

  it('calls the application for what no server accepts, and says why', async () => {
    expect((await send({ host: 'bad host<>' })).status).toBe(200)
    expect(detours).toEqual(['the Host header is no host'])
  })
})
