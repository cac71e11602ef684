import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from './chromium.ts'
import { environmentFor, ownNode, root, runCommand, type StartedServer, startServer } from './support.ts'

// Flaskr as a user sees it, from an empty database on.

describe.skipIf(chromiumPath === undefined)('Flaskr in a browser', () => {
  const data = mkdtempSync(join(tmpdir(), 'flaskr-'))
  let server: StartedServer
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    const phial = join(root, 'packages/phial/bin/phial.js')
    const folder = join(root, 'examples/flaskr')
    const env = { ...environmentFor(ownNode), FLASKR_DATABASE: join(data, 'instance/flaskr.sqlite') }
    expect(runCommand(ownNode.path, [phial, 'init-db'], folder, env)).toBe('Initialized the database.\n')
    server = await startServer(ownNode.path, [phial, 'run', '--port', '0'], folder, env)
    browser = await launchChromium()
    page = await browser.newPage({ baseURL: server.url })
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
    })
  })

  afterAll(async () => {
    await browser?.close()
    expect(await server?.stop()).toBe(0)
    rmSync(data, { recursive: true, force: true })
  })

  const heading = (): Promise<string> => page.locator('h1').innerText()

  const fill = async (values: Record<string, string>, button: string): Promise<void> => {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value)
    await page.getByRole('button', { name: button }).click()
  }

  it('is empty, and sends visitors who want to write to the login', async () => {
    await page.goto('/')
    expect(await page.locator('main').innerText()).toContain('Nobody has written anything yet.')
    await page.goto('/create')
    expect(new URL(page.url()).pathname).toBe('/auth/login')
  })

  it('registers a user once, and logs in', async () => {
    await page.getByRole('link', { name: 'Register' }).click()
    await fill({ Username: 'ann', Password: 'secret' }, 'Register')
    expect(await heading()).toBe('Log In')
    await fill({ Username: 'ann', Password: 'wrong' }, 'Log In')
    expect(await page.getByRole('alert').innerText()).toBe('Incorrect password.')
    expect(await page.getByLabel('Username').inputValue()).toBe('ann')
    await fill({ Password: 'secret' }, 'Log In')
    expect(await page.locator('nav').innerText()).toMatch(/ann\s+Log Out/)
  })

  it('writes, edits and deletes a post', async () => {
    await page.getByRole('link', { name: 'New' }).click()
    await fill({ Title: 'First <post>', Body: 'One line\nand another' }, 'Save')
    expect(await page.locator('article h2').innerText()).toBe('First <post>')
    expect(await page.locator('article .body').textContent()).toBe('One line\nand another')
    await page.getByRole('link', { name: 'Edit' }).click()
    expect(await heading()).toBe('Edit "First <post>"')
    await fill({ Title: 'Second' }, 'Save')
    expect(await page.locator('article h2').innerText()).toBe('Second')
    await page.getByRole('link', { name: 'Edit' }).click()
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nobody has written anything yet.').waitFor()
  })

  it('logs out', async () => {
    await page.getByRole('button', { name: 'Log Out' }).click()
    await page.getByRole('link', { name: 'Log In' }).waitFor()
  })

  it('has no errors and nothing that is missing', () => {
    expect(problems).toEqual([])
  })
})
