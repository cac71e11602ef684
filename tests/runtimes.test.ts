import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  environmentFor,
  findRuntime,
  ownNode,
  type Runtime,
  root,
  runCommand,
  startServer,
} from './support.ts'

// The built packages on every runtime that is installed in tools/runtimes.

const runtimes = [
  ownNode,
  ...['node20.19', 'node22', 'node24', 'node26', 'bun', 'deno'].map(findRuntime),
].filter((runtime) => runtime !== null)

const command = join(root, 'packages/phial/bin/phial.js')
const folder = join(root, 'examples/tutorial')

describe.each(runtimes)('on $name', (runtime) => {
  it('phial run serves the tutorial', async () => {
    const server = await startServer(
      runtime.path,
      [...flags(runtime), command, 'run', '--port', '0'],
      folder,
      environmentFor(runtime),
    )
    try {
      const page = await fetch(`${server.url}/capitalize/${encodeURIComponent('<phial>')}`)
      expect(page.status).toBe(200)
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await page.text()).toBe('<h1>&lt;PHIAL&gt;</h1>')
      expect(await (await fetch(`${server.url}/add/20/22`)).text()).toBe('<h1>42</h1>')
      expect((await fetch(`${server.url}/users/9`)).status).toBe(404)
      expect((await fetch(`${server.url}/add/1/2`, { method: 'POST', body: 'a=1' })).status).toBe(405)
      const redirect = await fetch(`${server.url}/about`, { redirect: 'manual' })
      expect([redirect.status, redirect.headers.get('location')]).toEqual([308, `${server.url}/about/`])
      // Bun and Deno keep connections in their own way.
      if (runtime.name.startsWith('node')) expect(page.headers.get('keep-alive')).toBe('timeout=5')
      const head = await fetch(`${server.url}/`, { method: 'HEAD' })
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '22'])
    } finally {
      expect(await server.stop()).toBe(0)
    }
    expect(server.output()).not.toMatch(/warning/i)
  })
})

describe.each(runtimes)('on $name', (runtime) => {
  it('Flaskr registers a user, logs in and shows a post', async () => {
    const data = mkdtempSync(join(tmpdir(), 'flaskr-'))
    const env = { ...environmentFor(runtime), FLASKR_DATABASE: join(data, 'flaskr.sqlite') }
    const flaskr = join(root, 'examples/flaskr')
    runCommand(runtime.path, [...flags(runtime), command, 'init-db'], flaskr, env)
    const server = await startServer(
      runtime.path,
      [...flags(runtime), command, 'run', '--port', '0'],
      flaskr,
      env,
    )
    try {
      const submit = (path: string, form: Record<string, string>, cookie = ''): Promise<Response> =>
        fetch(server.url + path, {
          method: 'POST',
          redirect: 'manual',
          headers: { Origin: server.url, Cookie: cookie },
          body: new URLSearchParams(form),
        })
      const user = { username: 'ann', password: 'secret' }
      expect((await submit('/auth/register', user)).headers.get('location')).toBe('/auth/login')
      const login = await submit('/auth/login', user)
      const cookie = login.headers.get('set-cookie')!.split(';')[0]!
      expect((await submit('/create', { title: 'Hello', body: 'World' }, cookie)).status).toBe(302)
      expect(await (await fetch(server.url)).text()).toMatch(
        /<h2>Hello<\/h2>\s*<p class="about">by ann on 20/,
      )
    } finally {
      expect(await server.stop()).toBe(0)
      rmSync(data, { recursive: true, force: true })
    }
  })
})

function flags({ name }: Runtime): string[] {
  return name === 'deno' ? ['run', '--allow-all', '--node-modules-dir=manual'] : []
}
