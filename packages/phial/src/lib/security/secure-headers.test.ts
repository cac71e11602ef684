import { describe, expect, it } from 'vitest'
import { html, Phial, reply } from '../../index.ts'
import { cspNonce, NONCE, type SecureHeadersOptions, setSecureHeaders } from '../../security.ts'

function createApp(options?: SecureHeadersOptions): Phial {
  const app = new Phial('test', { staticFolder: null })
  setSecureHeaders(app, options)
  app.get('/', () => 'hello')
  app.get('/script', () => html`<script nonce="${cspNonce()}" data-again="${cspNonce()}"></script>`)
  app.get('/own', () =>
    reply('', { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "default-src 'none'" }),
  )
  return app
}

describe('S95: headers that make browsers careful', () => {
  it('come with every response, errors too', async () => {
    const client = createApp().testClient()
    for (const path of ['/', '/missing']) {
      const { headers } = await client.get(path)
      expect([
        headers.get('X-Content-Type-Options'),
        headers.get('X-Frame-Options'),
        headers.get('Referrer-Policy'),
        headers.get('Cross-Origin-Opener-Policy'),
        headers.get('Content-Security-Policy'),
        headers.get('Strict-Transport-Security'),
      ]).toEqual(['nosniff', 'SAMEORIGIN', 'strict-origin-when-cross-origin', 'same-origin', null, null])
    }
  })

  it('can be left out; those of a view stay; HSTS goes over HTTPS', async () => {
    const app = createApp({
      frameOptions: null,
      referrerPolicy: null,
      crossOriginOpenerPolicy: null,
      strictTransportSecurity: 60,
      contentSecurityPolicy: { 'default-src': ["'self'"] },
    })
    const client = app.testClient()
    const own = await client.get('/own', { baseUrl: 'https://localhost' })
    expect(own.headers.toList().map(([name]) => name)).toEqual([
      'Content-Type',
      'X-Frame-Options',
      'Content-Security-Policy',
      'X-Content-Type-Options',
      'Strict-Transport-Security',
      'Content-Length',
    ])
    expect(own.headers.get('Content-Security-Policy')).toBe("default-src 'none'")
    expect(own.headers.get('Strict-Transport-Security')).toBe('max-age=60; includeSubDomains')
    expect((await client.get('/')).headers.has('Strict-Transport-Security')).toBe(false)
  })

  it('have a nonce for the scripts of a page, a new one each time, which no cache keeps', async () => {
    const client = createApp({
      contentSecurityPolicy: { 'default-src': ["'self'"], 'script-src': ["'self'", NONCE] },
      reportOnly: true,
    }).testClient()
    const seen = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const { headers, text } = await client.get('/script')
      const [, first, second] = /nonce="([^"]+)" data-again="([^"]+)"/.exec(text)!
      expect(first).toBe(second)
      expect(headers.get('Content-Security-Policy-Report-Only')).toBe(
        `default-src 'self'; script-src 'self' 'nonce-${first}'`,
      )
      expect(headers.get('Cache-Control')).toBe('no-store')
      seen.add(first!)
    }
    expect(seen.size).toBe(3)
    const plain = await client.get('/')
    expect(plain.headers.get('Content-Security-Policy-Report-Only')).toBe(
      "default-src 'self'; script-src 'self'",
    )
    expect(plain.headers.has('Cache-Control')).toBe(false)
  })

  it('take no two sources for one', () => {
    expect(() =>
      createApp({ contentSecurityPolicy: { 'default-src': ["'self' https://cdn.test"] } }),
    ).toThrow(/Write each source by itself/)
  })
})
