import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DictLoader, type Environment, type EnvironmentOptions, TemplateNotFound } from '@phial/jinja'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  Blueprint,
  beforeRenderTemplate,
  flash,
  g,
  getTemplateAttribute,
  Phial,
  type PhialOptions,
  renderBlock,
  renderTemplate,
  renderTemplateAsync,
  renderTemplateString,
  session,
  streamTemplate,
  templateRendered,
} from '../../index.ts'
import { NONCE, setSecureHeaders } from '../../security.ts'
import { captureLog } from '../testing/capture-log.ts'

const templates = {
  'hello.html': '<p>Hello {{ name }}!</p>',
  'hello.txt': 'Hello {{ name }}!',
  'list.html':
    '<ul>{% block rows %}{% for row in rows %}<li>{{ row }}</li>{% endfor %}{% endblock %}</ul>{% block foot %}end{% endblock %}',
  '_macros.html':
    '{% macro greet(name) %}Hi {{ name }} on {{ request.path }} of {{ config.SITE }}{% endmacro %}{% set answer = 42 %}',
  'page.html': '{% from "_macros.html" import greet %}{{ greet("Ann") }}',
}

function makeApp(options: PhialOptions = {}): Phial {
  return new Phial('test', {
    templateLoader: new DictLoader(templates),
    config: { TESTING: true, SECRET_KEY: 'a key of sixteen bytes', SITE: 'example' },
    ...options,
  })
}

/** What a view answers. */
async function answer(app: Phial, view: () => unknown, path = '/'): Promise<string> {
  app.get('/', view as () => string)
  return (await app.testClient().get(path)).text
}

describe('renderTemplate', () => {
  it('escapes by the name of the template', async () => {
    const app = makeApp()
    expect(await answer(app, () => renderTemplate('hello.html', { name: '<b>' }))).toBe(
      '<p>Hello &lt;b&gt;!</p>',
    )
    expect(await answer(makeApp(), () => renderTemplate('hello.txt', { name: '<b>' }))).toBe('Hello <b>!')
    expect(await answer(makeApp(), () => renderTemplateString('{{ x }}', { x: '<' }))).toBe('&lt;')
  })

  it('takes the first of several names that there is', async () => {
    expect(
      await answer(makeApp(), () => renderTemplate(['none.html', 'hello.html'], { name: 'A' })),
    ).toContain('A')
  })

  it('says where it looked for a template that is missing', async () => {
    const app = makeApp({ templateLoader: undefined as never, rootPath: '/srv/app' })
    app.registerBlueprint(new Blueprint('shop', null, { rootPath: '/srv/shop', templateFolder: 'pages' }))
    app.get('/', () => renderTemplate('missing.html'))
    await expect(app.testClient().get('/')).rejects.toThrow(
      'missing.html was not found. Searched in test: /srv/app/templates; shop: /srv/shop/pages.',
    )
    app.debug = true
    await expect(app.testClient().get('/')).rejects.toThrow('Set EXPLAIN_TEMPLATE_LOADING to true')
    const bare = makeApp({ templateLoader: undefined as never, templateFolder: null })
    bare.get('/', () => renderTemplate('x.html'))
    await expect(bare.testClient().get('/')).rejects.toThrow(TemplateNotFound)
    await expect(bare.testClient().get('/')).rejects.toThrow('give it a templateFolder')
  })

  it('works in a context without a request, where its names are undefined', () => {
    const app = makeApp({ config: { SERVER_NAME: 'example.test' } })
    app.get('/x', { endpoint: 'x' }, () => '')
    const page = app
      .appContext()
      .run(() => renderTemplateString('{{ request is defined }} {{ g is defined }} {{ url_for("x") }}'))
    expect(page).toBe('False True http://example.test/x')
    expect(() => renderTemplate('hello.html')).toThrow('outside of application context')
  })
})

