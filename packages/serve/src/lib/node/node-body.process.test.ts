import { connect } from 'node:net'
import { Response } from '@phial/http'
import { describe, expect, it } from 'vitest'
import { exchange, until } from '../../../test/raw-client.ts'
import { testServer } from '../../../test/test-server.ts'

const post = (headers: string, body: string): string =>
  `POST /up HTTP/1.1\r\nHost: a.test\r\n${headers}\r\n\r\n${body}`
const withLength = (body: string, length = body.length): string => post(`Content-Length: ${length}`, body)
const chunked = (...chunks: string[]): string =>
  post(
    'Transfer-Encoding: chunked',
    `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`,
  )
const SECOND = 'GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n'
const MIB = 1024 * 1024

describe.concurrent('a body', () => {
  it.each<[name: string, request: string, size: number]>([
    ['of no bytes', withLength(''), 0],
    ['that is small', withLength('abc'), 3],
    ['of several packets', withLength('x'.repeat(200_000)), 200_000],
    ['that is large', withLength('x'.repeat(3 * MIB)), 3 * MIB],
    ['in chunks', chunked('abc', 'd'.repeat(70_000)), 70_003],
    ['in no chunks', chunked(), 0],
  ])('%s comes whole, and the next request after it', async (_name, request, size) => {
    await using site = await testServer(async (request) => {
      const bytes = await request.bytes()
      return new Response(`${request.rawPath} ${bytes.length} ${bytes.constructor.name}`)
    })
    const { responses } = await exchange(site.port, request + SECOND)
    expect(responses.map((response) => response.body)).toEqual([
      `/up ${size} Uint8Array`,
      '/second 0 Uint8Array',
    ])
  })

  it('that is large leaves nothing of its chunks in memory', async () => {
    const body = Array.from({ length: 40_000 }, (_, i) => String(i)).join('')
    await using site = await testServer(async (request) => new Response(await request.text()))
    const chunks: Buffer[] = []
    site.server.node.prependListener('request', (incoming) => {
      const push = incoming.push
      incoming.push = (chunk: Buffer | null) => {
        if (chunk !== null) chunks.push(chunk)
        return push.call(incoming, chunk)
      }
    })
    const large = body.repeat(8)
    const { responses } = await exchange(site.port, withLength(large))
    expect(responses[0]!.body === large).toBe(true)
    expect(chunks.length).toBeGreaterThan(2)
    expect(chunks.filter((chunk) => chunk.length > 0)).toEqual([])
  })

  it('that is large leaves its chunks to others who listen', async () => {
    await using site = await testServer(
      async (request) => new Response(String((await request.bytes()).length)),
    )
    const chunks: Buffer[] = []
    site.server.node.prependListener('request', (incoming) =>
      incoming.on('data', (chunk) => chunks.push(chunk)),
    )
    const large = 'x'.repeat(MIB)
    const { responses } = await exchange(site.port, withLength(large))
    expect(responses[0]!.body).toBe(String(MIB))
    expect(Buffer.concat(chunks).toString() === large).toBe(true)
  })

  it('that is small is there at once', async () => {
    await using site = await testServer((request) => {
      const bytes = request.source.body!.read(10) as Uint8Array
      return new Response(new TextDecoder().decode(bytes))
    })
    const { responses } = await exchange(site.port, withLength('abc'))
    expect(responses[0]!.body).toBe('abc')
  })

  it('is read no faster than the application takes it', async () => {
    let received = 0
    let go = (): void => undefined
    await using site = await testServer(async (request) => {
      for await (const chunk of request.stream()) {
        received += chunk.length
        if (received > 100_000 && received < 5 * MIB) {
          await new Promise<void>((resolve) => {
            go = resolve
          })
          received = 5 * MIB
        }
      }
      return new Response('done')
    })
    const socket = connect(site.port, '127.0.0.1')
    socket.on('error', () => undefined)
    let answer = ''
    socket.on('data', (piece) => {
      answer += piece.toString()
    })
    const size = 15 * MIB
    socket.write(withLength('', size))
    let sent = 0
    const feed = (): void => {
      while (sent < size) {
        sent += MIB
        if (!socket.write(Buffer.alloc(MIB))) {
          socket.once('drain', feed)
          return
        }
      }
    }
    feed()
    await new Promise((resolve) => setTimeout(resolve, 250))
    // The kernel's buffers fill up, then the client stands still.
    expect(sent).toBeLessThan(size)
    go()
    await until(() => answer.includes('done'), 5000)
    socket.destroy()
  })

  it('may be streamed back while it comes', async () => {
    await using site = await testServer((request) => new Response(request.stream()))
    const body = 'y'.repeat(2 * MIB)
    const { responses } = await exchange(site.port, withLength(body) + SECOND)
    expect(responses[0]).toMatchObject({ status: 200, complete: true })
    expect(responses[0]!.body === body).toBe(true)
    expect(responses).toHaveLength(2)
  })
})

