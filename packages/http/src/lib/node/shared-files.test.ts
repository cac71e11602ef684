import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedFiles } from '../../files-node.ts'
import { Response } from '../../index.ts'
import { Client } from '../../test.ts'

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'phial-shared-'))
  mkdirSync(join(root, 'static/css'), { recursive: true })
  writeFileSync(join(root, 'static/css/site.css'), 'b {}')
  writeFileSync(join(root, 'static/app.js.map'), '{}')
  writeFileSync(join(root, 'secret.txt'), 'secret')
})

afterAll(() => rmSync(root, { recursive: true }))

function makeClient(options = {}): Client {
  const app = (): Response => new Response('of the application')
  return new Client(sharedFiles(app, { '/static/': join(root, 'static') }, options))
}

describe('sharedFiles', () => {
  it('serves files, and leaves all else to the application', async () => {
    const client = makeClient()
    const file = await client.get('/static/css/site.css')
    expect(file.text).toBe('b {}')
    expect(file.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
    expect(file.headers.get('Cache-Control')).toContain('max-age=43200')
    for (const path of ['/', '/static', '/static/none.css', '/staticcss/site.css', '/static/css']) {
      expect((await client.get(path)).text, path).toBe('of the application')
    }
    expect((await client.post('/static/css/site.css')).text).toBe('of the application')
  })

  it('S30: serves nothing outside of its folders', async () => {
    const client = makeClient()
    for (const path of ['/static/../secret.txt', '/static/%2e%2e/secret.txt', '/static/..%2fsecret.txt']) {
      expect((await client.get(path)).text, path).toBe('of the application')
    }
  })

  it('can keep names to itself, and set how long files are kept', async () => {
    const client = makeClient({ disallow: ['.map'], maxAge: 60 })
    expect((await client.get('/static/app.js.map')).text).toBe('of the application')
    expect((await client.get('/static/css/site.css')).headers.get('Cache-Control')).toContain('max-age=60')
  })
})
