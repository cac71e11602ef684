import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from './chromium.ts'
import { environmentFor, ownNode, root, type StartedServer, startServer } from './support.ts'

// The tutorial as a user sees it: `phial run`, and a browser.

describe.skipIf(chromiumPath === undefined)('the tutorial in a browser', () => {
  let server: StartedServer
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    const command = join(root, 'packages/phial/bin/phial.js')
    const folder = join(root, 'examples/tutorial')
    server = await startServer(ownNode.path, [command, 'run', '--port', '0'], folder, environmentFor(ownNode))
    browser = await launchChromium()
    page = await browser.newPage({ baseURL: server.url })
    page.on('pageerror', (error) => problems.push(error.message))
  })

  afterAll(async () => {
    await browser?.close()
    expect(await server?.stop()).toBe(0)
  })

  it.each([
    ['/', 'h1', 'Hello, World!'],
    ['/capitalize/straße', 'h1', 'STRASSE'],
    ['/add/5/5', 'h1', '10'],
    ['/users/2', 'h2', 'Adam'],
  ])('shows %s', async (path, heading, text) => {
    const response = await page.goto(path)
    expect(response!.status()).toBe(200)
    expect(await page.locator(heading).innerText()).toBe(text)
  })

  it('follows the redirect to the slash', async () => {
    await page.goto('/about')
    expect(new URL(page.url()).pathname).toBe('/about/')
    expect(await page.locator('h3').innerText()).toBe('This is a Phial web application.')
  })

  it('shows what a URL holds as text, never as HTML', async () => {
    await page.goto(`/capitalize/${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
    expect(await page.locator('h1').innerText()).toBe('<IMG SRC=X ONERROR=ALERT(1)>')
    expect(await page.locator('img').count()).toBe(0)
  })

  it.each(['/users/9', '/add/5/five', '/nothing'])(
    'shows a page for %s, which is not found',
    async (path) => {
      const response = await page.goto(path)
      expect(response!.status()).toBe(404)
      expect(await page.title()).toBe('404 Not Found')
      expect(await page.locator('h1').innerText()).toBe('Not Found')
    },
  )

  it('has no errors in the console of the page', () => {
    expect(problems).toEqual([])
  })
})

describe.skipIf(chromiumPath === undefined)('phial run --debug in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phial-browser-'))
  const save = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  let server: StartedServer
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(join(folder, 'node_modules'))
    mkdirSync(join(folder, 'templates'))
    symlinkSync(join(root, 'packages/phial'), join(folder, 'node_modules/phial'), 'junction')
    save('package.json', '{ "type": "module" }')
    save('name.ts', "export const name: string = 'Ann'\n")
    save('templates/page.html', '<!doctype html><h1>Hello {{ name }}</h1>')
    save(
      'app.ts',
      `import { Phial, renderTemplate } from 'phial'
import { name } from './name.ts'
const app: Phial = new Phial(import.meta)
app.get('/', () => renderTemplate('page.html', { name }))
app.afterRequest((response) => {
  response.headers.set('Content-Security-Policy', "default-src 'self'; script-src 'nonce-abc'")
})
export default app
`,
    )
    const command = join(root, 'packages/phial/bin/phial.js')
    const args = [command, 'run', '--debug', '--port', '0']
    server = await startServer(ownNode.path, args, folder, environmentFor(ownNode))
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    expect(await server?.stop()).toBe(0)
    rmSync(folder, { recursive: true, force: true })
  })

  it('shows each change by itself: a template, a module, a fault and its end', async () => {
    const page = await browser.newPage()
    await page.goto(server.url)
    const connected = (): Promise<unknown> =>
      page.waitForFunction(
        "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('client.js'))",
      )
    await page.locator('h1', { hasText: 'Hello Ann' }).waitFor()
    await connected()
    save('templates/page.html', '<!doctype html><h1>Goodbye {{ name }}</h1>')
    await page.locator('h1', { hasText: 'Goodbye Ann' }).waitFor()
    save('name.ts', "export const name: string = 'Bob'\n")
    await page.locator('h1', { hasText: 'Goodbye Bob' }).waitFor()
    save('name.ts', 'export const name: = 1\n')
    await page.locator('.place', { hasText: 'name.ts:1' }).waitFor()
    expect(await page.locator('.source .current').innerText()).toContain('export const name: = 1')
    save('name.ts', "export const name: string = 'Cid'\n")
    await page.locator('h1', { hasText: 'Goodbye Cid' }).waitFor()
  })
})
