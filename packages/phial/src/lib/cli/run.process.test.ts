import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
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

  it('adhoc asks the package selfsigned for a certificate', async () => {
    const folder = project({
      'app.js': app,
      'node_modules/selfsigned/package.json': '{ "name": "selfsigned", "main": "index.cjs" }',
      'node_modules/selfsigned/index.cjs': `const { readFileSync } = require('node:fs')
exports.generate = async (attributes, options) => {
  console.log(JSON.stringify([attributes, options.extensions]))
  return { cert: readFileSync(${JSON.stringify(certificate)}, 'utf8'), private: readFileSync(${JSON.stringify(key)}, 'utf8') }
}`,
    })
    const server = await start(folder, ['--cert', 'adhoc', '--host', 'localhost'])
    expect(await fetchText(`${server.url}/`)).toBe(`${server.url}/`)
    expect(JSON.parse(server.out.split('\n', 1)[0]!)).toEqual([
      [{ name: 'commonName', value: 'localhost' }],
      [
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
            { type: 7, ip: '::1' },
          ],
        },
      ],
    ])
  })

  it('says how to get what adhoc needs', () => {
    expect(phial(project({ 'app.js': app }), ['run', '--cert', 'adhoc'])).toEqual({
      code: 1,
      out: '',
      err: "Error: --cert adhoc needs the package 'selfsigned' to make a certificate. Install it: npm install --save-dev selfsigned.\n",
    })
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