describe.concurrent('a body over the limit (L03)', () => {
  it('is refused at once where it is announced, and the answer arrives', async () => {
    await using site = await testServer(
      async (request) => new Response(String((await request.bytes()).length)),
    )
    const { responses, closed } = await exchange(site.port, withLength('x'.repeat(60_000), 17 * MIB))
    expect(responses.map((response) => response.status)).toEqual([413])
    expect(responses[0]!.headers.get('connection')).toBe('close')
    expect(closed).toBe(false)
  })

  it('is refused at the byte where it comes in chunks', async () => {
    await using site = await testServer(async (request) => {
      request.maxContentLength = 100_000
      return new Response(String((await request.bytes()).length))
    })
    const { responses, closed } = await exchange(
      site.port,
      chunked('x'.repeat(90_000), 'y'.repeat(90_000)) + SECOND,
    )
    expect(responses[0]!.status).toBe(413)
    expect(responses.length === 1 ? closed : true).toBe(true)
    expect(site.logged).toEqual([])
  })
})

describe.concurrent('a body that nobody reads (S02, R17)', () => {
  it('of known, small rest keeps the connection', async () => {
    await using site = await testServer((request) => new Response(request.rawPath))
    const { responses } = await exchange(site.port, withLength('x'.repeat(50_000)) + SECOND)
    expect(responses.map((response) => response.body)).toEqual(['/up', '/second'])
  })

  it.each<[name: string, request: string]>([
    ['that is large', withLength('x'.repeat(5 * MIB))],
    ['in chunks', chunked('x'.repeat(5 * MIB))],
  ])('%s is answered once, and the connection closed', async (_name, request) => {
    const seen: string[] = []
    await using site = await testServer((request) => {
      seen.push(request.rawPath)
      return new Response('no, thanks')
    })
    const { responses, closed } = await exchange(site.port, request + SECOND, { quiet: 1500 })
    expect(responses.map((response) => response.body)).toEqual(['no, thanks'])
    expect(closed).toBe(true)
    expect(seen).toEqual(['/up'])
  })

  it('during a streamed answer closes the connection after it', async () => {
    await using site = await testServer(() => new Response(['a', 'b']))
    const { responses, closed } = await exchange(site.port, withLength('x'.repeat(5 * MIB)) + SECOND, {
      quiet: 1500,
    })
    expect(responses).toMatchObject([{ status: 200, body: 'ab' }])
    expect(closed).toBe(true)
  })
})

describe.concurrent('Expect: 100-continue (S20)', () => {
  const expecting = (length: number): string => post(`Content-Length: ${length}\r\nExpect: 100-continue`, '')

  it('is answered when the body is read', async () => {
    await using site = await testServer(async (request) => new Response(await request.text()))
    const { responses } = await exchange(site.port, [expecting(5), 'hello', SECOND])
    expect(responses.map((response) => [response.status, response.body])).toEqual([
      [100, ''],
      [200, 'hello'],
      [200, ''],
    ])
  })

  it('is not answered where the body is not read, and the connection ends', async () => {
    await using site = await testServer(() => new Response('no'))
    const { responses, closed } = await exchange(site.port, expecting(5))
    expect(responses.map((response) => response.status)).toEqual([200])
    expect(closed).toBe(true)
  })

  it('is answered with 413 where the body would be too large', async () => {
    await using site = await testServer(async (request) => new Response(await request.text()))
    const { responses, closed } = await exchange(site.port, expecting(17 * MIB))
    expect(responses.map((response) => response.status)).toEqual([413])
    expect(closed).toBe(true)
  })
})

describe.concurrent('a client that leaves while it sends (R02)', () => {
  it.each<[name: string, request: string]>([
    ['a large body', withLength('x'.repeat(1000), MIB)],
    ['chunks', post('Transfer-Encoding: chunked', '5\r\nhello\r\n')],
  ])('ends the reading of %s, and is no error of the server', async (_name, request) => {
    const events: string[] = []
    await using site = await testServer(async (request) => {
      request.signal.addEventListener('abort', () => events.push('abort'))
      try {
        return new Response(await request.text())
      } catch (error) {
        events.push((error as Error).name)
        throw error
      }
    })
    const socket = connect(site.port, '127.0.0.1', () => socket.write(request))
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await until(() => events.length === 2, 500)
    expect(events.sort()).toEqual(['ClientDisconnected', 'abort'])
    expect(site.logged).toEqual([])
  })

  it('does not reach the application with a part of a small body', async () => {
    let calls = 0
    await using site = await testServer(() => {
      calls++
      return new Response('x')
    })
    const socket = connect(site.port, '127.0.0.1', () => socket.write(withLength('abc', 10)))
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(calls).toBe(0)
    expect(site.logged).toEqual([])
  })
})
