import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from './chromium.ts'
import {
  environmentFor,
  findRuntime,
  ownNode,
  type Runtime,
  root,
  type StartedServer,
  startServer,
} from './support.ts'

// The debugger as a developer sees it: `phial run --debug`, and a browser. PHIAL_TEST_SCREENSHOTS=/folder keeps pictures.

const PIN = '123-456-789'
const installed = ['node20.19', 'node22', 'node24', 'node26']
  .map(findRuntime)
  .filter((found) => found !== null)
const nodes: readonly Runtime[] = installed.length === 0 ? [ownNode] : installed
const folder = join(root, 'packages/debugger/test/browser')

/** `lib/orders.ts:28`, by what stands in the line. */
function lineWith(file: string, text: string): string {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n')
  return `${file}:${lines.findIndex((line) => line.includes(text)) + 1}`
}
const SUM = lineWith('lib/orders.ts', 'price!.valueOf()')
const CART = lineWith('app.ts', 'cart.total(prices)')
const FIND = lineWith('lib/db.ts', 'throw new TypeError')
const ROW = lineWith('lib/orders.ts', 'const row = await')
const ORDER = lineWith('app.ts', 'await loadOrder(id, user)')
const LIST = lineWith('app.ts', "renderTemplate('list.html'")
const NOTHING = lineWith('app.ts', 'function forgetful')
const FILE = lineWith('app.ts', 'await readFile')

let browser: Browser
let server: StartedServer
let context: BrowserContext
let page: Page
const problems: string[] = []

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await launchChromium()
})
afterAll(async () => browser?.close())

async function start(node: Runtime): Promise<void> {
  const command = join(root, 'packages/phial/bin/phial.js')
  const env = { ...environmentFor(node), PHIAL_DEBUG_PIN: PIN }
  server = await startServer(node.path, [command, 'run', '--debug', '--port', '0'], folder, env)
}

async function open(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
  await context?.close()
  context = await browser.newContext({
    baseURL: server.url.replace('127.0.0.1', 'localhost'),
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  page = await context.newPage()
  page.setDefaultTimeout(5000)
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      problems.push(message.text())
  })
  const response = await page.goto(path)
  expect(response!.status()).toBe(500)
}

/** Types into the console of the frame that is shown, unlocks it if it asks, and gives the lines that came. */
async function evaluate(code: string): Promise<string[]> {
  const console = page.locator('.frame.current .console')
  const before = await console.locator('.log > div').count()
  await console.locator('textarea').fill(code)
  await console.locator('textarea').press('Enter')
  const answers = console.locator('.log > div')
  await page.waitForFunction(
    ([count]) =>
      document.querySelector('.frame.current .pin') !== null ||
      document.querySelectorAll('.frame.current .log > div').length > count! + 1,
    [before],
  )
  if ((await console.locator('.pin').count()) > 0) {
    await console.locator('.pin input').fill(PIN)
    await console.locator('.pin input').press('Enter')
    await answers.nth(before + 1).waitFor()
  }
  // A line for the value, then one for each variable that changed: they come together.
  return (await answers.allInnerTexts()).slice(before + 1)
}

async function choose(place: string): Promise<void> {
  await page.locator('.frames a', { hasText: place }).first().click()
}

async function variables(): Promise<Record<string, string>> {
  const rows = page.locator('.frame.current .variables tr')
  const pairs = await rows.evaluateAll((all) =>
    all.map((row) => [row.children[0]!.textContent!, row.querySelector('.value')?.textContent ?? '']),
  )
  return Object.fromEntries(pairs) as Record<string, string>
}

async function picture(name: string): Promise<void> {
  const target = process.env['PHIAL_TEST_SCREENSHOTS']
  if (target !== undefined) await page.screenshot({ path: join(target, `${name}.png`), fullPage: true })
}

