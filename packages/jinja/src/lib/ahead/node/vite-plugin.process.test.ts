import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TemplatePluginOptions } from './vite-plugin.ts'
import { templates } from './vite-plugin.ts'

// Real builds and a real server for development of Vite, without a port.

let root: string

beforeAll(() => {
  // Inside the package, so that the modules find its runtime.
  const dist = fileURLToPath(new URL('../../../../dist/', import.meta.url))
  mkdirSync(dist, { recursive: true })
  root = mkdtempSync(join(dist, 'vite-'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

const FILES = {
  'templates/page.html': '{% extends "base.html" %}{% block body %}{{ name|upper }}{% endblock %}',
  'templates/base.html': '<b>{% block body %}{% endblock %}</b>{% include "parts/foot.html" %}',
  'templates/parts/foot.html': '{{ money(3) }}',
  'templates/other.txt': 'other {{ name }}',
  'templates/setup.js': 'export default (environment) => environment.addGlobal("money", (n) => n + " €")',
}

let folders = 0

function folderWith(files: Record<string, string>): string {
  const folder = join(root, String(folders++))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const config = (folder: string, options: TemplatePluginOptions) => ({
  root: folder,
  configFile: false as const,
  logLevel: 'silent' as const,
  plugins: [templates({ setup: 'templates/setup.js', ...options })],
  resolve: { conditions: ['phial-source', 'import', 'default'] },
})

/** Builds a module, and gives what it exports and the code. */
async function built(
  files: Record<string, string>,
  options: TemplatePluginOptions = {},
): Promise<{ exports: Record<string, string>; code: string }> {
  const folder = folderWith({ ...FILES, ...files })
  await build({
    ...config(folder, options),
    build: { lib: { entry: 'main.js', formats: ['es'], fileName: 'main' }, outDir: 'out', minify: false },
  })
  const [file] = readdirSync(join(folder, 'out'))
  const path = join(folder, 'out', file!)
  const exports = (await import(pathToFileURL(path).href)) as Record<string, string>
  return { exports, code: readFileSync(path, 'utf8') }
}

describe('the plugin for Vite', () => {
  test('a template that is imported comes with what it names, and nothing else', async () => {
    const main = `import page from './templates/page.html?template'
      export const text = page.render({ name: '<ann>' })`
    const { exports, code } = await built({ 'main.js': main })
    expect(exports['text']).toBe('<b>&lt;ANN&gt;</b>3 €')
    expect(code).not.toContain('other.txt')
    expect(code).not.toContain('new Function(')
    expect(code).not.toContain(root)
  })

  test('an environment with all templates of the folder', async () => {
    const main = `import templates, { environment } from 'virtual:phial-templates'
      export const names = Object.keys(templates).join()
      export const text = environment.getTemplateSync('other.txt').render({ name: '<ann>' })
      export const page = environment.getTemplateSync('page.html').render({ name: '<ann>' })`
    const { exports } = await built({ 'main.js': main }, { endings: ['.html', '.txt'] })
    expect(exports).toMatchObject({
      names: 'base.html,other.txt,page.html,parts/foot.html',
      text: 'other <ann>',
      page: '<b>&lt;ANN&gt;</b>3 €',
    })
  })

  test('settings of the syntax and of escaping', async () => {
    const main = `import page from './templates/a.md?template'
      export const text = page.render({ name: '<ann>' })`
    const options = { variableStartString: '[[', variableEndString: ']]', autoescape: true }
    const { exports } = await built({ 'main.js': main, 'templates/a.md': '[[ name ]]{{ name }}' }, options)
    expect(exports['text']).toBe('&lt;ann&gt;{{ name }}')
  })

  test('a mistake in a template is an error of the build, with its place', async () => {
    const main = "import page from './templates/a.html?template'\nexport { page }"
    const failing = built({ 'main.js': main, 'templates/a.html': 'x\n{% if %}' })
    await expect(failing).rejects.toThrow("Expected an expression, got 'end of statement block'")
    await expect(failing).rejects.toThrow('a.html')
  })

  test('while Vite serves, changes of a template reach the modules that use it', async () => {
    const folder = folderWith(FILES)
    const server = await createServer({
      ...config(folder, { endings: ['.html', '.txt'] }),
      server: { middlewareMode: true, ws: false, watch: { usePolling: true, interval: 30 } },
      appType: 'custom',
      ssr: { noExternal: ['@phial/jinja'], resolve: { conditions: ['phial-source', 'import', 'default'] } },
    })
    try {
      const render = async (): Promise<string> => {
        const { default: page } = await server.ssrLoadModule('/templates/page.html?template')
        return page.render({ name: 'ann' }) as string
      }
      const names = async (): Promise<string[]> =>
        Object.keys((await server.ssrLoadModule('virtual:phial-templates'))['templates'] as object)
      expect(await render()).toBe('<b>ANN</b>3 €')
      expect(await names()).toHaveLength(4)
      // Watching starts after the first look at the folder.
      await new Promise((resolve) => setTimeout(resolve, 300))
      writeFileSync(join(folder, 'templates/base.html'), '<i>{% block body %}{% endblock %}</i>')
      await expect.poll(render, { timeout: 10_000 }).toBe('<i>ANN</i>')
      writeFileSync(join(folder, 'templates/new.txt'), 'new')
      await expect.poll(names, { timeout: 10_000 }).toContain('new.txt')
    } finally {
      await server.close()
    }
  })
})
