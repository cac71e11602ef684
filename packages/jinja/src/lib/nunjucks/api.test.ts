import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vm from 'node:vm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as nunjucks from '../../nunjucks.ts'
import * as nunjucksWeb from '../../nunjucks-web.ts'

const { Environment, Loader, Template } = nunjucks

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 1, value))

function answer<T>(
  start: (callback: (error?: unknown, value?: T) => void) => unknown,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)))
  })
}

describe('the functions of the module', () => {
  const folders: string[] = []

  function folderWith(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(tmpdir(), 'phial-nunjucks-'))
    folders.push(folder)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }

  afterEach(() => {
    nunjucks.reset()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })

  it('configure an environment, and use it', async () => {
    const folder = folderWith({
      'index.html': '<p>{{ foo }}</p>{% include "./part.html" %}',
      'part.html': 'part',
    })
    const environment = nunjucks.configure(folder, { autoescape: true })
    environment.addGlobal('foo', '<>')
    expect(nunjucks.render('index.html')).toBe('<p>&lt;&gt;</p>part')
    expect(nunjucks.render('index.html', { foo: 'bar' })).toBe('<p>bar</p>part')
    expect(nunjucks.renderString('Hello {{ username }}', { username: 'James' })).toBe('Hello James')
    expect(nunjucks.compile('Hello {{ username }}').render({ username: 'James' })).toBe('Hello James')
    expect(await answer((callback) => nunjucks.render('index.html', { foo: 1 }, callback))).toBe(
      '<p>1</p>part',
    )
    expect(await answer((callback) => nunjucks.renderString('{{ a }}', { a: 1 }, callback))).toBe('1')
  })

  it('read files anew with noCache', () => {
    const folder = folderWith({ 'a.html': '1' })
    const render = (options: nunjucks.ConfigureOptions): string => {
      const environment = nunjucks.configure(folder, options)
      writeFileSync(join(folder, 'a.html'), '1')
      environment.render('a.html')
      writeFileSync(join(folder, 'a.html'), '2')
      return environment.render('a.html')
    }
    expect(render({})).toBe('1')
    expect(render({ noCache: true })).toBe('2')
  })

  it('never read outside of their folders', () => {
    const folder = folderWith({ 'secret.html': 'secret' })
    const environment = nunjucks.configure(join(folder, 'views'))
    for (const name of ['../secret.html', join(folder, 'secret.html'), './../secret.html']) {
      expect(() => environment.render(name)).toThrow('template not found')
    }
  })

  it('serve Express', async () => {
    const folder = folderWith({ 'index.html': 'Hi {{ name }}' })
    const settings = new Map<string, unknown>()
    const application = { set: (name: string, value: unknown) => settings.set(name, value) }
    const environment = nunjucks.configure(folder, { express: application })
    expect(settings.get('nunjucksEnv')).toBe(environment)
    type View = new (
      name: string,
      options: object,
    ) => { name: string; render(variables: object, callback: (error?: unknown, text?: string) => void): void }
    const View = settings.get('view') as View
    const view = new View('index', { defaultEngine: 'html' })
    expect(view.name).toBe('index.html')
    expect(await answer((callback) => view.render({ name: 'Ann' }, callback))).toBe('Hi Ann')
    expect(() => new View('index', {})).toThrow('No default engine was specified')
  })

  it('precompile files', () => {
    const folder = folderWith({
      'a.html': 'A{{ x }}',
      'b.html': '{% extends "a.html" %}',
      'c.txt': 'c',
      'bad.html': '{% if %}',
    })
    const script = nunjucks.precompile(folder, { include: [/\.html$/], exclude: ['bad'] })
    const sandbox: { nunjucksPrecompiled?: Record<string, unknown> } = {}
    vm.runInNewContext(script, sandbox)
    expect(Object.keys(sandbox.nunjucksPrecompiled!)).toEqual(['a.html', 'b.html'])
    const environment = new Environment(new nunjucks.PrecompiledLoader(sandbox.nunjucksPrecompiled))
    expect(environment.render('b.html', { x: 1 })).toBe('A1')
    expect(() => nunjucks.precompile(folder, { include: [/html/] })).toThrow('bad.html')
    expect(nunjucks.precompile(folder, { include: [/html/], force: true })).not.toContain('bad.html')
    expect(nunjucks.precompile(join(folder, 'a.html'), { name: 'x' })).toContain('["x"]')
  })
})

