import { Response } from '@phial/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchange } from '../../../test/raw-client.ts'
import { type TestServer, testServer } from '../../../test/test-server.ts'

let site: TestServer
/** The targets that reached the application. */
let seen: string[] = []

beforeAll(async () => {
  site = await testServer(async (request) => {
    seen.push(`${request.method} ${request.target}`)
    const body = request.rawPath === '/read' ? await request.text() : ''
    return new Response(`${request.rawPath}${body === '' ? '' : ` ${body}`}`)
  })
})
afterAll(() => site.server.close({ grace: 0 }))

const HOST = 'Host: a.test\r\n'

/** Sends `first` and, where the connection lives on, a second request; gives the statuses of all answers. */
async function statuses(
  first: string,
  follow = `GET /second HTTP/1.1\r\n${HOST}\r\n`,
): Promise<{ codes: number[]; closed: boolean }> {
  const { responses, closed } = await exchange(site.port, first + follow)
  return { codes: responses.map((response) => response.status), closed }
}

describe('framing (S01)', () => {
  it.each<[name: string, request: string, status: number]>([
    [
      'Content-Length and chunked',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'chunked and Content-Length',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'two different lengths',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`,
      400,
    ],
    [
      'two equal lengths',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd`,
      400,
    ],
    ['a length list', `POST / HTTP/1.1\r\n${HOST}Content-Length: 4, 4\r\n\r\nabcd`, 400],
    ['a signed length', `POST / HTTP/1.1\r\n${HOST}Content-Length: +4\r\n\r\nabcd`, 400],
    ['a hexadecimal length', `POST / HTTP/1.1\r\n${HOST}Content-Length: 0x4\r\n\r\nabcd`, 400],
    ['a negative length', `POST / HTTP/1.1\r\n${HOST}Content-Length: -1\r\n\r\n`, 400],
    ['gzip, chunked', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, 501],
    ['a comma before chunked', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`, 501],
    [
      'chunked twice in one header',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'chunked twice in two headers',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['identity', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: identity\r\n\r\n`, 501],
    [
      'a control after chunked',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['chunked in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['a space before the colon', `POST / HTTP/1.1\r\n${HOST}Content-Length : 4\r\n\r\nabcd`, 400],
    ['a folded header', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a line that ends with LF alone', `GET / HTTP/1.1\nHost: a.test\n\n`, 400],
    [
      'a bad chunk size',
      `POST /read HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0x4\r\nabcd\r\n0\r\n\r\n`,
      400,
    ],
    [
      'a chunk that is longer than its size',
      `POST /read HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n`,
      400,
    ],
    [
      'a chunk line that ends with LF alone',
      `POST /read HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n4\nabcd\n0\n\n`,
      400,
    ],
    ['HTTP/0.9', 'GET /\r\n\r\n', 505],
    ['HTTP/2.0', `GET / HTTP/2.0\r\n${HOST}\r\n`, 505],
    ['HTTP/1.7', `GET / HTTP/1.7\r\n${HOST}\r\n`, 505],
  ])('answers once and closes: %s', async (_name, request, status) => {
    const { codes, closed } = await statuses(request)
    expect({ codes, closed }).toEqual({ codes: [status], closed: true })
  })

  it('understands chunked in any case, and answers the request after it (S02)', async () => {
    seen = []
    const { responses } = await exchange(
      site.port,
      `POST /read HTTP/1.1\r\n${HOST}Transfer-Encoding: ChunKed\r\n\r\n4\r\nabcd\r\n0\r\n\r\nGET /second HTTP/1.1\r\n${HOST}\r\n`,
    )
    expect(responses.map((response) => response.body)).toEqual(['/read abcd', '/second'])
    expect(seen).toEqual(['POST /read', 'GET /second'])
  })

  it('never takes the body of a request for the next one (S02)', async () => {
    seen = []
    const inner = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`
    const length = await exchange(
      site.port,
      `POST /ignored HTTP/1.1\r\n${HOST}Content-Length: ${inner.length}\r\n\r\n${inner}GET /second HTTP/1.1\r\n${HOST}\r\n`,
    )
    expect(length.responses.map((response) => response.body)).toEqual(['/ignored', '/second'])
    const chunked = await exchange(
      site.port,
      `POST /ignored HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\nGET /second HTTP/1.1\r\n${HOST}\r\n`,
    )
    expect(chunked.responses[0]!.body).toBe('/ignored')
    expect(seen.filter((target) => target.includes('smuggled'))).toEqual([])
  })

  it('gives no request after a refused one to the application', async () => {
    seen = []
    await statuses(`POST /x HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`)
    await statuses('GET /no-host HTTP/1.1\r\n\r\n')
    expect(seen).toEqual([])
  })

  it('answers the request before a bad one', async () => {
    const { responses, closed } = await exchange(
      site.port,
      `GET /first HTTP/1.1\r\n${HOST}\r\n\x00\x01garbage\r\n\r\n`,
    )
    expect(responses[0]).toMatchObject({ status: 200, body: '/first' })
    expect(closed).toBe(true)
  })

  it('leaves trailers out of the headers (S03)', async () => {
    await using echo = await testServer(async (request) => {
      await request.bytes()
      return new Response(String(request.headers.get('X-Role')))
    })
    const { responses } = await exchange(
      echo.port,
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Role: admin\r\n\r\n`,
    )
    expect(responses[0]).toMatchObject({ status: 200, body: 'null' })
  })

  it('keeps header names of Object.prototype and underscores apart (S03, S04)', async () => {
    await using echo = await testServer(
      (request) =>
        new Response(
          [
            request.headers.get('__proto__'),
            request.headers.get('constructor'),
            request.headers.get('toString'),
            request.headers.get('X-Forwarded-For'),
          ].join('|'),
        ),
    )
    const { responses } = await exchange(
      echo.port,
      `GET / HTTP/1.1\r\n${HOST}__proto__: a\r\nconstructor: b\r\nX_Forwarded_For: evil\r\n\r\n`,
    )
    expect(responses[0]!.body).toBe('a|b||')
  })
})

describe.concurrent('one host, one type (S05, S06)', () => {
  it.each<[name: string, request: string, status: number]>([
    ['no Host in HTTP/1.1', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', `GET / HTTP/1.1\r\n${HOST}Host: b.test\r\n\r\n`, 400],
    ['the same host twice', `GET / HTTP/1.1\r\n${HOST}host: a.test\r\n\r\n`, 400],
    [
      'two content types',
      `POST / HTTP/1.1\r\n${HOST}Content-Type: text/plain\r\nContent-type: text/html\r\nContent-Length: 0\r\n\r\n`,
      400,
    ],
    ['a user in the host', 'GET / HTTP/1.1\r\nHost: me@a.test\r\n\r\n', 400],
    ['a path in the host', 'GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n', 400],
    ['a space in the host', 'GET / HTTP/1.1\r\nHost: a.test b.test\r\n\r\n', 400],
    ['a byte over 0x7f in the host', 'GET / HTTP/1.1\r\nHost: \xe4.test\r\n\r\n', 400],
  ])('answers once and closes: %s', async (_name, request, status) => {
    const { codes, closed } = await statuses(request)
    expect({ codes, closed }).toEqual({ codes: [status], closed: true })
  })

  it('takes HTTP/1.0 without a host, an IPv6 host and a port', async () => {
    expect((await statuses('GET / HTTP/1.0\r\n\r\n', '')).codes).toEqual([200])
    expect((await statuses('GET / HTTP/1.1\r\nHost: [::1]:5000\r\n\r\n', '')).codes).toEqual([200])
  })

  it('joins what may come twice', async () => {
    await using echo = await testServer((request) => new Response(request.headers.get('Accept')))
    const { responses } = await exchange(
      echo.port,
      `GET / HTTP/1.1\r\n${HOST}Accept: a/b\r\nAccept: c/d\r\n\r\n`,
    )
    expect(responses[0]!.body).toBe('a/b, c/d')
  })
})

describe.concurrent('the target (S07, L01)', () => {
  it.each<[name: string, request: string, status: number]>([
    ['a fragment', `GET /a#b HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a space', `GET /a b HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a control', `GET /a\x01b HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['DEL', `GET /a\x7fb HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['raw UTF-8', `GET /\xc3\xa4 HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['no slash', `GET path HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['an asterisk with GET', `GET * HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['another host', `GET http://b.test/x HTTP/1.1\r\n${HOST}\r\n`, 421],
    ['a host that only starts alike', `GET http://a.test.evil/x HTTP/1.1\r\n${HOST}\r\n`, 421],
    ['another port', `GET http://a.test:81/x HTTP/1.1\r\n${HOST}\r\n`, 421],
    ['a user in the authority', `GET http://a.test@b.test/x HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['another scheme', `GET ftp://a.test/x HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['no authority', `GET http:///x HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['8 KiB and one byte', `GET /${'a'.repeat(8192)} HTTP/1.1\r\n${HOST}\r\n`, 414],
    ['far too long', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${HOST}\r\n`, 414],
  ])('answers once and closes: %s', async (_name, request, status) => {
    const { codes, closed } = await statuses(request)
    expect({ codes, closed }).toEqual({ codes: [status], closed: true })
  })

  it.each<[name: string, request: string, path: string]>([
    ['8 KiB', `GET /${'a'.repeat(8191)} HTTP/1.1\r\n${HOST}\r\n`, `/${'a'.repeat(8191)}`],
    ['an absolute target', `GET http://A.test/x?y HTTP/1.1\r\n${HOST}\r\n`, '/x'],
    ['an absolute target without a path', `GET http://a.test?y HTTP/1.1\r\n${HOST}\r\n`, '/'],
    ['two slashes', `GET //evil.test/x HTTP/1.1\r\n${HOST}\r\n`, '//evil.test/x'],
    ['the asterisk of OPTIONS', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, '*'],
  ])('takes %s', async (_name, request, path) => {
    const { responses } = await exchange(site.port, request)
    expect(responses).toHaveLength(1)
    expect(responses[0]).toMatchObject({ status: 200, body: path })
  })
})

describe.concurrent('the limits of the headers (L02)', () => {
  const many = (count: number): string => Array.from({ length: count }, (_, i) => `x${i}: y\r\n`).join('')

  it.each<[name: string, headers: string, status: number]>([
    ['100 headers', many(99), 200],
    ['101 headers', many(100), 431],
    ['2 001 headers', many(2000), 431],
    ['one of 8 KiB', `x: ${'y'.repeat(8191)}\r\n`, 200],
    ['one over 8 KiB', `x: ${'y'.repeat(8192)}\r\n`, 431],
    ['15 KiB together', `${`x: ${'y'.repeat(5000)}\r\n`.repeat(3)}`, 200],
    ['over 16 KiB together', `${`x: ${'y'.repeat(6000)}\r\n`.repeat(3)}`, 431],
    ['100 KiB together', `x: ${'y'.repeat(100_000)}\r\n`, 431],
  ])('%s', async (_name, headers, status) => {
    const { codes } = await statuses(`GET / HTTP/1.1\r\n${HOST}${headers}\r\n`, '')
    expect(codes).toEqual([status])
  })

  it('can be set', async () => {
    await using small = await testServer(() => new Response('ok'), {
      limits: { maxTargetBytes: 20, maxHeaderCount: 2, maxHeaderLineBytes: 30, maxHeaderBytes: 45 },
    })
    const send = async (request: string): Promise<number> =>
      (await exchange(small.port, request, { quiet: 50 })).responses[0]!.status
    expect(
      await Promise.all([
        send(`GET / HTTP/1.1\r\n${HOST}\r\n`),
        send(`GET /${'a'.repeat(20)} HTTP/1.1\r\n${HOST}\r\n`),
        send(`GET / HTTP/1.1\r\n${HOST}a: b\r\nc: d\r\n\r\n`),
        send(`GET / HTTP/1.1\r\n${HOST}a: ${'b'.repeat(30)}\r\n\r\n`),
        send(`GET / HTTP/1.1\r\n${HOST}a: ${'b'.repeat(27)}\r\n\r\n`),
      ]),
    ).toEqual([200, 414, 431, 431, 431])
  })
})

describe.concurrent('what is no plain request (S20)', () => {
  it('refuses CONNECT and closes', async () => {
    const { codes, closed } = await statuses('CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n')
    expect({ codes, closed }).toEqual({ codes: [405], closed: true })
  })

  it('ignores an upgrade that it does not know', async () => {
    const upgrade = `GET / HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    const { responses } = await exchange(site.port, [upgrade, `GET /second HTTP/1.1\r\n${HOST}\r\n`])
    expect(responses.map((response) => response.body)).toEqual(['/', '/second'])
  })

  it('refuses an expectation that it does not know', async () => {
    const { codes, closed } = await statuses(`GET / HTTP/1.1\r\n${HOST}Expect: the-unexpected\r\n\r\n`)
    expect({ codes, closed }).toEqual({ codes: [417], closed: true })
  })

  it('refuses a method that HTTP does not have', async () => {
    expect((await statuses(`JUMP / HTTP/1.1\r\n${HOST}\r\n`, '')).codes).toEqual([400])
  })
})
