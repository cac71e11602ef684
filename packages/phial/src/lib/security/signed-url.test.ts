import { afterEach, describe, expect, it, vi } from 'vitest'
import { Phial } from '../../index.ts'
import { requireSignedUrl, signedUrlFor } from '../../security.ts'

function createApp(): Phial {
  const app = new Phial('test', { staticFolder: null, config: { SECRET_KEY: 'a secret key of tests' } })
  app.get('/files/<name>', { endpoint: 'file' }, ({ name }) => {
    requireSignedUrl()
    return `content of ${name}`
  })
  app.get('/link/<name>', ({ name }, { request }) =>
    signedUrlFor('file', { name, v: request.args.get('v') }, { expiresIn: '1h', anchor: 'top' }),
  )
  return app
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a signed URL', () => {
  it('is good for its view, for its time', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-01-01T00:00:00Z') })
    const client = createApp().testClient()
    const url = (await client.get('/link/a%20b.pdf?v=1')).text
    expect(url).toMatch(/^\/files\/a%20b\.pdf\?v=1&expires=1704070800&signature=[\w-]{43}#top$/)
    const target = url.replace('#top', '')
    expect((await client.get(target)).text).toBe('content of a b.pdf')
    vi.setSystemTime(new Date('2024-01-01T01:00:00Z'))
    const late = await client.get(target)
    expect([late.status, late.text.includes('The link has expired.')]).toEqual([403, true])
  })

  it('is good under the path where the application is mounted, and with a host', async () => {
    const app = createApp()
    app.config.TRUSTED_HOSTS = ['example.com', 'localhost']
    app.get('/external', () => signedUrlFor('file', { name: 'x' }, { external: true }))
    const client = app.testClient({ baseUrl: 'http://example.com/app' })
    const url = (await client.get('/external')).text
    expect(url).toMatch(/^http:\/\/example\.com\/app\/files\/x\?signature=/)
    expect((await client.get(url.replace('http://example.com/app', ''))).text).toBe('content of x')
    expect((await app.testClient().get(url.replace('http://example.com/app', ''))).status).toBe(403)
  })

  it.each<[string, (url: string) => string]>([
    ['another path', (url) => url.replace('secret', 'other')],
    ['a later end', (url) => url.replace(/expires=\d+/, 'expires=99999999999')],
    ['no end', (url) => url.replace(/&?expires=\d+/, '')],
    ['another signature', (url) => `${url.slice(0, -3)}xxx`],
    ['no signature', (url) => url.replace(/&signature=.*/, '')],
    ['an argument behind the signature', (url) => `${url}&v=2`],
    ['two signatures', (url) => `${url}&signature=x`],
    ['an argument before it', (url) => url.replace('?', '?v=2&')],
    ['another name for the signature', (url) => url.replace('&signature', '&xsignature')],
  ])('S55: is refused with %s', async (_what, change) => {
    const client = createApp().testClient()
    const url = (await client.get('/link/secret')).text.replace('#top', '')
    expect((await client.get(url)).status).toBe(200)
    expect((await client.get(change(url))).status).toBe(403)
  })

  it('is read with former keys, and needs a key', async () => {
    const app = createApp()
    const client = app.testClient()
    const url = (await client.get('/link/x')).text.replace('#top', '')
    app.config.update({
      SECRET_KEY: 'a new secret key of tests',
      SECRET_KEY_FALLBACKS: ['a secret key of tests'],
    })
    expect((await client.get(url)).status).toBe(200)
    app.config.update({ SECRET_KEY: null, PROPAGATE_EXCEPTIONS: true })
    await expect(client.get('/link/x')).rejects.toThrow(/URLs cannot be signed without a SECRET_KEY/)
  })
})
