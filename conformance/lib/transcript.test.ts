import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { CookieJar } from './cookie-jar.ts'
import { readAnswer } from './http-answer.ts'
import { matchesTemplate } from './placeholders.ts'
import { obstacleTo } from './socket-gateway.ts'
import { expectedAnswer, type StepRequest, toStepRequest } from './transcript.ts'

const NOW = Date.UTC(2024, 0, 1)
const VALUES = { now: NOW, session: { session: { a: 1, b: [2] } }, fileEtag: undefined }

describe('matchesTemplate', () => {
  const json = Buffer.from('{"b":[2],"a":1}').toString('base64url')
  const packed = deflateSync('{"a":1,"b":[2]}').toString('base64url')
  const other = Buffer.from('{"a":2}').toString('base64url')

  it.each<[expected: string, actual: string, matches: boolean]>([
    ['plain', 'plain', true],
    ['plain', 'plain more', false],
    ['session=<session>; Path=/', `session=${json}.ZZIAgA.abc; Path=/`, true],
    ['session=<session>; Path=/', `session=.${packed}.ZZIAgA.abc; Path=/`, true],
    ['session=<session>; Path=/', `session=${other}.ZZIAgA.abc; Path=/`, false],
    ['session=<session>; Path=/', `session=${json}; Path=/`, false],
    ['sid=<session>', `sid=${json}.ZZIAgA.abc`, false],
    ['<file-etag>', '"abc"', true],
    ['<file-etag>', 'W/"abc"', false],
    ['<file-etag>', '"abc" x', false],
    ['Expires=<date:now+90>; x', 'Expires=Mon, 01 Jan 2024 00:01:30 GMT; x', true],
    ['<date:now+90>', 'Mon, 01 Jan 2024 00:02:30 GMT', true],
    ['<date:now+90>', 'Mon, 01 Jan 2024 00:02:31 GMT', false],
    ['<date:now-90>', 'Sun, 31 Dec 2023 23:58:30 GMT', true],
    ['<date:now>', '2024-01-01T00:00:00', false],
  ])('%s by %s: %s', (expected, actual, matches) => {
    expect(matchesTemplate(expected, actual, VALUES)).toBe(matches)
  })

  it('wants the entity tag that the file had before', () => {
    expect(matchesTemplate('<file-etag>', '"a"', { ...VALUES, fileEtag: '"a"' })).toBe(true)
    expect(matchesTemplate('<file-etag>', '"b"', { ...VALUES, fileEtag: '"a"' })).toBe(false)
  })
})

describe('CookieJar', () => {
  const target = { host: 'shop.test:8000', scheme: 'http', path: '/app/login' }
  const jarWith = (...cookies: string[]): CookieJar => {
    const jar = new CookieJar()
    jar.receive(
      cookies.map((cookie) => ['Set-Cookie', cookie]),
      target,
    )
    return jar
  }

  it.each<[cookie: string, sentTo: string]>([
    ['a=1; Path=/', 'a=1'],
    ['a=1', 'a=1'],
    ['a=1; Path=/app', 'a=1'],
    ['a=1; Path=/ap', ''],
    ['a=1; Path=/; Secure', ''],
    ['a=1; Path=/; Domain=.shop.test', 'a=1'],
    ['a=1; Path=/; Domain=other.test', ''],
    ['a="x=y"; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a="x=y"'],
    ['a=1; Path=/; Max-Age=0', ''],
  ])('%s sends %j back', (cookie, sent) => {
    expect(jarWith(cookie).headerFor(target)).toBe(sent)
  })

  it('sends a cookie of one host to no other, and one of a domain to all below it', () => {
    const jar = jarWith('own=1; Path=/', 'all=2; Path=/; Domain=shop.test')
    expect(jar.headerFor({ ...target, host: 'www.shop.test' })).toBe('all=2')
    expect(jar.headerFor({ ...target, host: 'myshop.test' })).toBe('')
  })

  it('forgets a cookie that is deleted', () => {
    expect(jarWith('a=1; Path=/', 'b=2; Path=/', 'a=; Path=/; Max-Age=0').headerFor(target)).toBe('b=2')
  })
})