describe('what templates see', () => {
  it('is the request, the session, g and the configuration, in imported macros too', async () => {
    expect(await answer(makeApp(), () => renderTemplate('page.html'))).toBe('Hi Ann on / of example')
    const page = await answer(
      makeApp(),
      () => {
        session['user'] = 'Ann'
        g['word'] = 'w'
        return renderTemplateString(
          "{{ session.user }} {{ session['user'] }} {{ session.get('none', 'no') }} {{ 'user' in session }} {{ g.word }} " +
            "{{ g.get('x', 'y') }} {{ request.method }} {{ request.args.get('q') }} {{ request.args.q }}",
        )
      },
      '/?q=1',
    )
    expect(page).toBe('Ann Ann no True w y GET 1 1')
  })

  it('S84: is no secret of the configuration', async () => {
    const page = await answer(makeApp(), () =>
      renderTemplateString(
        "{{ config.SECRET_KEY is defined }} {{ 'SECRET_KEY' in config }} {{ config|tojson }}",
      ),
    )
    expect(page).toContain('False False')
    expect(page).not.toContain('sixteen')
  })

  it('is URLs, with the options of Flask', async () => {
    const app = makeApp()
    app.get('/item/<int:id>', { endpoint: 'item' }, () => '')
    const page = await answer(app, () =>
      renderTemplateString(
        "{{ url_for('item', id=3, q='a b', _anchor='top') }} {{ urlFor('item', id=1, _external=true) }}",
      ),
    )
    expect(page).toBe('/item/3?q=a+b#top http://localhost/item/1')
  })

  it('is flashed messages', async () => {
    const page = await answer(makeApp(), () => {
      flash('Saved.', 'info')
      flash('Oh <no>!', 'error')
      return renderTemplateString(
        '{% for category, message in get_flashed_messages(with_categories=true) %}{{ category }}: {{ message }};{% endfor %}' +
          "{{ get_flashed_messages(category_filter=['error']) }}",
      )
    })
    expect(page).toBe('info: Saved.;error: Oh &lt;no&gt;!;[&#39;Oh &lt;no&gt;!&#39;]')
  })

  it('comes from context processors, the inner before the outer, and from the call before all', async () => {
    const app = makeApp()
    const shop = new Blueprint('shop', null, { urlPrefix: '/shop' })
    app.contextProcessor(() => ({ a: 'app', b: 'app', c: 'app' }))
    shop.contextProcessor(() => ({ b: 'shop', c: 'shop' }))
    shop.get('/', () => renderTemplateString('{{ a }} {{ b }} {{ c }}', { c: 'call' }))
    app.registerBlueprint(shop)
    app.get('/', () => renderTemplateString('{{ a }} {{ b }}'))
    const client = app.testClient()
    expect((await client.get('/shop/')).text).toBe('app shop call')
    expect((await client.get('/')).text).toBe('app app')
  })

  it('is filters, tests and globals of the application and its blueprints', async () => {
    const app = makeApp()
    app.templateFilter('price', (value: number) => `EUR ${value.toFixed(2)}`)
    app.templateTest('small', (value: number) => value < 10)
    const shop = new Blueprint('shop')
    shop.appTemplateGlobal('version', () => '1.0')
    app.registerBlueprint(shop)
    expect(
      await answer(app, () => renderTemplateString('{{ 3|price }} {{ 3 is small }} {{ version() }}')),
    ).toBe('EUR 3.00 True 1.0')
    expect(() => app.templateFilter('late', String)).toThrow('templateFilter')
  })

  it('is the token of forms and the nonce of scripts', async () => {
    const app = makeApp()
    setSecureHeaders(app, { contentSecurityPolicy: { 'script-src': [NONCE] } })
    app.get('/', () => renderTemplateString('{{ csrf_token() }} {{ csp_nonce() }} {{ cspNonce() }}'))
    const response = await app.testClient().get('/')
    const [token, nonce, again] = response.text.split(' ')
    expect(token).toMatch(/^[0-9a-f]{128}$/)
    expect(again).toBe(nonce)
    expect(response.headers.get('Content-Security-Policy')).toBe(`script-src 'nonce-${nonce}'`)
  })

  it('may have options and an environment of its own', async () => {
    class Site extends Phial {
      override createJinjaEnvironment(options: EnvironmentOptions): Environment {
        const environment = super.createJinjaEnvironment(options)
        environment.addGlobal('own', 'own')
        return environment
      }

      override selectJinjaAutoescape(name: string | null): boolean {
        return name?.endsWith('.mail') ?? super.selectJinjaAutoescape(name)
      }
    }
    const app = new Site('site', {
      templateLoader: new DictLoader({ 'x.mail': '<< "<" >> << own >>', 'x.html': '<< "<" >>' }),
      jinjaOptions: { variableStartString: '<<', variableEndString: '>>' },
      config: { TESTING: true },
    })
    expect(await answer(app, () => renderTemplate('x.mail') + renderTemplate('x.html'))).toBe('&lt; own<')
    expect(app.jinjaEnv).toBe(app.templates.environment)
  })

  it('is JSON as the application writes it', async () => {
    expect(
      await answer(makeApp(), () => renderTemplateString('{{ x|tojson }}', { x: { d: new Date(0) } })),
    ).toBe('{"d":"1970-01-01T00:00:00.000Z"}')
  })
})

