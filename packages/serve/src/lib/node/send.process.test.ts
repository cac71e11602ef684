import { connect } from 'node:net'
import { NotFound, Response } from '@phial/http'
import { describe, expect, it } from 'vitest'
import { exchange, until } from '../../../test/raw-client.ts'
import { testServer } from '../../../test/test-server.ts'

const GET = 'GET /page HTTP/1.1\r\nHost: a.test\r\n\r\n'
const HEAD = 'HEAD /page HTTP/1.1\r\nHost: a.test\r\n\r\n'

/** Bytes as the helpers show them: one character each. */
const latin1 = (text: string): string => Buffer.from(text).toString('latin1')

describe.concurrent('an answer', () => {
  it.each<[name: string, make: () => Response, body: string]>([
    ['text', () => new Response('Grüße'), latin1('Grüße')],
    ['no text', () => new Response(''), ''],
    ['bytes', () => new Response(new Uint8Array([1, 0, 255])), '\x01\x00\xff'],
    ['nothing', () => new Response(null), ''],
  ])('of %s has its length', async (_name, make, body) => {
    await using site = await testServer(make)
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses).toHaveLength(2)
    for (const response of responses) {
      expect(response).toMatchObject({ status: 200, body })
      expect(response.headers.get('content-length')).toBe(String(body.length))
      expect(response.headers.get('date')).toMatch(/GMT$/)
    }
  })

  it('keeps the order, spelling and number of its headers', async () => {
    await using site = await testServer(
      () =>
        new Response('x', {
          headers: [
            ['X-One', '1'],
            ['Set-Cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
    )
    const { text } = await exchange(site.port, GET)
    expect(text).toContain('X-One: 1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n')
  })

  it.each<[name: string, make: () => Response, body: string]>([
    ['an ASCII text', () => new Response('text'), 'text'],
    ['another text', () => new Response('Grüße'), latin1('Grüße')],
    ['no content', () => new Response(null), ''],
    ['a stream of texts', () => new Response(['Grü', 'ße']), latin1('Grüße')],
  ])('has headers in Latin-1 before %s', async (_name, make, body) => {
    await using site = await testServer(() => {
      const response = make()
      response.headers.set('X-Name', 'Zoë')
      return response
    })
    const [response] = (await exchange(site.port, GET)).responses
    expect([response?.headers.get('x-name'), response?.body]).toEqual(['Zoë', body])
  })

  // 16 KiB is what Node writes without taking memory; more than a socket takes at once waits for the client.
  it.each([1, 5_000, 6_000, 20_000, 3_000_000])(
    'of %i characters comes whole, ASCII or not',
    async (length) => {
      const texts = ['a', 'ü', '€', '😀'].map((character) => character.repeat(length))
      let turn = 0
      await using site = await testServer(() => new Response(texts[turn++ % 4]!))
      const { responses } = await exchange(site.port, GET.repeat(4), { quiet: 400 })
      expect(responses.map(({ complete }) => complete)).toEqual([true, true, true, true])
      expect(responses.every(({ body }, index) => body === latin1(texts[index]!))).toBe(true)
    },
  )

  it('may have a reason of its own', async () => {
    await using site = await testServer(() => new Response('x', { status: '404 Gone Fishing' }))
    expect((await exchange(site.port, GET)).text).toMatch(/^HTTP\/1\.1 404 Gone Fishing\r\n/)
  })

  it('may be sent again and again', async () => {
    const one = new Response('same')
    await using site = await testServer(() => one)
    const { responses } = await exchange(site.port, GET + GET + GET)
    expect(responses.map((response) => [response.body, response.headers.get('content-length')])).toEqual([
      ['same', '4'],
      ['same', '4'],
      ['same', '4'],
    ])
  })

  it('may come later, and requests of one connection are answered in order', async () => {
    let count = 0
    await using site = await testServer(async () => {
      const turn = ++count
      await new Promise((resolve) => setTimeout(resolve, turn === 1 ? 40 : 1))
      return new Response(String(turn))
    })
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => response.body)).toEqual(['1', '2'])
  })

  it('may be the runtime’s own Response', async () => {
    await using site = await testServer((request) => {
      if (request.rawPath === '/page') {
        return new globalThis.Response('hello', {
          status: 201,
          headers: [
            ['x-a', '1'],
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        })
      }
      return new globalThis.Response(null, { status: 204 })
    })
    const { responses, text } = await exchange(
      site.port,
      `${GET}GET /none HTTP/1.1\r\nHost: a.test\r\n\r\n${GET}`,
    )
    expect(responses.map((response) => [response.status, response.body])).toEqual([
      [201, 'hello'],
      [204, ''],
      [201, 'hello'],
    ])
    expect(text).toContain('set-cookie: a=1\r\nset-cookie: b=2\r\n')
    expect(responses[0]!.headers.get('content-type')).toBe('text/plain;charset=UTF-8')
  })
})

describe.concurrent('answers without a body (S21)', () => {
  it('sends the head of what GET would get for HEAD', async () => {
    await using site = await testServer(() => new Response('hello'))
    const { text } = await exchange(site.port, HEAD, { head: true })
    expect(text).toContain('Content-Length: 5\r\n')
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  it('does not start a stream for HEAD, and ends it (R03)', async () => {
    let pulled = 0
    let returned = 0
    await using site = await testServer(() => {
      const pieces = {
        [Symbol.asyncIterator]: () => pieces,
        async next() {
          pulled++
          return { done: false, value: 'x' }
        },
        async return() {
          returned++
          return { done: true, value: undefined }
        },
      }
      return new Response(pieces as AsyncIterable<string>)
    })
    const { responses } = await exchange(site.port, HEAD + HEAD, { head: true })
    expect(responses.map((response) => response.status)).toEqual([200, 200])
    expect([pulled, returned]).toEqual([0, 2])
  })

  it.each([204, 205, 304])('sends no byte of a body with status %i', async (status) => {
    await using site = await testServer(() => new Response('body', { status }))
    const { responses, text } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => response.status)).toEqual([status, status])
    expect(text).not.toContain('body')
    expect(text.toLowerCase()).not.toContain('transfer-encoding')
  })

  it.each<[name: string, headers: [string, string][]]>([
    ['Transfer-Encoding', [['Transfer-Encoding', 'chunked']]],
    ['a Content-Length that is too small', [['Content-Length', '1']]],
    ['a Content-Length that is too large', [['Content-Length', '100']]],
  ])('is refused where it sets %s', async (_name, headers) => {
    await using site = await testServer(() => new Response('hello', { headers }))
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => response.status)).toEqual([500, 500])
    expect(site.logged).toHaveLength(2)
  })
})

