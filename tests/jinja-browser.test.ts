import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DictLoader, Environment, selectAutoescape } from '@phial/jinja'
import { precompile } from '@phial/jinja/precompile'
import { type Browser, chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './support.ts'

// The template engine in a page: as generated code, as closures where that is forbidden, and precompiled.

const executable = [
  process.env['PHIAL_TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((path) => path !== undefined && existsSync(path))
if (executable === undefined) {
  console.log('Skipped: there is no browser (apt-get install chromium, or PHIAL_TEST_CHROMIUM=/path).')
}

const TEMPLATES = {
  'page.html':
    '{% extends "base.html" %}{% from "macros.html" import row %}{% block title %}{{ title|title }}{% endblock %}' +
    '{% block body %}<ul>{% for user in users if user.active %}{{ row(loop.index, user) }}{% else %}nobody{% endfor %}</ul>' +
    '{{ "%05.1f"|format(7 / 2) }} {{ users|map(attribute="name")|join(", ") }} {{ 2 ** 70 }}{% endblock %}',
  'base.html':
    '<h1>{% block title %}{% endblock %}</h1>{% block body %}{% endblock %}<p>{{ none }} {{ [1.0, "a"] }}</p>',
  'macros.html': '{% macro row(index, user) %}<li>{{ index }}: {{ user.name.upper() }}</li>{% endmacro %}',
}

const VARIABLES = {
  title: 'the <users>',
  users: [
    { name: 'Ann & Bob', active: true },
    { name: 'Zoë', active: false },
    { name: 'Çem', active: true },
  ],
}

const RENDER = `
  const variables = ${JSON.stringify(VARIABLES)}
  const template = environment.getTemplateSync('page.html')
  document.querySelector('#sync').textContent = template.render(variables)
  document.querySelector('#async').textContent = await template.renderAsync({ ...variables, title: Promise.resolve(variables.title) })
  document.querySelector('#stream').textContent = Array.from(template.generate(variables)).join('')
  document.body.dataset.done = 'yes'`

const engine = (backend: string): string => `
  import { DictLoader, Environment, selectAutoescape } from '@phial/jinja'
  const loader = new DictLoader(${JSON.stringify(TEMPLATES)})
  const environment = new Environment({ loader, autoescape: selectAutoescape(), backend: '${backend}' })
  ${RENDER}`

const WEB = `
  import { DictLoader, pythonMethods, selectAutoescape, WebEnvironment } from '@phial/jinja/web'
  const loader = new DictLoader(${JSON.stringify(TEMPLATES)})
  const environment = new WebEnvironment({ loader, autoescape: selectAutoescape(), builtIns: [pythonMethods] })
  ${RENDER}`

const PRECOMPILED = `
  import { PrecompiledEnvironment, selectAutoescape } from '@phial/jinja/runtime'
  import templates from './compiled/templates.js'
  const environment = new PrecompiledEnvironment({ templates, autoescape: selectAutoescape() })
  ${RENDER}`

const SCRIPTS: Readonly<Record<string, string>> = {
  auto: engine('auto'),
  code: engine('code'),
  closures: engine('closures'),
  web: WEB,
  precompiled: PRECOMPILED,
}

/** Forbids `eval` and all that is like it. */
const POLICY = "default-src 'none'; script-src 'self'"

describe.skipIf(executable === undefined)('the template engine in a browser', () => {
  const expected = new Environment({
    loader: new DictLoader(TEMPLATES),
    autoescape: selectAutoescape(),
  })
    .getTemplateSync('page.html')
    .render(VARIABLES)
  let folder: string
  let server: Server
  let browser: Browser
  let address: string
  const bundles = new Map<string, string>()

  beforeAll(async () => {
    // In the workspace, so that the packages are found.
    folder = mkdtempSync(join(root, 'node_modules/.jinja-browser-'))
    const environment = new Environment({ autoescape: selectAutoescape() })
    const sources = Object.entries(TEMPLATES).map(([name, source]) => ({ name, source }))
    const files = precompile(environment, sources).map(({ path, code }) => ({
      path: `compiled/${path}`,
      code,
    }))
    for (const [name, code] of Object.entries(SCRIPTS))
      bundles.set(name, await bundled(folder, name, code, files))
    server = createServer((request, response) => {
      const [, kind, name] = /^\/(open|strict|script)\/(\w+)/.exec(request.url ?? '') ?? []
      if (name === undefined) response.writeHead(404).end()
      else if (kind === 'script') {
        response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(bundles.get(name))
      } else {
        const policy = kind === 'strict' ? { 'Content-Security-Policy': POLICY } : {}
        response
          .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...policy })
          .end(
            `<!doctype html><title>Test</title><body><pre id="sync"></pre><pre id="async"></pre><pre id="stream"></pre>` +
              `<script type="module" src="/script/${name}"></script>`,
          )
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await chromium.launch({
      executablePath: executable!,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })

  /** Opens a page, and waits until its script has rendered or failed. */
  async function open(path: string): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage()
    const problems: string[] = []
    const failed = new Promise<void>((resolve) => {
      page.on('pageerror', (error) => {
        problems.push(error.message)
        resolve()
      })
    })
    await page.goto(`${address}${path}`)
    await Promise.race([page.waitForSelector('body[data-done]'), failed])
    return { page, problems }
  }

  it.each([
    ['code', 'open'],
    ['auto', 'open'],
    ['closures', 'open'],
    ['auto', 'strict'],
    ['closures', 'strict'],
    ['web', 'open'],
    ['web', 'strict'],
    ['precompiled', 'open'],
    ['precompiled', 'strict'],
  ])('renders as %s in a page that is %s', async (script, kind) => {
    const { page, problems } = await open(`/${kind}/${script}`)
    expect(problems).toEqual([])
    for (const id of ['sync', 'async', 'stream']) {
      expect(await page.locator(`#${id}`).textContent(), id).toBe(expected)
    }
    await page.close()
  })

  it('says so where code is demanded and forbidden', async () => {
    const { page, problems } = await open('/strict/code')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/unsafe-eval|Content Security Policy/)
    await page.close()
  })

  it('brings neither parser nor compiler with precompiled templates', () => {
    expect(bundles.get('precompiled')).not.toMatch(/globalThis\.eval|end of statement block/)
  })

  it('brings the parser alone where templates become closures', () => {
    expect(bundles.get('web')).toMatch(/end of statement block/)
    expect(bundles.get('web')).not.toMatch(/compile\/codegen|sandbox\/|extensions\/i18n/)
    expect(bundles.get('code')).toMatch(/compile\/codegen/)
  })
})

/** A module with all that it imports, as one script. */
async function bundled(
  folder: string,
  name: string,
  code: string,
  files: readonly { path: string; code: string }[],
): Promise<string> {
  const entry = join(folder, `${name}.js`)
  writeFileSync(entry, code)
  const sources = new Map(files.map((file) => [join(folder, file.path), file.code]))
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    resolve: { conditionNames: ['phial-source', 'import', 'default'] },
    plugins: [
      {
        name: 'compiled-templates',
        resolveId: (id, importer) => {
          const path = importer === undefined ? id : join(importer, '..', id)
          return sources.has(path) ? path : null
        },
        load: (id) => sources.get(id) ?? null,
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  await bundle.close()
  return output[0].code
}