describe('other ways to render', () => {
  it('await what is promised', async () => {
    const app = makeApp()
    app.get('/', () => renderTemplateAsync('hello.html', { name: Promise.resolve('Ann') }))
    expect((await app.testClient().get('/')).text).toBe('<p>Hello Ann!</p>')
  })

  it('stream a page with its request', async () => {
    const app = makeApp()
    app.get('/', () => streamTemplate('list.html', { rows: ['a', Promise.resolve('b')] }))
    const response = await app.testClient().get('/')
    expect(response.text).toBe('<ul><li>a</li><li>b</li></ul>end')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  })

  it('give blocks alone', async () => {
    const rows = { rows: ['a'] }
    expect(await answer(makeApp(), () => renderBlock('list.html', 'rows', rows))).toBe('<li>a</li>')
    expect(await answer(makeApp(), () => renderBlock('list.html', ['foot', 'rows'], rows))).toBe(
      'end<li>a</li>',
    )
  })

  it('give macros to code', () => {
    const app = makeApp()
    app.testRequestContext('/here').run(() => {
      const greet = getTemplateAttribute('_macros.html', 'greet') as (name: string) => unknown
      expect(String(greet('Bob'))).toBe('Hi Bob on /here of example')
      expect(getTemplateAttribute('_macros.html', 'answer')).toBe(42)
      expect(() => getTemplateAttribute('_macros.html', 'none')).toThrow('It exports greet, answer')
    })
  })

  it('tell those who listen', async () => {
    const app = makeApp()
    const seen: unknown[] = []
    const before = beforeRenderTemplate.connect(
      (_app, { template }) => void seen.push(['before', template.name]),
      { sender: app },
    )
    const after = templateRendered.connect(
      (_app, { template, values }) => void seen.push([template.name, values]),
      { sender: app },
    )
    app.contextProcessor(() => ({ site: 's' }))
    await answer(app, () => renderTemplate('hello.html', { name: 'A' }))
    expect(seen).toEqual([
      ['before', 'hello.html'],
      ['hello.html', { site: 's', name: 'A' }],
    ])
    beforeRenderTemplate.disconnect(before, { sender: app })
    templateRendered.disconnect(after, { sender: app })
  })
})

describe('template folders', () => {
  let root: string
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'phial-templating-'))
    write('app/templates/shared.html', 'of the app')
    write('app/templates/index.html', '{% include "shop/item.html" %}')
    write('shop/templates/shared.html', 'of the shop')
    write('shop/templates/shop/item.html', 'item')
  })

  afterAll(() => rmSync(root, { recursive: true }))

  function makeSite(config: Record<string, unknown> = {}): Phial {
    const app = new Phial('site', { rootPath: join(root, 'app'), config: { TESTING: true, ...config } })
    const shop = new Blueprint('shop', null, { rootPath: join(root, 'shop'), templateFolder: 'templates' })
    app.registerBlueprint(shop)
    return app
  }

  it('are that of the application before those of its blueprints', async () => {
    expect(await answer(makeSite(), () => renderTemplate('shared.html'))).toBe('of the app')
    expect(await answer(makeSite(), () => renderTemplate('index.html'))).toBe('item')
  })

  it('can be explained', async () => {
    const app = makeSite({ EXPLAIN_TEMPLATE_LOADING: true })
    const log = captureLog(app)
    await answer(app, () => renderTemplate('shared.html'))
    const text = log.map(({ message }) => message).join('\n')
    expect(text).toContain('1: trying loader of application "site"')
    expect(text).toContain('2: trying loader of blueprint "shop"')
    expect(text).toContain('several loaders have the template')
  })

  it('are read again when a file changes, in debug mode alone', async () => {
    for (const [debug, expected] of [
      [true, 'new'],
      [false, 'old'],
    ] as const) {
      write('app/templates/changing.html', 'old')
      const app = makeSite({ DEBUG: debug })
      app.get('/', () => renderTemplate('changing.html'))
      const client = app.testClient()
      expect((await client.get('/')).text).toBe('old')
      write('app/templates/changing.html', 'newer than before'.slice(0, 3))
      const { utimesSync } = await import('node:fs')
      utimesSync(join(root, 'app/templates/changing.html'), new Date(), new Date(Date.now() + 5000))
      expect((await client.get('/')).text).toBe(expected)
    }
  })
})

describe('a template that is rendered at once', () => {
  it.each<[kind: string, value: unknown]>([
    ['a promise', Promise.resolve(1)],
    ['an asynchronous iterator', (async function* () {})()],
    ['an asynchronous iterator', new ReadableStream()],
  ])('does not take %s', async (kind, value) => {
    const message = `The value "rows" for the template is ${kind}, and the template is rendered at once.`
    await expect(answer(makeApp(), () => renderTemplate('list.html', { rows: value }))).rejects.toThrow(
      message,
    )
    await expect(answer(makeApp(), () => renderBlock('list.html', 'rows', { rows: value }))).rejects.toThrow(
      message,
    )
    await expect(
      answer(makeApp(), () => renderTemplateString('{{ rows }}', { rows: value })),
    ).rejects.toThrow(message)
    const app = makeApp()
    app.contextProcessor(() => ({ rows: value }))
    await expect(answer(app, () => renderTemplate('list.html'))).rejects.toThrow(message)
  })
})

describe('a template that is not there', () => {
  it.each([
    ['hello.htm', ' Did you mean "hello.html"?'],
    ['shop/page.html', ' Did you mean "page.html"?'],
    ['macros.html', ' Did you mean "_macros.html"?'],
    ['something.html', ' Set EXPLAIN_TEMPLATE_LOADING to true to log each search.'],
    ['x'.repeat(5000), ' Set EXPLAIN_TEMPLATE_LOADING to true to log each search.'],
  ])('is told with the name that was meant, in debug mode: %#', async (name, hint) => {
    const found = `${name} was not found. Searched in test: DictLoader.`
    await expect(answer(makeApp(), () => renderTemplate(name))).rejects.toThrow(new RegExp(`^${found}$`))
    const app = makeApp()
    app.debug = true
    await expect(answer(app, () => renderTemplate(name))).rejects.toThrow(found + hint)
  })
})