describe.concurrent('an error', () => {
  it.each<[name: string, fetch: () => Response | Promise<Response>]>([
    [
      'thrown',
      () => {
        throw new Error('secret')
      },
    ],
    ['of a promise', () => Promise.reject(new Error('secret'))],
    [
      'that is a string',
      () => {
        throw 'secret'
      },
    ],
    [
      'that is null',
      () => {
        throw null
      },
    ],
    ['that is undefined', () => Promise.reject(undefined)],
    ['of an answer that is none', () => undefined as unknown as Response],
    ['of an answer that is a string', () => 'secret' as unknown as Response],
    ['of Response.error()', () => globalThis.Response.error() as unknown as Response],
  ])('%s becomes a plain page 500, is logged, and the server lives on (R05)', async (_name, fetch) => {
    await using site = await testServer(fetch)
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => response.status)).toEqual([500, 500])
    expect(responses[0]!.body).toContain('<h1>Internal Server Error</h1>')
    expect(responses[0]!.body).not.toContain('secret')
    expect(site.logged).toHaveLength(2)
    expect(site.logged[0]!.message).toMatch(/^Exception on \/page \[GET\]/)
  })

  it('that is an answer is answered and not logged', async () => {
    await using site = await testServer(() => {
      throw new NotFound()
    })
    const { responses } = await exchange(site.port, GET)
    expect(responses[0]!.status).toBe(404)
    expect(site.logged).toEqual([])
  })

  it('goes to onError, whose answer is sent', async () => {
    const seen: unknown[] = []
    await using site = await testServer(() => Promise.reject(new Error('boom')), {
      onError: (error, request) => {
        seen.push((error as Error).message, request.target)
        return new Response('sorry', { status: 503 })
      },
    })
    const { responses } = await exchange(site.port, GET)
    expect(responses[0]).toMatchObject({ status: 503, body: 'sorry' })
    expect(seen).toEqual(['boom', '/page'])
    expect(site.logged).toEqual([])
  })

  it('of onError itself is logged and becomes a page 500', async () => {
    await using site = await testServer(() => Promise.reject(new Error('first')), {
      onError: () => {
        throw new Error('second')
      },
    })
    const { responses } = await exchange(site.port, GET)
    expect(responses[0]!.status).toBe(500)
    expect(site.logged.map(({ error }) => (error as Error).message)).toEqual(['second'])
  })

  it.each<[name: string, spoil: (response: Response) => void]>([
    ['a line end in a header', (response) => response.headerList.push('X-A', 'a\r\nX-Evil: 1')],
    ['NUL in a header', (response) => response.headerList.push('X-A', 'a\x00b')],
    ['U+010D in a header', (response) => response.headerList.push('X-A', 'a\u010db')],
    ['U+560A in a header', (response) => response.headerList.push('X-A', 'a\u560ab')],
    ['a space in a header name', (response) => response.headerList.push('X A', 'a')],
    ['status 101', (response) => void (response.status = 101)],
  ])('of %s stays inside (S18)', async (_name, spoil) => {
    await using site = await testServer(() => {
      const response = new Response('hello')
      spoil(response)
      return response
    })
    const { responses, text } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => response.status)).toEqual([500, 500])
    expect(text).not.toContain('Evil')
    expect(site.logged).toHaveLength(2)
  })

  it('of a callback at the end is logged', async () => {
    await using site = await testServer(() => {
      const response = new Response('hello')
      response.callOnClose(() => {
        throw new Error('late')
      })
      return response
    })
    expect((await exchange(site.port, GET)).responses[0]!.status).toBe(200)
    expect(site.logged.map(({ error }) => (error as Error).message)).toEqual(['late'])
  })

  it('of the logger does not take the server down', async () => {
    await using site = await testServer(() => Promise.reject(new Error('x')), {
      logger: {
        info: () => undefined,
        error: () => {
          throw new Error('disk full')
        },
      },
    })
    expect((await exchange(site.port, GET + GET)).responses.map((response) => response.status)).toEqual([
      500, 500,
    ])
  })
})

