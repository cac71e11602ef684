import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { getCurrentUrl } from './current-url.ts'
import { hostToAscii, hostToUnicode } from './idna.ts'
import { iriToUri, uriToIri } from './iri.ts'
import { percentDecode } from './percent.ts'

describe('iriToUri', () => {
  it.each([
    ['', ''],
    ['/plain/path', '/plain/path'],
    ['http://☃.net/påth?q=èry%DF#ü', 'http://xn--n3h.net/p%C3%A5th?q=%C3%A8ry%DF#%C3%BC'],
    ['http://user:pä@ss@host:80/', 'http://user:p%C3%A4%40ss@host:80/'],
    ['HTTP://EX.com/A b', 'http://ex.com/A%20b'],
    ['/a|"<>\\%zz', '/a%7C%22%3C%3E%5C%zz'],
    ['//host/p', '//host/p'],
    ['http://[::1]:80/', 'http://[::1]:80/'],
    ['mailto:a@b', 'mailto:a@b'],
    ['?a=1', '?a=1'],
    ['http://%C3%BC.Example.com/', 'http://%C3%BC.Example.com/'],
    ['http://[FE80::1%Eth0]/', 'http://[fe80::1%Eth0]/'],
    ['http://host:/', 'http://host/'],
    ['http://host:065535/', 'http://host:65535/'],
    ['http://host:0/', 'http://host/'],
    ['\ud800', '%EF%BF%BD'],
  ])('writes %j as %s', (iri, uri) => {
    expect(iriToUri(iri)).toBe(uri)
  })

  it.each(['///evil.example', '////evil.example', '//\t/evil.example'])(
    'makes no host of the path %j (S34)',
    (iri) => {
      expect(iriToUri(iri)).toBe('/evil.example')
    },
  )

  it('refuses hosts that are none', () => {
    expect(() => iriToUri('http://ü x/')).toThrow('"ü x" is not a host name.')
  })

  it.each([
    ['http://host:a/', '"a" is not a port.'],
    ['http://user:a/b@host/', '"a" is not a port.'],
    ['http://host:-1/', '"-1" is not a port.'],
    ['http://host:65536/', '"65536" is not a port.'],
  ])('refuses the port of %j', (iri, message) => {
    expect(() => iriToUri(iri)).toThrow(message)
  })

  it('gives ASCII, and the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const uri = iriToUri(`/${text}`)
        expect(uri).toMatch(/^[\x21-\x7e]*$/)
        expect(iriToUri(uri)).toBe(uri)
      }),
    )
  })
})

describe('uriToIri', () => {
  it.each([
    ['http://xn--n3h.net/p%C3%A5th?q=%C3%A8ry%DF', 'http://☃.net/påth?q=èry%DF'],
    ['/%2F%3f%23%25%20%00%7F', '/%2F%3f%23%25%20%00%7F'],
    ['/?%26%3D%2B%23%2F', '/?%26%3D%2B%23/'],
    ['http://us%C3%BCer:p%40ss@host/', 'http://usüer:p%40ss@host/'],
    ['/%ff%c3%28', '/%FF%C3('],
    ['/%f0%9f%98%80%ed%a0%80', '/😀%ED%A0%80'],
    ['http://xn--bogus-.net/', 'http://xn--bogus-.net/'],
    ['%zz', '%zz'],
  ])('writes %s as %s', (uri, iri) => {
    expect(uriToIri(uri)).toBe(iri)
  })

  it('throws for nothing, in linear time (R27)', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof uriToIri(text) === 'string'))
    for (const piece of ['%', '%c3', '%41', '#', '/', '@', ':', 'xn--a.', 'xn--']) {
      expect(growthOf((n) => uriToIri(`http://${piece.repeat(n)}`))).toBeLessThan(1.7)
    }
  })
})

describe('host names', () => {
  it.each([
    ['bücher.test', 'xn--bcher-kva.test'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['faß.de', 'xn--fa-hia.de'],
    ['a.test', 'a.test'],
  ])('%s is %s', (unicode, ascii) => {
    expect(hostToAscii(unicode)).toBe(ascii)
    expect(hostToUnicode(ascii)).toBe(unicode)
  })

  it.each([
    'xn--',
    'xn--a',
    'xn--99999999',
    'xn--aa-',
    'xn--n3h_',
    'xn--80ak6aa92e\u00e9',
    `xn--${'a'.repeat(70)}`,
  ])('leaves %s as it is', (host) => {
    expect(hostToUnicode(host)).toBe(host)
  })
})

describe('percentDecode', () => {
  it.each([
    ['/a b', '/a b'],
    ['/%C3%BC%2F', '/ü/'],
    ['/%C3%BC%ff%', '/ü%FF%'],
    ['+', '+'],
  ])('%s is %s', (text, expected) => {
    expect(percentDecode(text)).toBe(expected)
  })
})

describe('getCurrentUrl', () => {
  it.each([
    [{}, 'http://h.test/'],
    [{ rootPath: '/app/' }, 'http://h.test/app/'],
    [{ rootPath: '', path: '//x' }, 'http://h.test/x'],
    [{ rootPath: '/r', path: '/a?ü', queryString: 'q=%C3%BC' }, 'http://h.test/r/a%3Fü?q=ü'],
  ])('of %j is %s', (parts, expected) => {
    expect(getCurrentUrl('http', 'h.test', parts)).toBe(expected)
  })
})
