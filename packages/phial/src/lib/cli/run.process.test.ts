import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { packageFolder, phial, project, start } from '../../../test/process.ts'

const app = `import { Phial, urlFor } from 'phial'
const app = new Phial(import.meta)
app.get('/', { endpoint: 'home' }, () => urlFor('home', {}, { external: true }))
export default app
`
const certificate = join(packageFolder, 'test/certificate/cert.pem')
const key = join(packageFolder, 'test/certificate/key.pem')

/** The answer of a server whose certificate is that of the tests. */
function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca: readFileSync(certificate) }, (response) => {
      response.setEncoding('utf8').once('data', resolve)
    }).once('error', reject)
  })
}

describe('phial run --cert', () => {
  it('serves HTTPS', async () => {
    const server = await start(project({ 'app.js': app }), ['--cert', certificate, '--key', key])
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(await fetchText(`${server.url}/`)).toBe(`${server.url}/`)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })

  it('adhoc makes a certificate', async () => {
    const server = await start(project({ 'app.js': app }), ['--cert', 'adhoc', '--host', 'localhost'])
    const { host, port } = new URL(server.url)
    const names = await new Promise<string | undefined>((resolve, reject) => {
      const socket = connect({ host: 'localhost', port: Number(port), rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()!.subjectAltName)
        socket.destroy()
      }).once('error', reject)
    })
    expect(host).toMatch(/^localhost:/)
    expect(names).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  })

  it('says that certificate and key do not fit', () => {
    const { code, err } = phial(project({ 'app.js': app }), [
      'run',
      '-p',
      '0',
      '--cert',
      certificate,
      '--key',
      certificate,
    ])
    expect(code).toBe(1)
    expect(err).toMatch(/^Error: The certificate cannot be used with its key: .* Check --cert and --key\.\n$/)
  })
})

describe('phial run --prefix', () => {
  it('serves the application under a path', async () => {
    const server = await start(project({ 'app.js': app }), ['--prefix', '/shop/'])
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/shop$/)
    expect(await (await fetch(`${server.url}/`)).text()).toBe(`${server.url}/`)
    const other = await fetch(new URL('/', server.url))
    expect(other.status).toBe(404)
    expect(await other.text()).toContain('This server has its application at /shop.')
  })
})