describe('toStepRequest', () => {
  it('puts captured values and the cookies of the client into the headers', () => {
    const request = {
      method: 'POST',
      url: '/x',
      headers: [
        ['If-Match', '$'.concat('{tag}')],
        ['Cookie', 'a=1'],
      ] as [string, string][],
      body: 'YWI=',
    }
    const step = { step: 2, request, response: { status: 200, headers: [] } }
    expect(toStepRequest(step, new Map([['tag', '"t"']]), 'b=2')).toMatchObject({
      headers: [
        ['If-Match', '"t"'],
        ['Cookie', 'a=1; b=2'],
        ['Content-Length', '2'],
      ],
      host: 'localhost',
      remoteAddr: '127.0.0.1',
      scriptName: '',
    })
    expect(() => toStepRequest(step, new Map(), '')).toThrow(/\$\{tag\}/)
  })
})

describe('expectedAnswer', () => {
  it('takes what the released versions do, the text in place of the bytes', () => {
    const response = { status: 303, headers: [], body: 'YQ==', body_text: 'a' }
    const step = { step: 1, request: { method: 'GET', url: '/' }, response }
    expect(expectedAnswer({ ...step, differs_in_3_1: { status: 302 } })).toMatchObject({
      status: 302,
      body: 'YQ==',
    })
    expect(expectedAnswer({ ...step, differs_in_3_1: { body_text: 'b' } })).toEqual({
      status: 303,
      headers: [],
      body_text: 'b',
    })
  })
})

describe('readAnswer', () => {
  const read = (text: string, { isHead = false, isEnd = false } = {}) => {
    const answer = readAnswer(Buffer.from(text), { isHead, isEnd })
    return answer === null
      ? null
      : [answer.status, answer.headers.length, Buffer.from(answer.body).toString()]
  }

  it.each<[text: string, answer: unknown]>([
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', [200, 1, 'ab']],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 400', [200, 1, 'ab']],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n', [200, 1, 'abc']],
    ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n', [204, 0, '']],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', null],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n', null],
    ['HTTP/1.1 200 OK\r\nContent-Length', null],
    ['HTTP/1.1 200 OK\r\n\r\nab', null],
  ])('%j', (text, answer) => {
    expect(read(text)).toEqual(answer)
  })

  it('reads an answer of unknown length to the end of the connection, and none for HEAD', () => {
    expect(read('HTTP/1.1 200 OK\r\n\r\nab', { isEnd: true })).toEqual([200, 0, 'ab'])
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', { isHead: true })).toEqual([200, 1, ''])
  })
})

describe('obstacleTo', () => {
  const plain: StepRequest = {
    method: 'GET',
    url: '/a/../b',
    headers: [],
    body: null,
    host: 'a.test:80',
    scheme: 'http',
    remoteAddr: '127.0.0.1',
    scriptName: '',
  }

  it.each<[change: Partial<StepRequest>, obstacle: RegExp]>([
    [{ method: 'BREW' }, /BREW/],
    [{ url: '/a b' }, /path/],
    [{ host: 'bad host<>' }, /Host/],
    [{ headers: [['X', 'a\u0001']] }, /control/],
    [{ headers: [['Content-Length', '5']], body: new Uint8Array(9) }, /long/],
    [{ headers: [['Expect', 'x']] }, /Expect/],
  ])('%j cannot be sent to a server', (change, obstacle) => {
    expect(obstacleTo({ ...plain, ...change })).toMatch(obstacle)
  })

  it('lets odd paths go over the wire', () => {
    expect(obstacleTo(plain)).toBeNull()
    expect(obstacleTo({ ...plain, url: '//x/%2e%2e/?a=%zz' })).toBeNull()
  })
})
