import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { precompile } from './ahead/precompile.ts'
import type { CoreOptions } from './core-environment.ts'
import { Environment } from './environment.ts'
import { TemplateNotFound } from './errors.ts'
import { PrecompiledEnvironment } from './precompiled-environment.ts'
import { StrictUndefined } from './values/undefined.ts'

let root: string
let folders = 0

beforeAll(() => {
  // Inside the package, so that modules find its runtime.
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
  mkdirSync(dist, { recursive: true })
  root = mkdtempSync(join(dist, 'precompiled-'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Precompiles templates, and imports the modules. */
async function precompiled(
  sources: Record<string, string>,
  options: CoreOptions = {},
): Promise<PrecompiledEnvironment> {
  const folder = join(root, String(folders++))
  mkdirSync(folder)
  const list = Object.entries(sources).map(([name, source]) => ({ name, source }))
  for (const { path, code } of precompile(new Environment(options), list))
    writeFileSync(join(folder, path), code)
  const { default: templates } = (await import(pathToFileURL(join(folder, 'templates.js')).href)) as {
    default: Record<string, object>
  }
  return new PrecompiledEnvironment({ ...options, templates })
}

describe('PrecompiledEnvironment', () => {
  const sources = {
    'page.html':
      '{% extends "base.html" %}{% from "macros.html" import em %}' +
      '{% block body %}{{ em(name|upper) }}{% include "part.html" %}{% endblock %}',
    'base.html': '<p>{% block body %}{% endblock %}</p>',
    'macros.html': '{% macro em(text) %}<em>{{ text }}</em>{% endmacro %}',
    'part.html':
      '{% for k, v in d.items() if v is even %}{{ k }}{{ xs|map("round")|join(sep) }}{% endfor %}{{ range(2)|list }}',
  }
  const variables = { name: '<ann>', d: { a: 1, b: 2 }, xs: [1.4, 2.6], sep: '<' }
  const expected = '<p><em>&lt;ANN&gt;</em>b1.0&lt;3.0[0, 1]</p>'

  test('templates extend, include and import each other', async () => {
    const environment = await precompiled(sources, { autoescape: true })
    const template = environment.getTemplateSync('page.html')
    expect(template.render(variables)).toBe(expected)
    expect(await template.renderAsync({ ...variables, name: Promise.resolve('<ann>') })).toBe(expected)
    expect(Array.from(template.generate(variables)).join('')).toBe(expected)
    expect((await environment.getTemplate('base.html')).renderBlock('body')).toBe('')
  })

  test('filters, tests and globals of the application', async () => {
    const options = { globals: { site: 'Phial' } }
    const compiling = { 'a.txt': '{{ site }}{{ n|upper }}{{ lipsum() }}' }
    const environment = await precompiled(compiling, options)
    environment.addFilter('upper', (value: number) => value * 2).addGlobal('lipsum', () => '!')
    expect(environment.getTemplateSync('a.txt').render({ n: 2 })).toBe('Phial4!')
  })

  test('only what the templates may use is there', async () => {
    const environment = await precompiled({ a: '{{ x|upper }}' })
    expect(environment.filters.has('lower')).toBe(true)
    expect(environment.filters.has('tojson')).toBe(false)
    expect(environment.globals.size).toBe(0)
    const dynamic = await precompiled({ a: '{{ xs|map(name)|join }}' })
    expect(dynamic.getTemplateSync('a').render({ xs: [[1]], name: 'tojson' })).toBe('[1]')
  })

  test('undefined classes, and places in errors', async () => {
    const environment = await precompiled({ 'a.html': '\n{{ nme }}' }, { undefined: StrictUndefined })
    expect(() => environment.getTemplateSync('a.html').render({ name: 1 })).toThrow("'nme' is undefined")
    try {
      environment.getTemplateSync('a.html').render()
    } catch (error) {
      expect(error).toMatchObject({ templateName: 'a.html', lineno: 2 })
    }
  })

  test('a name that is near is suggested', async () => {
    const environment = await precompiled({ 'page.html': '' })
    expect(() => environment.getTemplateSync('pag.html')).toThrow(TemplateNotFound)
    expect(() => environment.getTemplateSync('__proto__')).toThrow(TemplateNotFound)
    await expect(environment.getTemplate('pag.html')).rejects.toMatchObject({
      hint: "Did you mean 'page.html'?",
    })
  })
})
