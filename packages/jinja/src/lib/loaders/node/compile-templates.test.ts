import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Environment } from '../../environment.ts'
import { TemplateNotFound, TemplateSyntaxError } from '../../errors.ts'
import { DictLoader } from '../dict-loader.ts'
import { ModuleLoader } from '../module-loader.ts'
import { compileTemplates } from './compile-templates.ts'

const templates = {
  'index.html': '{% extends "base.html" %}{% block body %}{{ super() }}Hi {{ name|upper }}{% endblock %}',
  'base.html': '[{% block body %}base {% endblock %}]{% include "sub/part.txt" %}',
  'sub/part.txt': '{% for x in range(3) %}{{ loop.index }}{% endfor %}',
  __proto__x: 'odd',
}

let folder: string

beforeAll(() => {
  // Inside the package, so that the modules find its runtime.
  const dist = fileURLToPath(new URL('../../../../dist/', import.meta.url))
  mkdirSync(dist, { recursive: true })
  folder = mkdtempSync(join(dist, 'compiled-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Manifest = Readonly<Record<string, object>>

async function manifestIn(path: string): Promise<Manifest> {
  return ((await import(pathToFileURL(join(path, 'templates.js')).href)) as { default: Manifest }).default
}

describe('compileTemplates and ModuleLoader', () => {
  test('templates that were compiled ahead run as those that were loaded', async () => {
    const messages: string[] = []
    const source = new Environment({ loader: new DictLoader(templates), autoescape: true })
    const names = await compileTemplates(source, folder, { log: (message) => messages.push(message) })
    expect(names).toEqual(['__proto__x', 'base.html', 'index.html', 'sub/part.txt'])
    expect(messages).toContain(`Compiled "base.html" as ${ModuleLoader.getModuleFilename('base.html')}`)
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([])

    const loader = new ModuleLoader(await manifestIn(folder))
    const environment = new Environment({ loader, autoescape: true, backend: 'closures' })
    expect(loader.list()).toEqual(names)
    expect(environment.getTemplateSync('index.html').render({ name: '<ann>' })).toBe(
      '[base Hi &lt;ANN&gt;]123',
    )
    expect(await (await environment.getTemplate('index.html')).renderAsync({ name: 'a' })).toBe(
      '[base Hi A]123',
    )
    expect(Array.from(environment.getTemplateSync('sub/part.txt').generate()).join('')).toBe('123')
    expect(() => environment.getTemplateSync('missing')).toThrow(TemplateNotFound)
    expect(() => environment.getTemplateSync('constructor')).toThrow(TemplateNotFound)
  })

  test('some templates only, and those that can be compiled', async () => {
    const environment = new Environment({ loader: new DictLoader({ a: 'A', b: '{% broken', c: 'C' }) })
    const other = join(folder, 'other')
    await expect(compileTemplates(environment, other)).rejects.toThrow(TemplateSyntaxError)
    const messages: string[] = []
    const options = { filter: (name: string) => name !== 'c', ignoreErrors: true }
    expect(
      await compileTemplates(environment, other, { ...options, log: (message) => messages.push(message) }),
    ).toEqual(['a'])
    expect(messages[1]).toMatch(/^Could not compile "b": /)
    expect(readFileSync(join(other, 'templates.js'), 'utf8')).not.toContain('"b"')
  })

  test('names of modules are identifiers, and those of Jinja', () => {
    expect(ModuleLoader.getTemplateKey('foo.html')).toBe('tmpl_6c63c4cf9fd570ea31b754fbe41e4ec05a7ce064')
    expect(ModuleLoader.getTemplateKey('a/b.html')).toMatch(/^tmpl_[0-9a-f]{40}$/)
  })

  test('modules can be imported when they are asked for', async () => {
    let imports = 0
    const module = { sync: () => ({ root: () => 'late', blocks: {} }) }
    const loader = new ModuleLoader(
      new Map([
        [
          'a',
          async () => {
            imports += 1
            return { ...module, async: () => ({ root: async () => 'late', blocks: {} }) }
          },
        ],
      ]),
    )
    const environment = new Environment({ loader })
    expect(imports).toBe(0)
    expect((await environment.getTemplate('a')).render()).toBe('late')
    expect(() => new Environment({ loader }).getTemplateSync('a')).toThrow('takes time to load')
    expect(loader.getSource()).toBeNull()
  })
})
