import { describe, expect, it } from 'vitest'
import { getHost, hostIsTrusted, isValidHost } from './host.ts'

describe('getHost', () => {
  it.each([
    ['http', 'example.org', 'example.org'],
    ['http', 'example.org:80', 'example.org'],
    ['https', 'example.org:443', 'example.org'],
    ['wss', '[::1]:443', '[::1]'],
    ['https', 'example.org:80', 'example.org:80'],
    ['http', 'localhost:5000', 'localhost:5000'],
    ['http', 'x.test.', 'x.test.'],
  ])('%s, %s: %s', (scheme, header, expected) => {
    expect(getHost(scheme, header)).toBe(expected)
  })

  it.each([
    '',
    'localhost:80:80',
    'a/b',
    'a@b',
    'a b',
    'x_y',
    'ü.test',
    'a:',
    'a:x',
    'a:0',
    'a:65536',
    'a:99999999999999999999',
    '[::1',
    '[]',
    '[::1]x',
    '[g::1]',
    '[1.2.3.4]',
    'a#b',
    'a\\b',
    'a%41',
    'a\r\n',
  ])('does not take %j for a host (S06)', (header) => {
    expect(getHost('http', header)).toBe('')
    expect(isValidHost(header)).toBe(false)
  })

  it('falls back on the address of the server', () => {
    expect(getHost('http', null, ['srv', 5000])).toBe('srv:5000')
    expect(getHost('https', null, ['::1', 443])).toBe('[::1]')
    expect(getHost('http', null, ['/run/app.sock', null])).toBe('')
    expect(getHost('http', null)).toBe('')
    expect(getHost('http', null, null, ['x.test'])).toBe('')
  })

  it.each([
    ['http', 'x.test:80', 'x.test'],
    ['https', '[::1]:443', '[::1]'],
    ['https', 'x.test:80', 'x.test:80'],
  ])('names the host of %s://%s without the port of the scheme', (scheme, header, shown) => {
    expect(() => getHost(scheme, header, null, ['y.test'])).toThrow(`Host '${shown}' is not trusted.`)
  })

  it('refuses hosts that are not trusted (S06)', () => {
    expect(getHost('http', 'a.x.test:80', null, ['.x.test'])).toBe('a.x.test')
    for (const header of ['evil.test', '', 'x.test:80:80', 'x.test@evil.test']) {
      expect(() => getHost('http', header, null, ['x.test'])).toThrow(
        expect.objectContaining({ name: 'SecurityError', code: 400 }),
      )
    }
  })
})

describe('hostIsTrusted', () => {
  it.each([
    ['a.test', ['a.test'], true],
    ['a.test:8080', ['a.test:90'], true],
    ['b.a.test', ['.a.test'], true],
    ['a.test', ['.a.test'], true],
    ['ba.test', ['.a.test'], false],
    ['b.a.test', ['a.test'], false],
    ['xn--bcher-kva.test', ['bücher.test'], true],
    ['[::1]:5000', ['[::1]'], true],
    ['[::2]', ['[::1]'], false],
    ['', ['a'], false],
    ['a b', null, false],
    [null, null, false],
    ['a.test', null, true],
    ['a.test', ['ü x', 'a.test'], true],
  ])('%j on %j: %s (S06)', (host, list, expected) => {
    expect(hostIsTrusted(host, list)).toBe(expected)
  })
})
