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