describe('precompiled sources', () => {
  const source =
    '{% for r in x %}{{ r | replace(r/a/g, "</script>\u2028") | safe }}{% endfor %}{{ y === none }}'

  it('are data that can stand in a page, and render the same', () => {
    const script = nunjucks.precompileString(source, { name: 'a', asFunction: true })
    expect(script).not.toMatch(/<\/script|\u2028/)
    const sandbox: { nunjucksPrecompiled?: Record<string, unknown> } = {}
    vm.runInNewContext(script, sandbox)
    const environment = new Environment(new nunjucks.PrecompiledLoader(sandbox.nunjucksPrecompiled))
    const variables = { x: ['a', 'b'], y: null }
    expect(environment.render('a', variables)).toBe(nunjucks.renderString(source, variables))
  })

  it('are found where scripts of a page put them', () => {
    vi.stubGlobal('nunjucksPrecompiled', undefined)
    // biome-ignore lint/security/noGlobalEval: as a script of a page does.
    globalThis.eval(nunjucks.precompileString('x{{ 1 + 1 }}', { name: 'page' }))
    expect(new Environment().render('page')).toBe('x2')
    vi.unstubAllGlobals()
  })

  it('take a wrapper, and need a name', () => {
    const wrapper = (templates: readonly nunjucks.PrecompiledSource[]): string =>
      templates.map((t) => t.name).join()
    expect(nunjucks.precompileString('a', { name: 'n', wrapper })).toBe('n')
    expect(() => nunjucks.precompileString('a', {})).toThrow('the "name" option is required')
  })

  it('of others are refused', () => {
    const environment = new Environment(new nunjucks.PrecompiledLoader({ a: { root: () => '' } }))
    expect(() => environment.render('a')).toThrow('was not precompiled by this version')
  })
})