describe.skipIf(chromiumPath === undefined).each(nodes)('the debugger in a browser, on $name', (node) => {
  beforeAll(() => start(node))
  afterAll(async () => {
    await context?.close()
    expect(await server?.stop()).toBe(0)
  })
  afterEach(() => {
    expect(problems.splice(0)).toEqual([])
  })

  it('shows a sync view, with variables and consoles in each frame', async () => {
    await open('/cart?page=2')
    expect(await page.title()).toBe("TypeError: Cannot read properties of undefined (reading 'valueOf')")
    expect(await page.locator('.frame.current .place').innerText()).toBe(`${SUM}:21`)
    expect(await page.locator('.source .current').first().innerText()).toContain('sum += price!.valueOf()')
    expect(await variables()).toMatchObject({ sum: '22.5', price: 'undefined', sku: "'B-2'" })
    expect(await evaluate('sum + count')).toEqual(['23.5'])
    expect(await evaluate('sum = 1')).toEqual(['1', 'sum is now 1'])
    expect(await variables()).toMatchObject({ sum: '1' })
    expect(await evaluate('this.#discount')).toEqual(['0.1'])
    await choose(CART)
    expect(await variables()).toMatchObject({ page: '2' })
    expect(await evaluate("prices['B-2'] = 3; cart.total(prices)")).toEqual([
      '25.2',
      "prices is now { 'A-1': 12.5, 'B-2': 3 }",
    ])
    await picture(`cart-${node.name}`)
  })

  it('shows an async view, its cause, and frames that wait', async () => {
    await open('/orders/42')
    expect(await page.locator('h1').innerText()).toBe('The order 42 could not be loaded for Ann')
    expect(await page.locator('.chain').innerText()).toBe(
      'Caused by TypeError no such row in orders: <id 42>',
    )
    await page.locator('.chain a').click()
    expect(await page.locator('.frame.current .place').innerText()).toBe(`${FIND}:26`)
    expect(await variables()).toMatchObject({ table: "'orders'", params: "['42', 2]" })
    await choose(ROW)
    expect(await variables()).toMatchObject({
      attempts: '2',
      apiToken: '••••••',
      user: "{ name: 'Ann', password: •••••• }",
    })
    expect(await evaluate('await Promise.resolve(items.length)')).toEqual(['2'])
    expect(await evaluate("(await import('./db.ts')).find.name")).toEqual(["'find'"])
    await choose(ORDER)
    expect(await evaluate("user.name = 'Eve'; id")).toEqual([
      "'42'",
      "user is now { name: 'Eve', password: •••••• }",
    ])
    await picture(`order-${node.name}`)
  })

  it('shows a view whose error has no stack', async () => {
    await open('/file')
    expect(await page.locator('.facts').innerText()).toContain("'ENOENT'")
    expect(await page.locator('.hint').innerText()).toContain('The path is relative')
    expect(await page.locator('.frame.current .place').innerText()).toContain(`${FILE}:`)
    expect(await variables()).toMatchObject({ name: "'missing.txt'" })
  })

  it('shows a template that is included in a loop, with variables and consoles in each frame', async () => {
    await open('/list')
    expect(await page.locator('.type').first().innerText()).toBe('UndefinedError')
    expect(await page.locator('.frames a.template').allInnerTexts()).toEqual([
      expect.stringContaining('parts/item.html:4'),
      expect.stringContaining('list.html:6'),
      expect.stringContaining('base.html:3'),
      expect.stringContaining('list.html:1'),
    ])
    // Nothing of the engine stands between them.
    expect(await page.locator('.frames li, .frames summary').first().innerText()).toContain('parts/item.html')
    expect(await page.locator('.source .current').first().innerText()).toContain('costs {{ item.price.net }}')
    expect(await variables()).toMatchObject({ item: "{ name: 'Cup' }", position: '2', title: "'Stock'" })
    expect(await evaluate('item.name|upper ~ position')).toEqual(["'CUP2'"])
    expect(await evaluate("title = 'Store'")).toEqual(["'Store'", "title is now 'Store'"])
    expect(await evaluate('title')).toEqual(["'Store'"])
    await choose('list.html:6')
    expect(await variables()).toMatchObject({ position: '2' })
    expect(await evaluate('items|length')).toEqual(['2'])
    expect(await evaluate('position = position + 5')).toEqual(['7', 'position is now 7'])
    await choose('base.html:3')
    expect(await evaluate('title')).toEqual(["'Stock'"])
    await choose(LIST)
    expect(await evaluate('items[1].price = { net: 1 }; items.length')).toEqual([
      '2',
      expect.stringContaining('items is now'),
    ])
    await picture(`template-${node.name}`)
  })

  it('shows the view where nothing of the application is in the stack', async () => {
    await open('/nothing')
    expect(await page.locator('.frame.current h3').innerText()).toBe('forgetful')
    expect(await page.locator('.frame.current .place').innerText()).toContain(`${NOTHING}:`)
  })

  it('shows a hook, and members of an error', async () => {
    await open('/hook')
    expect(await page.locator('h1').innerText()).toBe('The hook failed\nin two lines')
    expect(await variables()).toMatchObject({ path: "'/hook'", seen: '{ count: 1 }' })
    expect(await evaluate('seen.count = 2; request.path')).toEqual(["'/hook'", 'seen is now { count: 2 }'])
    expect(await evaluate('seen.count')).toEqual(['2'])
    await open('/all')
    expect(await page.locator('.chain').innerText()).toContain('errors[1] OrderError')
    await picture(`all-${node.name}`)
  })
})

