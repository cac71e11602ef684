import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Authorization, parseAuthorization } from './authorization.ts'
import { parseWwwAuthenticate, WwwAuthenticate } from './www-authenticate.ts'

describe('parseAuthorization', () => {
  it.each([
    ['Basic dXNlcjpwYTpzcw==', 'user', 'pa:ss'],
    ['BASIC dXNlcg==', 'user', ''],
    ['basic w7w6w58=', 'ü', 'ß'],
    ['Basic', '', ''],
    ['Basic !!!', '', ''],
    ['Basic dXNl!cjp4', 'user', 'x'],
    ['Basic YTo= ignored', 'a', ''],
  ])('reads %s', (header, username, password) => {
    const authorization = parseAuthorization(header)
    expect([authorization?.username, authorization?.password]).toEqual([username, password])
  })

  it.each([null, '', 'Basic YQ', 'Basic /Dp4', 'Basic a'])('does not read %j', (header) => {
    expect(parseAuthorization(header)).toBeNull()
  })

  it('reads tokens and parameters', () => {
    const bearer = parseAuthorization('Bearer abc.def==')!
    expect([bearer.type, bearer.token, bearer.parameters.size]).toEqual(['bearer', 'abc.def==', 0])
    const digest = parseAuthorization('Digest username="a", qop=auth, nc=1')!
    expect([digest.token, digest.username, digest.get('qop'), digest.get('x')]).toEqual([
      null,
      'a',
      'auth',
      null,
    ])
  })

  it('writes what it reads', () => {
    for (const header of ['Basic dXNlcjpwYTpzcw==', 'Bearer abc', 'Digest a=b, c="d e"']) {
      expect(parseAuthorization(header)?.toHeader()).toBe(header)
    }
    expect(new Authorization('basic', { username: 'ü', password: 'ß' }).toHeader()).toBe('Basic w7w6w58=')
    expect(() => new Authorization('bearer', null, 'a\r\nb').toHeader()).toThrow(TypeError)
  })

  it('keeps credentials out of logs (S23)', () => {
    const shown = inspect(new Authorization('basic', { username: 'u', password: 'secret' }))
    expect(shown).toBe('Basic …')
  })
})

describe('WwwAuthenticate', () => {
  it.each([
    ['Basic realm=foo', 'basic', 'Basic realm=foo'],
    [
      'Digest realm="a", nonce="n", stale=TRUE, qop="auth"',
      'digest',
      'Digest realm="a", nonce="n", stale=TRUE, qop="auth"',
    ],
    ['negotiate token==', 'negotiate', 'Negotiate token=='],
  ])('reads %s', (header, type, written) => {
    const challenge = WwwAuthenticate.fromHeader(header)
    expect([challenge?.type, challenge?.toHeader()]).toEqual([type, written])
  })

  it('writes schemes in title case, with what there is', () => {
    expect(new WwwAuthenticate('Bearer').toHeader()).toBe('Bearer')
    expect(new WwwAuthenticate('custom-2x', { a: 'b', c: null }).toHeader()).toBe('Custom-2X a=b, c')
    expect(new WwwAuthenticate('bearer', null, { token: 'tok' }).toHeader()).toBe('Bearer tok')
    expect(WwwAuthenticate.fromHeader(null)).toBeNull()
  })

  it('writes itself back', () => {
    const seen: string[] = []
    const challenge = parseWwwAuthenticate(null, (changed) => seen.push(changed.toHeader()))
    challenge.realm = 'My site'
    challenge.parameters.set('charset', 'UTF-8')
    challenge.type = 'Digest'
    challenge.realm = null
    challenge.token = 'x'
    expect(seen).toEqual([
      'Basic realm="My site"',
      'Basic realm="My site", charset=UTF-8',
      'Digest realm="My site", charset=UTF-8',
      'Digest charset=UTF-8',
      'Digest x',
    ])
    expect([challenge.get('charset'), challenge.has('realm')]).toEqual(['UTF-8', false])
  })

  it('refuses controls (S18)', () => {
    expect(() => new WwwAuthenticate('digest', { realm: 'a\r\nb' }).toHeader()).toThrow(TypeError)
    expect(() => new WwwAuthenticate('basic', { realm: 'a\r\nb' }).toHeader()).toThrow(TypeError)
  })
})
