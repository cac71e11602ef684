import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DictLoader, FunctionLoader, StrictUndefined } from '@phial/jinja'
import { BaseConverter } from '@phial/router'
import { Blueprint, Phial, type PhialOptions } from 'phial'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { phial } from '../../../test/project.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phial-types-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function types(app: Phial, ...args: string[]) {
  return phial(folder, ['types', ...args], { createApp: () => app, env: { PHIAL_SKIP_DOTENV: '1' } })
}

/** The members of `Endpoints` for an application with these rules. */
async function members(setUp: (app: Phial) => void, ...args: string[]): Promise<string[]> {
  return membersOf(new Phial('site', { staticFolder: null }), setUp, ...args)
}

async function membersOf(app: Phial, setUp: (app: Phial) => void, ...args: string[]): Promise<string[]> {
  setUp(app)
  expect(await types(app, '--out', 'members.d.ts', ...args)).toMatchObject({ code: 0, err: '' })
  const text = readFileSync(join(folder, 'members.d.ts'), 'utf8')
  const body = /interface Endpoints \{\n([^}]*(?:\{[^}]*\}[^}]*)*)\n {2}\}\n\}\n$/.exec(text)![1]!
  return body.split('\n').map((line) => line.trim())
}

const view = () => ''

describe('phial types', () => {
  it.each<[rule: string, type: string]>([
    ['/', '{}'],
    ['/<name>', '{ name: string }'],
    ['/<string(length=2):lang>/<path:rest>', '{ lang: string; rest: string }'],
    ['/<int:id>/<float(signed=True):x>', '{ id: number; x: number }'],
    ['/<bigint:n>/<uuid:key>', '{ key: string; n: bigint }'],
    ['/<any(new, "by hand"):kind>', '{ kind: "new" | "by hand" }'],
  ])('knows the values of %s', async (rule, type) => {
    expect(await members((app) => app.get(rule, { endpoint: 'e' }, view))).toEqual([`e: ${type}`])
  })

  it('sorts endpoints, and writes those that are no names in quotes', async () => {
    const found = await members((app) => {
      app.get('/b', { endpoint: 'shop.cart' }, view)
      app.get('/a/<id>', view)
      app.post('/a', { endpoint: 'add' }, view)
    })
    expect(found).toEqual(['add: {}', '"shop.cart": {}', 'view: { id: string }'])
  })

  it('lets values be left out that not every rule needs', async () => {
    const found = await members((app) => {
      app.get('/posts', { endpoint: 'posts', defaults: { page: 1 } }, view)
      app.get('/posts/<int:page>', { endpoint: 'posts' }, view)
      app.get('/tags/<tag>/<int:page>', { endpoint: 'tags' }, view)
      app.get('/tags/<tag>', { endpoint: 'tags' }, view)
      app.get('/all', { endpoint: 'list', defaults: { size: 'all' } }, view)
      app.get('/all/<int:size>', { endpoint: 'list' }, view)
      app.get('/either/<int:key>', { endpoint: 'either' }, view)
      app.get('/either/<any(a, b):key>', { endpoint: 'either' }, view)
    })
    expect(found).toEqual([
      'either: { key: "a" | "b" | number }',
      'list: { size?: "all" | number }',
      'posts: { page?: number }',
      'tags: { page?: number; tag: string }',
    ])
  })

  it('lets values be left out that hooks give', async () => {
    const setUp = (app: Phial): void => {
      app.get('/<lang>/<int:id>', { endpoint: 'e' }, view)
    }
    expect(await members(setUp)).toEqual(['e: { id: number; lang: string }'])
    expect(await members(setUp, '--optional', 'lang')).toEqual(['e: { id: number; lang?: string }'])
    expect(await members(setUp, '--optional', 'lang', '--optional', 'id')).toEqual([
      'e: { id?: number; lang?: string }',
    ])
  })

  it('looks up the types of converters of one’s own where they are declared', async () => {
    class ListConverter extends BaseConverter<string[]> {}
    const found = await members((app) => {
      app.urlMap.converters.set('list', ListConverter as never)
      app.get('/<list:names>', { endpoint: 'e' }, view)
    })
    expect(found).toEqual(['e: { names: RuleParams<"/<list:names>">["names"] }'])
    expect(readFileSync(join(folder, 'members.d.ts'), 'utf8')).toContain(
      "import type { RuleParams } from 'phial'\n",
    )
  })

  it('knows values in hosts', async () => {
    const hosts = new Phial('site', { staticFolder: null, hostMatching: true })
    const found = await membersOf(hosts, (app) => {
      app.get('/<int:id>', { endpoint: 'e', host: '<tenant>.example.com' }, view)
    })
    expect(found).toEqual(['e: { id: number; tenant: string }'])
  })

  it('writes nothing if nothing has changed', async () => {
    const app = new Phial('site', { staticFolder: null, rootPath: folder })
    app.get('/', { endpoint: 'home' }, view)
    expect(await types(app)).toMatchObject({ code: 0, out: 'phial-types.d.ts is written.\n' })
    const file = join(folder, 'phial-types.d.ts')
    const { mtimeMs } = statSync(file)
    expect(await types(app)).toMatchObject({ code: 0, out: 'phial-types.d.ts is up to date.\n' })
    expect(statSync(file).mtimeMs).toBe(mtimeMs)
  })

  it('--check fails where the file is missing or old', async () => {
    const app = new Phial('site', { staticFolder: null })
    app.get('/', { endpoint: 'home' }, view)
    expect(await types(app, '--check', '-o', 'sub/x.d.ts')).toMatchObject({
      code: 1,
      out: '',
      err: "Error: sub/x.d.ts does not exist. Run 'phial types' and commit the file.\n",
    })
    await types(app, '-o', 'sub/x.d.ts')
    expect(await types(app, '--check', '-o', 'sub/x.d.ts')).toMatchObject({ code: 0, err: '' })
    const file = join(folder, 'sub/x.d.ts')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect(await types(app, '--check', '-o', 'sub/x.d.ts')).toMatchObject({ code: 0 })
    app.get('/more', { endpoint: 'more' }, view)
    expect(await types(app, '--check', '-o', 'sub/x.d.ts')).toMatchObject({
      code: 1,
      err: "Error: sub/x.d.ts is not up to date: routes or templates have changed. Run 'phial types' and commit the file.\n",
    })
  })

  describe('templates', () => {
    /** The members of `TemplateRegistry` for these templates. */
    async function templates(
      sources: Record<string, string>,
      setUp: (app: Phial) => void = () => undefined,
      options: PhialOptions = {},
      ...args: string[]
    ): Promise<string[] | null> {
      const app = new Phial('site', {
        staticFolder: null,
        templateLoader: new DictLoader(sources),
        ...options,
      })
      setUp(app)
      expect(await types(app, '--out', 'templates.d.ts', ...args)).toMatchObject({ code: 0, err: '' })
      const text = readFileSync(join(folder, 'templates.d.ts'), 'utf8')
      const body = /interface TemplateRegistry \{\n([\s\S]*?)\n {2}\}\n/.exec(text)?.[1]
      return body?.split('\n').map((line) => line.trim()) ?? null
    }

    it('have the variables of all that they are made of', async () => {
      const found = await templates({
        'layout.html': '{{ title }}{% block main %}{% endblock %}{% include "foot.html" %}',
        'foot.html': '{{ year }}',
        'post.html': '{% extends "layout.html" %}{% block main %}{{ post.text }}{% endblock %}',
        'plain.html': 'nothing',
      })
      expect(found).toEqual([
        '"foot.html": { year?: unknown }',
        '"layout.html": { title?: unknown; year?: unknown }',
        '"plain.html": {}',
        '"post.html": { post?: unknown; title?: unknown; year?: unknown }',
      ])
    })

    it('need not be given what every template has', async () => {
      const source = '{{ url_for("x") }}{{ g.user }}{{ csrf_token() }}{{ version }}{{ range(2) }}{{ user }}'
      const found = await templates({ a: source }, (app) => app.templateGlobal('version', '1'))
      expect(found).toEqual(['"a": { user?: unknown }'])
    })

    it('of blueprints are among them; those of the application go before', async () => {
      const found = await templates({ 'shop/item.html': '{{ own }}' }, (app) => {
        const templateLoader = new DictLoader({
          'shop/item.html': '{{ item }}',
          'shop/list.html': '{{ items }}',
        })
        app.registerBlueprint(new Blueprint('shop', {}, { templateLoader }))
      })
      expect(found).toEqual(['"shop/item.html": { own?: unknown }', '"shop/list.html": { items?: unknown }'])
    })

    it('take anything where they take in what is not known', async () => {
      const found = await templates({
        direct: '{% include page %}{{ x }}',
        above: '{% extends "direct" %}{{ y }}',
        beside: '{% include "missing" ignore missing %}',
      })
      expect(found).toEqual([
        '"above": { page?: unknown; x?: unknown; y?: unknown; [name: string]: unknown }',
        '"beside": {}',
        '"direct": { page?: unknown; x?: unknown; [name: string]: unknown }',
      ])
    })

    it('must be given what the engine refuses to leave out', async () => {
      const source = '{{ user }}{{ site }}{{ tip|default("") }}'
      const strict = { jinjaOptions: { undefined: StrictUndefined } }
      expect(await templates({ a: source }, undefined, strict, '--optional', 'site')).toEqual([
        '"a": { site?: unknown; tip?: unknown; user: unknown }',
      ])
    })

    it('are read from folders, without what editors leave there', async () => {
      mkdirSync(join(folder, 'pages/sub'), { recursive: true })
      for (const name of ['a.html', 'sub/b.txt', 'a.html~', '.a.swp']) {
        writeFileSync(join(folder, 'pages', name), '{{ x }}')
      }
      const app = new Phial('site', { staticFolder: null, rootPath: folder, templateFolder: 'pages' })
      await types(app, '--out', 'folders.d.ts')
      expect(readFileSync(join(folder, 'folders.d.ts'), 'utf8')).toContain(
        '  interface TemplateRegistry {\n    "a.html": { x?: unknown }\n    "sub/b.txt": { x?: unknown }\n  }\n',
      )
    })

    it('can be left out', async () => {
      expect(await templates({ a: '{{ x }}' }, undefined, {}, '--no-templates')).toBeNull()
      expect(await templates({})).toBeNull()
    })

    it('are not checked where a loader cannot list them', async () => {
      const templateLoader = new FunctionLoader(() => 'text')
      const app = new Phial('site', { staticFolder: null, templateLoader })
      expect(await types(app, '--out', 'templates.d.ts')).toMatchObject({
        code: 0,
        err: "Templates are not checked: the loader of 'site', FunctionLoader, cannot list them.\n",
      })
      expect(readFileSync(join(folder, 'templates.d.ts'), 'utf8')).not.toContain('TemplateRegistry')
    })

    it('tell where one is wrong', async () => {
      const templateLoader = new DictLoader({ 'a.html': 'x\n{% if %}' })
      const result = await types(new Phial('site', { staticFolder: null, templateLoader }))
      expect(result).toMatchObject({ code: 1, out: '' })
      expect(result.err).toMatch(/^TemplateSyntaxError: [\s\S]*> 2 \| \{% if %\}[\s\S]* at a\.html:2:7\n/)
      expect(result.err).toMatch(
        /\nError: This template cannot be read\. Correct it, or leave templates out with --no-templates\.\n$/,
      )
    })
  })

  it('cannot check and watch', async () => {
    expect(await types(new Phial('site', { staticFolder: null }), '--check', '--watch')).toMatchObject({
      code: 2,
      err: 'Error: --check looks once and --watch goes on. Leave out one of them.\n',
    })
  })
})