describe('an environment', () => {
  it('has filters, globals and tests of its own', () => {
    const environment = new Environment()
    environment.addFilter('shorten', (text: string, count?: number) => text.slice(0, count || 5))
    environment.addFilter('named', (text: string, named: Record<string, unknown>) => `${text}${named['a']}`)
    environment.addTest('red', (value: unknown) => value === 'red')
    environment.addGlobal('answer', () => 42)
    environment.addFilter('where', function (this: nunjucks.Context) {
      return this.lookup('place') as unknown
    })
    expect(
      environment.renderString(
        '{{ "A message" | shorten(3) }}{{ "x" | named(a=1) }}{{ "red" is red }}{{ answer() }}{{ 1 | where }}',
        {
          place: 'here',
        },
      ),
    ).toBe('A mx1true42here')
    expect(environment.getFilter('shorten')('abcdefg')).toBe('abcde')
    expect(environment.getGlobal('answer')).toBeTypeOf('function')
    expect(() => environment.getFilter('none')).toThrow('filter not found: none')
    expect(() => environment.getFilter('constructor')).toThrow('filter not found')
    expect(() => environment.getTest('toString')).toThrow('test not found')
    expect(() => environment.getGlobal('none')).toThrow('global not found: none')
  })

  it('makes safe text by filters', () => {
    const environment = new Environment()
    environment.addFilter(
      'bold',
      (text: string) => new nunjucks.runtime.SafeString(`<b>${nunjucks.lib.escape(text)}</b>`),
    )
    expect(environment.renderString('{{ "<" | bold }}')).toBe('<b>&lt;</b>')
  })

  it('loads templates by loaders in order, and tells of it', () => {
    const seen: string[] = []
    class First extends Loader {
      getSource(name: string): nunjucks.LoaderSource | null {
        seen.push(`first ${name}`)
        return name === 'a' ? { src: 'A', path: name } : null
      }
    }
    const Second = Loader.extend({
      init(this: { suffix: string }, suffix: string) {
        this.suffix = suffix
      },
      getSource(this: { suffix: string }, name: string) {
        return { src: name + this.suffix, path: name }
      },
    })
    const first = new First()
    const environment = new Environment([first, new Second('!')])
    expect(environment.render('a') + environment.render('b') + environment.render('a')).toBe('Ab!A')
    expect(seen).toEqual(['first a', 'first b'])
    const updates: unknown[] = []
    environment.on('update', (name: string) => updates.push(name))
    first.emit('update', 'a')
    environment.render('a')
    environment.invalidateCache()
    environment.render('a')
    expect(seen).toEqual(['first a', 'first b', 'first a', 'first a'])
    expect(updates).toEqual(['a'])
    const template = environment.getTemplate('a', true)
    expect(environment.getTemplate(template)).toBe(template)
    expect(() => new Environment().getTemplate('none')).toThrow('template not found: none')
    expect(() => new Environment().getTemplate(5 as never)).toThrow('template names must be a string: 5')
  })

  it('resolves relative names at the template that asks', () => {
    const sources: Record<string, string> = {
      'a/page.html': '{% include "./part.html" %}{% include "../top.html" %}',
      'a/part.html': 'part ',
      'top.html': 'top',
    }
    const environment = new Environment(
      new (Loader.extend({
        getSource: (name: string) => (sources[name] ? { src: sources[name], path: name } : null),
      }))(),
    )
    expect(environment.render('a/page.html')).toBe('part top')
  })

  it('renders templates that were made by hand', () => {
    const environment = new Environment()
    expect(new Template('{{ a }}', environment, 'name').render({ a: 1 })).toBe('1')
    expect(() => new Template('{% if %}', environment, 'name', true)).toThrow('(name)')
    expect(() => new Template(5 as never)).toThrow('src must be a string')
  })
})

