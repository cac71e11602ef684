import { describe, expect, it } from 'vitest'
import { Blueprint, Phial, reply } from '../../index.ts'
import { CsrfError, type CsrfOptions, csrfToken, protectFromCsrf } from '../../security.ts'

function createApp(options?: CsrfOptions): Phial {
  const app = new Phial('test', { staticFolder: null, config: { SECRET_KEY: 'a secret key' } })
  protectFromCsrf(app, options)
  app.get('/', () => csrfToken())
  app.route('/', { methods: ['POST', 'PUT', 'DELETE'], endpoint: 'change' }, () => 'changed')
  app.post('/hook', { endpoint: 'hook' }, () => 'called')
  return app
}

describe('S62: a request that changes something', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from this site', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost' }, 200],
    ['typed by the user', { 'Sec-Fetch-Site': 'none' }, 200],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' }, 403],
    ['from another site that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    [
      'from another host of this site',
      { 'Sec-Fetch-Site': 'same-site', Origin: 'http://other.localhost' },
      403,
    ],
    ['from a trusted origin', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://admin.test' }, 200],
    ['with a site that is no word', { 'Sec-Fetch-Site': 'Same-Origin' }, 403],
    ['from this origin, by an old browser', { Origin: 'http://localhost' }, 200],
    ['from another origin, by an old browser', { Origin: 'https://evil.test' }, 403],
    ['from this host over another scheme', { Origin: 'https://localhost' }, 403],
    ['from another port', { Origin: 'http://localhost:8000' }, 403],
    ['from the origin null', { Origin: 'null' }, 403],
    ['with a cookie, and no word where it comes from', { Cookie: 'session=x' }, 403],
    ['with credentials, and no word where it comes from', { Authorization: 'Basic eA==' }, 403],
    ['of a program without cookies', {}, 200],
  ])('%s', async (_what, headers, status) => {
    const client = createApp({ trustedOrigins: ['https://admin.test'] }).testClient()
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await client.open('/', { method, headers })).status, method).toBe(status)
    }
    expect((await client.get('/', { headers })).status).toBe(200)
  })

  it('is let through with the token of the session, in a form or a header', async () => {
    const client = createApp().testClient()
    const token = (await client.get('/')).text
    const other = (await client.get('/')).text
    expect(token).toMatch(/^[0-9a-f]{128}$/)
    expect(other).not.toBe(token)
    expect((await client.post('/', { form: { csrf_token: token } })).status).toBe(200)
    expect((await client.put('/', { headers: { 'X-CSRFToken': other } })).status).toBe(200)
    expect((await client.put('/', { headers: { 'X-CSRF-Token': other } })).status).toBe(200)
  })

  it.each([
    ['no token', ''],
    ['a token that is none', 'x'.repeat(128)],
    ['a token of another session', 'other'],
    ['a token that is cut off', 'cut'],
  ])('is refused with %s', async (_what, token) => {
    const app = createApp()
    const client = app.testClient()
    const own = (await client.get('/')).text
    const sent = { other: (await app.testClient().get('/')).text, cut: own.slice(0, 126) }[token] ?? token
    const response = await client.post('/', { form: { csrf_token: sent } })
    expect(response.status).toBe(403)
    expect(response.text).toContain('Load the page again')
  })

  it('does not count a token in the query', async () => {
    const client = createApp().testClient()
    const token = (await client.get('/')).text
    expect((await client.post(`/?csrf_token=${token}`)).status).toBe(403)
  })

  it('can be exempt, has its own error, and can be checked in a blueprint alone', async () => {
    const app = createApp({ exempt: ['hook'] })
    const headers = { Origin: 'https://evil.test' }
    app.errorHandler(CsrfError, (error) => reply(`refused: ${error.description}`, 400))
    expect((await app.testClient().post('/hook', { headers })).status).toBe(200)
    expect((await app.testClient().post('/', { headers })).text).toContain('refused: The request comes from')

    const other = new Phial('other')
    const forms = new Blueprint('forms', null, { urlPrefix: '/<lang>' })
    protectFromCsrf(forms)
    forms.post('/', () => '')
    other.post('/api', () => '')
    other.registerBlueprint(forms)
    const client = other.testClient()
    expect((await client.post('/en/', { headers })).status).toBe(403)
    expect((await client.post('/api', { headers })).status).toBe(200)
  })

  it('needs origins that are origins', () => {
    expect(() => createApp({ trustedOrigins: ['example.com'] })).toThrow(
      /A trusted origin is a scheme and a host/,
    )
  })

  it('makes pages with a token vary with the cookie', async () => {
    const response = await createApp().testClient().get('/')
    expect(response.headers.get('Vary')).toBe('Cookie')
  })
})