describe.concurrent('a streamed answer', () => {
  it.each<[name: string, make: () => Iterable<string> | AsyncIterable<string> | ReadableStream<Uint8Array>]>([
    [
      'a generator',
      function* () {
        yield 'a'
        yield ''
        yield 'bc'
      },
    ],
    [
      'an async generator',
      async function* () {
        yield 'a'
        await new Promise((resolve) => setTimeout(resolve, 5))
        yield 'bc'
      },
    ],
    ['a stream', () => new Blob(['abc']).stream() as ReadableStream<Uint8Array>],
    ['a set', () => new Set(['a', 'bc'])],
  ])('of %s comes whole, and the connection lives on', async (_name, make) => {
    await using site = await testServer(() => new Response(make()))
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses).toMatchObject([
      { status: 200, body: 'abc', complete: true },
      { status: 200, body: 'abc', complete: true },
    ])
    expect(responses[0]!.headers.get('transfer-encoding')).toBe('chunked')
  })

  it('keeps the length that it sets', async () => {
    await using site = await testServer(
      () => new Response(['ab', new Uint8Array([99])].values(), { headers: { 'Content-Length': 3 } }),
    )
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => [response.body, response.headers.get('content-length')])).toEqual([
      ['abc', '3'],
      ['abc', '3'],
    ])
  })

  it.each<[name: string, pieces: (string | Uint8Array)[]]>([
    ['more', ['ab', 'cd', new Uint8Array(1)]],
    ['less', ['a', new Uint8Array(1)]],
  ])('with %s than its length is cut (S21, R22)', async (_name, pieces) => {
    await using site = await testServer(
      () => new Response(pieces.values(), { headers: { 'Content-Length': 3 } }),
    )
    const { responses, closed } = await exchange(site.port, GET)
    expect(responses).toHaveLength(1)
    expect(responses[0]!.complete && responses[0]!.status === 200).toBe(false)
    expect(closed).toBe(true)
    expect(site.logged).toHaveLength(1)
  })

  it('sends its head soon, though the first piece takes long', async () => {
    let release = (): void => undefined
    await using site = await testServer(
      () =>
        new Response(
          (async function* () {
            await new Promise<void>((resolve) => {
              release = resolve
            })
            yield 'late'
          })(),
        ),
    )
    const response = await fetch(`${site.server.url}/page`)
    expect(response.status).toBe(200)
    release()
    expect(await response.text()).toBe('late')
  })

  it('that fails before its first piece is a page 500 (R05)', async () => {
    await using site = await testServer(
      () =>
        new Response(
          (async function* () {
            await Promise.resolve()
            if (site.port > 0) throw new Error('early')
            yield 'x'
          })(),
        ),
    )
    const { responses } = await exchange(site.port, GET + GET)
    expect(responses.map((response) => response.status)).toEqual([500, 500])
  })

  it.each<[name: string, fail: () => unknown]>([
    [
      'an error',
      () => {
        throw new Error('late')
      },
    ],
    ['a piece that is a number', () => 7],
  ])('that ends with %s after its first piece is visibly broken, and logged (R06)', async (_name, fail) => {
    await using site = await testServer(
      () =>
        new Response(
          (async function* () {
            yield 'a'
            await new Promise((resolve) => setTimeout(resolve, 10))
            yield fail() as string
          })(),
        ),
    )
    const { text, responses, closed } = await exchange(site.port, GET)
    expect(responses).toMatchObject([{ status: 200, body: 'a', complete: false }])
    expect(text).not.toContain('0\r\n\r\n')
    expect(closed).toBe(true)
    expect(site.logged).toHaveLength(1)
  })

  it('with a bad header and a slow first piece is a page 500 (S18)', async () => {
    await using site = await testServer(() => {
      const response = new Response(
        (async function* () {
          await new Promise((resolve) => setTimeout(resolve, 120))
          yield 'x'
        })(),
      )
      response.headerList.push('X-A', '\r\n')
      return response
    })
    const { responses } = await exchange(site.port, GET)
    expect(responses.map((response) => response.status)).toEqual([500])
  })

  it('ends its source, its callbacks and its signal once, when the client leaves (R03)', async () => {
    const events: string[] = []
    await using site = await testServer((request) => {
      request.signal.addEventListener('abort', () => events.push('abort'))
      const response = new Response(
        (async function* () {
          try {
            for (;;) {
              yield 'tick\n'
              await new Promise((resolve) => setTimeout(resolve, 5))
            }
          } finally {
            events.push('finally')
          }
        })(),
      )
      response.callOnClose(() => events.push('close'))
      return response
    })
    const socket = connect(site.port, '127.0.0.1', () => socket.write(GET))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
    await until(() => events.length >= 3)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect([...events].sort()).toEqual(['abort', 'close', 'finally'])
    expect(site.logged).toEqual([])
  })

  it('cancels a stream that is quiet, when the client leaves (R03)', async () => {
    let cancelled = 0
    await using site = await testServer(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            start(controller) {
              controller.enqueue(new Uint8Array([65]))
            },
            cancel() {
              cancelled++
            },
          }),
        ),
    )
    const socket = connect(site.port, '127.0.0.1', () => socket.write(GET))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
    await until(() => cancelled === 1)
  })

  it('waits for a slow reader (R04)', async () => {
    let made = 0
    const piece = new Uint8Array(64 * 1024)
    await using site = await testServer(
      () =>
        new Response(
          (function* () {
            for (let i = 0; i < 2000; i++) {
              made++
              yield piece
            }
          })(),
        ),
    )
    const socket = connect(site.port, '127.0.0.1', () => socket.write(GET))
    await new Promise((resolve) => socket.once('readable', resolve))
    await new Promise((resolve) => setTimeout(resolve, 200))
    // What the kernel takes on both sides, not the 125 MiB that could be made.
    expect(made).toBeLessThan(400)
    const atRest = made
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(made).toBe(atRest)
    socket.destroy()
  })
})

describe.concurrent('the signal of a request', () => {
  it('aborts when the client leaves before the answer (R02)', async () => {
    let aborted: unknown = null
    await using site = await testServer(
      (request) =>
        new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => {
            aborted = request.signal.reason
            reject(request.signal.reason)
          })
        }),
    )
    const socket = connect(site.port, '127.0.0.1', () => socket.write(GET))
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await until(() => aborted !== null, 500)
    expect((aborted as Error).name).toBe('AbortError')
    expect(site.logged).toEqual([])
  })

  it('does not abort when the answer was sent', async () => {
    let signal: AbortSignal | null = null
    await using site = await testServer((request) => {
      signal = request.signal
      return new Response('x')
    })
    await exchange(site.port, GET)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(signal!.aborted).toBe(false)
  })
})