describe('async templates', () => {
  const environment = new Environment()
  environment.addFilter(
    'lookup',
    (key: string, callback: nunjucks.Callback) => setTimeout(callback, 1, null, `<${key}>`),
    true,
  )
  environment.addFilter('promised', (key: unknown) => later(`p${String(key)}`), true)
  environment.addFilter(
    'at_once',
    (key: string, callback: nunjucks.Callback) => callback(null, `${key}!`),
    true,
  )
  environment.addFilter(
    'fail',
    (_: string, callback: nunjucks.Callback) => setTimeout(callback, 1, new Error('no such')),
    true,
  )
  const items = [1, 2, 3]

  it.each<[source: string, expected: string]>([
    ['{{ "item" | lookup }}', '&lt;item&gt;'],
    ['{{ "a" | lookup | safe | upper }}{{ "b" | upper | promised | lower }}', '&lt;A&gt;pb'],
    ['{{ "x" + ("a" | promised) }}{{ ("a" | promised) == "pa" }}', 'xpatrue'],
    ['{% if "a" | promised %}yes{% endif %}{% set v = "a" | promised %}{{ v }}', 'yespa'],
    ['{% for item in items %}{{ item | promised }}{{ loop.index }},{% endfor %}', 'p11,p22,p33,'],
    [
      '{% asyncEach item in items %}{{ item | promised }}{{ loop.last }},{% else %}none{% endeach %}',
      'p1false,p2false,p3true,',
    ],
    [
      '{% asyncAll item in items %}<li>{{ item | promised }}{{ loop.index }}</li>{% endall %}',
      '<li>p11</li><li>p22</li><li>p33</li>',
    ],
    ['{% asyncAll a, b in pairs %}{{ a }}{{ b | promised }}{% else %}none{% endall %}', 'ap1bp2'],
    [
      '{% asyncEach item in [] %}{% else %}none{% endeach %}{% asyncAll item in missing %}{% else %}none{% endall %}',
      'nonenone',
    ],
    ['{% ifAsync "x" | promised %}{{ "y" | promised }}{% else %}no{% endif %}', 'py'],
    ['{% ifAsync no %}a{% elif yes %}b{% endif %}', 'b'],
    [
      '{% macro m(a) %}<{{ a | promised }}>{{ caller() if caller }}{% endmacro %}{{ m(1) }}{% call m(2) %}in{% endcall %}',
      '<p1><p2>in',
    ],
    [
      '{% set block %}{{ 1 | promised }}{% endset %}{{ block }}{% filter upper %}a{{ 1 | promised }}{% endfilter %}',
      'p1AP1',
    ],
    [
      '{{ promise }}{{ promise | upper }}{% for i in list %}{{ i }}{% endfor %}{% for i in stream %}{{ i }}{% endfor %}',
      'valueVALUE1212',
    ],
    ['{{ load("x") }}', 'loaded x'],
  ])('%s', async (source, expected) => {
    const variables = {
      items,
      pairs: { a: 1, b: 2 },
      yes: true,
      promise: later('value'),
      list: later([1, 2]),
      stream: (async function* () {
        yield 1
        yield await later(2)
      })(),
      load: (name: string) => later(`loaded ${name}`),
    }
    expect(await environment.renderStringAsync(source, variables)).toBe(expected)
    if (source.includes('stream')) return
    expect(await answer((callback) => environment.renderString(source, variables, callback))).toBe(expected)
  })

  it('inherit, include and import what has to be waited for', async () => {
    const sources: Record<string, string> = {
      base: '[{% block a %}{{ 1 | promised }}{% endblock %}]',
      child:
        '{% extends "base" %}{% set late = 2 | promised %}{% block a %}{{ super() }}{{ late }}{% endblock %}',
      part: '{{ x | promised }}',
      macros: '{% macro m() %}{{ 5 | promised }}{% endmacro %}{% set v = 6 | promised %}',
    }
    const loaders: nunjucks.TemplateLoader[] = [
      {
        async: true,
        getSource: (name, callback) =>
          setTimeout(callback, 1, null, sources[name] ? { src: sources[name], path: name } : null),
      },
      { getSource: async (name) => (name === 'promised' ? { src: 'from a promise', path: name } : null) },
    ]
    const waiting = new Environment(loaders)
    waiting.addFilter('promised', (key: unknown) => later(`p${String(key)}`), true)
    expect(await waiting.renderAsync('child')).toBe('[p1p2]')
    expect(
      await waiting.renderStringAsync('{% include "part" %}{% import "macros" as m %}{{ m.m() }}{{ m.v }}', {
        x: 3,
      }),
    ).toBe('p3p5p6')
    expect(
      await waiting.renderStringAsync('{% for i in [1, 2] %}{% include "promised" %};{% endfor %}'),
    ).toBe('from a promise;from a promise;')
    expect(await answer((callback) => waiting.getTemplate('base', callback))).toBeInstanceOf(Template)
    await expect(waiting.renderAsync('none')).rejects.toThrow('template not found: none')
    waiting.invalidateCache()
    expect(() => waiting.getTemplate('macros')).toThrow('give getTemplate() a callback')
  })

  it('that need not wait are there at once', () => {
    expect(environment.renderString('{{ "a" | at_once }}')).toBe('a!')
  })

  it('say so where nobody waits, and hand errors on', async () => {
    expect(() => environment.renderString('{{ "a" | promised }}')).toThrow('use renderAsync()')
    await expect(environment.renderStringAsync('\n{{ "a" | fail }}')).rejects.toThrow(
      '[Line 2, Column 10]\n  Error: no such',
    )
    await expect(
      answer((callback) => environment.renderString('{{ "a" | fail }}', {}, callback)),
    ).rejects.toThrow('no such')
    await expect(answer((callback) => environment.renderString('{% if %}', {}, callback))).rejects.toThrow(
      'unexpected token',
    )
    await expect(answer((callback) => environment.render('none', {}, callback))).rejects.toThrow(
      'template not found',
    )
  })

  it('call back later, also where nothing waits', () => {
    let isCalled = false
    environment.renderString('a', {}, () => {
      isCalled = true
    })
    expect(isCalled).toBe(false)
  })
})

