import { describe, expect, it } from 'vitest'
import { type AccessRules, decideAccess, type RequestHead, refuseCall, refusePage } from './guard.ts'

const rules: AccessRules = { isPublic: false, trustedHosts: [] }

function head(headers: Record<string, string | null> = {}, parts: Partial<RequestHead> = {}): RequestHead {
  const all = new Headers()
  const given = {
    host: 'localhost:5000',
    origin: 'http://localhost:5000',
    'content-type': 'application/json',
    'content-length': '10',
    'sec-fetch-site': 'same-origin',
    ...headers,
  }
  for (const [name, value] of Object.entries(given)) if (value !== null) all.set(name, value)
  return { method: 'POST', url: 'http://localhost:5000/', remoteAddr: '127.0.0.1', headers: all, ...parts }
}

describe('S120 what a client may see', () => {
  it.each<[string, RequestHead, string]>([
    ['this machine', head(), 'all'],
    ['IPv6', head({ host: '[::1]:5000' }, { remoteAddr: '::1' }), 'all'],
    ['IPv4 in IPv6', head({ host: '127.0.0.1' }, { remoteAddr: '::ffff:127.0.0.1' }), 'all'],
    ['a name below localhost', head({ host: 'app.LOCALHOST:80' }), 'all'],
    ['another machine', head({}, { remoteAddr: '192.168.1.7' }), 'nothing'],
    ['another machine that looks like this one', head({}, { remoteAddr: '127.0.0.1.evil' }), 'nothing'],
    ['a Unix socket', head({}, { remoteAddr: null }), 'stack'],
    ['a runtime that does not tell', head({}, { remoteAddr: undefined as never }), 'stack'],
  ])('%s', (_name, request, access) => {
    expect(decideAccess(request, rules).access).toBe(access)
  })

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:5000',
    '127.0.0.1.nip.io',
    '[::2]',
    '192.168.1.7',
    'local host',
    '',
  ])('S121 a name that points here by DNS rebinding: %s', (host) => {
    expect(decideAccess(head({ host: host === '' ? null : host }), rules).access).toBe('nothing')
    expect(
      refuseCall(head({ host: host === '' ? null : host, origin: `http://${host}` }), rules)!.status,
    ).toBe(400)
    expect(refusePage(head({ host: host === '' ? null : host }, { method: 'GET' }), rules)!.status).toBe(400)
  })

  it.each([
    'Forwarded',
    'X-Forwarded-For',
    'X-Forwarded-Proto',
    'X-Forwarded-Host',
    'X-Real-IP',
    'Via',
    'CF-Connecting-IP',
  ])('S120 nothing behind a proxy: %s', (name) => {
    const { access, reason } = decideAccess(head({ [name]: '127.0.0.1' }), rules)
    expect([access, reason]).toEqual(['nothing', expect.stringContaining(name.toLowerCase())])
    expect(refuseCall(head({ [name]: 'x' }), rules)!.status).toBe(403)
  })

  it('S125 a server that other machines reach shows the stack alone', () => {
    const open: AccessRules = { ...rules, isPublic: true }
    expect(decideAccess(head(), open).access).toBe('stack')
    expect(decideAccess(head({ host: '192.168.1.2:5000' }, { remoteAddr: '192.168.1.7' }), open).access).toBe(
      'stack',
    )
    expect(decideAccess(head({ host: 'rebound.example' }), open).access).toBe('nothing')
    expect(refuseCall(head(), open)!.status).toBe(403)
    expect(refusePage(head({}, { method: 'GET' }), open)!.status).toBe(403)
  })

  it('hosts that the developer trusts', () => {
    const trusting: AccessRules = { ...rules, trustedHosts: ['app.test', '.dev.test'] }
    for (const host of ['app.test:5000', 'dev.test', 'a.b.dev.test']) {
      expect(decideAccess(head({ host }), trusting).access).toBe('all')
    }
    expect(decideAccess(head({ host: 'xapp.test' }), trusting).access).toBe('nothing')
    expect(decideAccess(head({ host: 'xdev.test' }), trusting).access).toBe('nothing')
  })
})

describe('S120 a call of the page', () => {
  it('is let through', () => {
    expect(refuseCall(head(), rules)).toBeNull()
    expect(
      refuseCall(head({ 'sec-fetch-site': null, 'content-type': 'Application/JSON; charset=utf-8' }), rules),
    ).toBeNull()
  })

  it.each<[string, RequestHead, number]>([
    ['GET', head({}, { method: 'GET' }), 405],
    ['a form of another site', head({ 'content-type': 'text/plain' }), 415],
    ['a type that only begins so', head({ 'content-type': 'application/json-x' }), 415],
    ['no type', head({ 'content-type': null }), 415],
    ['another origin', head({ origin: 'http://evil.example' }), 403],
    ['another port', head({ origin: 'http://localhost:5001' }), 403],
    ['a sandboxed page', head({ origin: 'null' }), 403],
    ['an origin with a name before it', head({ origin: 'http://x@localhost:5000' }), 403],
    ['no origin', head({ origin: null }), 403],
    ['another site', head({ 'sec-fetch-site': 'cross-site' }), 403],
    ['a sibling of the site', head({ 'sec-fetch-site': 'same-site' }), 403],
    ['no length', head({ 'content-length': null }), 411],
    ['too long', head({ 'content-length': '65537' }), 413],
    ['another machine', head({}, { remoteAddr: '10.0.0.1' }), 403],
  ])('%s', (_name, request, status) => {
    expect(refuseCall(request, rules)!.status).toBe(status)
  })
})

it('S121 a page is not for other sites', () => {
  const page = (headers: Record<string, string | null>): RequestHead => head(headers, { method: 'GET' })
  expect(refusePage(page({ 'sec-fetch-site': 'none' }), rules)).toBeNull()
  expect(refusePage(page({ 'sec-fetch-site': null }), rules)).toBeNull()
  expect(refusePage(page({ 'sec-fetch-site': 'cross-site' }), rules)!.status).toBe(403)
})
