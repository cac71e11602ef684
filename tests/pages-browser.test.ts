import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from './chromium.ts'
import { programsOf, writeProgram } from './page-programs.ts'
import { environmentFor, ownNode, root, type StartedServer, startServer } from './support.ts'

// What scripts in the pages of docs/ do in a browser.

const folder = mkdtempSync(join(root, 'node_modules/.pages-browser-'))
let browser: Browser
let server: StartedServer

describe.skipIf(chromiumPath === undefined)('the page on JavaScript', () => {
  beforeAll(async () => {
    const [program] = programsOf(readFileSync(join(root, 'docs/patterns/javascript.md'), 'utf8'))
    const served =
      "import { serve } from '@phial/serve'\n" +
      `${program!.code}\nconsole.log('Running on', (await serve(app, { port: 0 })).url)\n`
    const file = writeProgram(folder, { ...program!, code: served })
    const args = [`--import=${import.meta.resolve('tsx')}`, file]
    server = await startServer(ownNode.path, args, folder, environmentFor(ownNode))
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has a script that the policy allows, that asks the server, and that no name can break', async () => {
    const page = await browser.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
    await page.goto(server.url)
    await page.fill('[name=a]', '1')
    await page.fill('[name=b]', '2')
    await page.waitForFunction(() => document.querySelector('output')!.value === '3')
    expect(await page.locator('b').count()).toBe(0)
    expect(problems).toEqual([])
  })
})