describe('extensions', () => {
  /** `{% remote url, key=value %}body{% error %}else{% endremote %}`, as in Nunjucks' documentation. */
  class RemoteExtension implements nunjucks.NunjucksExtension {
    readonly tags = ['remote']
    readonly [member: string]: unknown

    parse(parser: nunjucks.Parser, nodes: typeof nunjucks.nodes): never {
      const token = parser.nextToken()!
      const args = parser.parseSignature(null, true)
      parser.advanceAfterBlockEnd(token.value)
      const body = parser.parseUntilBlocks('error', 'endremote')
      let errorBody = null
      if (parser.skipSymbol('error')) {
        parser.skip('block-end')
        errorBody = parser.parseUntilBlocks('endremote')
      }
      parser.advanceAfterBlockEnd()
      return new nodes.CallExtension(this, 'run', args, [body, errorBody]) as never
    }

    run(
      context: nunjucks.Context,
      url: string,
      options: Record<string, unknown>,
      body: () => string,
      error: () => string,
    ) {
      const id = `el${Object.keys(options)[0] ?? ''}`
      return new nunjucks.runtime.SafeString(
        `<div id="${id}" url="${url}">${body()}|${error()}|${String(context.ctx['name'])}</div>`,
      )
    }
  }

  it('have tags with arguments and parts', () => {
    const environment = new Environment()
    environment.addExtension('RemoteExtension', new RemoteExtension())
    expect(environment.hasExtension('RemoteExtension')).toBe(true)
    expect(
      environment.renderString(
        '{% remote "/stuff" + 1, param=1 %}This {{ name }}{% error %}There was an error{% endremote %}.',
        {
          name: 'x',
        },
      ),
    ).toBe('<div id="elparam" url="/stuff1">This x|There was an error|x</div>.')
    environment.removeExtension('RemoteExtension')
    expect(environment.getExtension('RemoteExtension')).toBeUndefined()
    expect(() => environment.renderString('{% remote %}')).toThrow('unknown block tag: remote')
  })

  function tag(
    method: (...args: never[]) => unknown,
    kind: 'CallExtension' | 'CallExtensionAsync',
    autoescape?: boolean,
  ): nunjucks.NunjucksExtension {
    return {
      tags: ['tag'],
      ...(autoescape === undefined ? {} : { autoescape }),
      parse(parser, nodes) {
        const token = parser.nextToken()
        parser.advanceAfterBlockEnd(token?.value)
        const body = parser.parseUntilBlocks('endtag')
        parser.advanceAfterBlockEnd()
        return new nodes[kind](this, 'run', null, [body])
      },
      run: method,
    }
  }

  it('are escaped unless they say otherwise', () => {
    const shout = (_: unknown, body: () => string): string => `<b>${body().toUpperCase()}</b>`
    expect(
      new Environment()
        .addExtension('Tag', tag(shout, 'CallExtension'))
        .renderString('{% tag %}a{% endtag %}'),
    ).toBe('&lt;b&gt;A&lt;/b&gt;')
    expect(
      new Environment()
        .addExtension('Tag', tag(shout, 'CallExtension', false))
        .renderString('{% tag %}a{% endtag %}'),
    ).toBe('<b>A</b>')
  })

  it('may be async, by callbacks and by promises', async () => {
    const byCallback = (_: unknown, body: () => string, callback: nunjucks.Callback): unknown =>
      setTimeout(callback, 1, null, `c${body()}`)
    const byPromise = async (_: unknown, body: () => string): Promise<string> => later(`p${body()}`)
    for (const [method, expected] of [
      [byCallback, 'ca'],
      [byPromise, 'pa'],
    ] as const) {
      const environment = new Environment().addExtension('Tag', tag(method, 'CallExtensionAsync'))
      expect(await environment.renderStringAsync('{% tag %}a{% endtag %}.')).toBe(`${expected}.`)
    }
    const bodyWaits = (
      _: unknown,
      body: (callback: nunjucks.Callback<string>) => void,
      callback: nunjucks.Callback,
    ): void => body((error, text) => callback(error, `<${text}>`))
    const environment = new Environment().addExtension('Tag', tag(bodyWaits, 'CallExtensionAsync', false))
    environment.addFilter('promised', (key: unknown) => later(`p${String(key)}`), true)
    expect(await environment.renderStringAsync('{% tag %}{{ 1 | promised }}{% endtag %}')).toBe('<p1>')
  })

  it('preprocess sources and make nodes', () => {
    const environment = new Environment()
    environment.addExtension('Version', {
      tags: ['version'],
      preprocess: (source) => source.replace('VERSION', '{% version %}'),
      parse(parser, { Output, Literal, NodeList }) {
        const { lineno, colno } = parser.nextToken()!
        parser.advanceAfterBlockEnd('version')
        const literal = new Literal(lineno, colno, '<1>')
        expect(literal).toBeInstanceOf(Literal)
        expect(literal).not.toBeInstanceOf(Output)
        const list = new NodeList(lineno, colno)
        list.addChild(new Output(lineno, colno, [literal]))
        return list
      },
    })
    expect(environment.renderString('v VERSION')).toBe('v &lt;1&gt;')
  })
})