describe.skipIf(chromiumPath === undefined)('the page of the debugger', () => {
  beforeAll(() => start(ownNode))
  afterAll(async () => {
    await context?.close()
    await server?.stop()
  })
  afterEach(() => {
    expect(problems.splice(0)).toEqual([])
  })

  describe('with consoles', () => {
    beforeEach(() => open('/cart'))

    it('opens values', async () => {
      const row = page.locator('.frame.current .variables tr', { hasText: 'this' }).first()
      await row.locator('button').first().click()
      await row.locator('li').first().waitFor()
      await row.locator('li button').first().click()
      await row.locator('li li').first().waitFor()
      expect(await row.locator('li li').allInnerTexts()).toEqual(['A-1: 2', 'B-2: 1'])
      await evaluate('({ deep: { list: [1, [2]] } })')
      const value = page.locator('.log > div > .tree').last()
      await value.locator('button').click()
      expect(await value.locator('li').first().innerText()).toContain('deep: { list: [1, [2]] }')
    })

    it('is used by keys', async () => {
      await page.keyboard.press('j')
      expect(await page.locator('.frame.current .place').innerText()).toContain(`${CART}:`)
      expect(new URL(page.url()).hash).toMatch(/^#f\d+$/)
      await page.keyboard.press('ArrowUp')
      expect(await page.locator('.frame.current .place').innerText()).toContain(`${SUM}:`)
      await page.keyboard.press('a')
      expect(await page.locator('.frames details[open]').count()).toBeGreaterThan(0)
      await page.keyboard.press('?')
      expect(await page.locator('dialog').isVisible()).toBe(true)
      await page.keyboard.press('Escape')
      await page.keyboard.press('/')
      expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('TEXTAREA')
      await page.keyboard.press('Escape')
      expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('BODY')
    })

    it('remembers what was typed, and completes names', async () => {
      expect(await evaluate('sum')).toEqual(['22.5'])
      await evaluate('count')
      const input = page.locator('.frame.current textarea')
      await input.press('ArrowUp')
      await input.press('ArrowUp')
      expect(await input.inputValue()).toBe('sum')
      await input.press('ArrowDown')
      await input.press('ArrowDown')
      expect(await input.inputValue()).toBe('')
      await input.fill('pri')
      await input.press('Tab')
      await page.waitForFunction(
        () => document.querySelector<HTMLTextAreaElement>('.frame.current textarea')!.value === 'price',
      )
      await page.locator('.choices').waitFor()
      expect(await page.locator('.choices').innerText()).toMatch(/price\s+prices/)
    })

    it('shows errors of the console, and what it wrote', async () => {
      expect(await evaluate('nope')).toEqual(['ReferenceError: nope is not defined'])
      expect(await evaluate("console.log('hi', count)")).toEqual(['hi 1', 'undefined'])
    })

    it('says that a PIN is wrong', async () => {
      const console = page.locator('.frame.current .console')
      await console.locator('textarea').fill('1')
      await console.locator('textarea').press('Enter')
      await console.locator('.pin input').fill('000')
      await console.locator('.pin button').click()
      await console.locator('.pin p', { hasText: 'This is not the PIN' }).waitFor()
    })

    it('copies the error as text and as Markdown', async () => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.locator('[data-copy="as-text"]').click()
      await page.locator('button', { hasText: 'Copied' }).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
        /^TypeError: Cannot read[\s\S]*> \d+ \| {7}sum \+= price/,
      )
      await page.locator('[data-copy="as-markdown"]').click()
      await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('# TypeError'))
    })

    it('links to the editor and to a search', async () => {
      expect(await page.locator('.frame.current .place').getAttribute('href')).toMatch(
        /^vscode:\/\/file\/.*\/lib\/orders\.ts:\d+:21$/,
      )
      expect(await page.locator('.actions a', { hasText: 'Search' }).getAttribute('href')).toContain(
        'TypeError%3A%20Cannot%20read',
      )
    })
  })

  it('can be read without script', async () => {
    await open('/cart', { javaScriptEnabled: false })
    expect(await page.locator('.frame').first().isVisible()).toBe(true)
    expect(await page.locator('.variables').first().innerText()).toContain("'B-2'")
    expect(await page.locator('.console').first().isVisible()).toBe(false)
    expect(await page.locator('.panels').innerText()).toContain('Headers')
  })

  it('S124 shows what an attacker sends as text', async () => {
    const attack = `</script><script>alert(1)</script>"><img src=x onerror=alert(1)>\${1}`
    page?.on('dialog', () => problems.push('a dialog opened'))
    await open(`/attack?text=${encodeURIComponent(attack)}`)
    expect(await page.locator('h1').innerText()).toBe(attack)
    expect(await page.locator('img').count()).toBe(0)
    await choose('app.ts')
    expect((await variables())['text']).toBe(`'${attack}'`)
  })

  it('S120 is nothing for other sites', async () => {
    await open('/cart')
    const { secret } = JSON.parse((await page.locator('#data').textContent())!) as { secret: string }
    const foreign = await context.newPage()
    await foreign.goto(server.url.replace('localhost', '127.0.0.1'))
    const target = server.url.replace('127.0.0.1', 'localhost')
    const outcome = await foreign.evaluate(
      async ([url, token]) => {
        const call = (type: string): Promise<unknown> =>
          fetch(`${url}/__debugger__/`, {
            method: 'POST',
            body: '{}',
            credentials: 'include',
            headers: { 'Content-Type': type, 'X-Debugger-Secret': token! },
          }).then(
            (response) => response.status,
            () => 'refused by the browser',
          )
        const plain = await fetch(`${url}/__debugger__/`, {
          method: 'POST',
          body: '{}',
          mode: 'no-cors',
        }).then(
          () => 'sent',
          () => 'refused by the browser',
        )
        return [await call('application/json'), plain]
      },
      [target, secret] as const,
    )
    expect(outcome).toEqual(['refused by the browser', 'refused by the browser'])
    await foreign.close()
  })

  it('says that the server has started again', async () => {
    await open('/cart')
    await server.stop()
    await page.locator('.frame.current textarea').fill('1')
    await page.locator('.frame.current textarea').press('Enter')
    await page.locator('.restarted').waitFor()
    expect(await page.locator('.restarted').innerText()).toContain('The server does not answer')
    await start(ownNode)
  })
})