describe('installJinjaCompat', () => {
  it('adds names and methods of Python, until it is undone', () => {
    const environment = new Environment()
    const source =
      '{{ True }}{{ False }}{{ None }}{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}{{ d.get("z", 1) }}{{ l.count(1) }}{{ l.pop() }}'
    const render = (): string => environment.renderString(source, { d: { a: 2 }, l: [1, 1] })
    expect(render).toThrow('Unable to call `d["items"]`')
    const uninstall = nunjucks.installJinjaCompat()
    expect(render()).toBe('truefalsea2121')
    expect(environment.renderString('{{ d.items }}', { d: { items: 'own' } })).toBe('own')
    uninstall()
    expect(render).toThrow('Unable to call')
  })

  it('is not needed for slices', () => {
    const variables = { l: [0, 1, 2, 3, 4] }
    const source =
      '{{ l[1:3] }}|{{ l[:2] }}|{{ l[-2:] }}|{{ l[::2] }}|{{ l[::-1] }}|{{ "hello"[1:-1] }}|{{ missing[1:] }}'
    expect(nunjucks.renderString(source, variables)).toBe('1,2|0,1|3,4|0,2,4|4,3,2,1,0|ell|')
  })
})

describe('in browsers', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    nunjucksWeb.reset()
  })

  it('templates are fetched without blocking', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      if (url.endsWith('none.html')) return new Response('', { status: 404 })
      return url.endsWith('broken.html')
        ? new Response('', { status: 500 })
        : new Response(`{{ x }} from ${url}`)
    })
    const environment = nunjucksWeb.configure('/views', { web: { useCache: true } })
    expect(await environment.renderAsync('a.html', { x: 1 })).toBe('1 from /views/a.html')
    expect(await answer((callback) => nunjucksWeb.render('a.html', { x: 2 }, callback))).toBe(
      '2 from /views/a.html',
    )
    expect(asked).toEqual(['/views/a.html'])
    await expect(environment.renderAsync('none.html')).rejects.toThrow('template not found')
    await expect(environment.renderAsync('broken.html')).rejects.toThrow('HTTP status 500')
    expect(nunjucksWeb.renderString('{{ 1 }}')).toBe('1')
  })
})
