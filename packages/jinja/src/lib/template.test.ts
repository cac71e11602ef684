import { describe, expect, test } from 'vitest'
import { Environment } from './environment.ts'
import { placesOf, RecursionError, TemplateRuntimeError } from './errors.ts'
import { DictLoader } from './loaders/dict-loader.ts'
import { NativeEnvironment } from './native/native-environment.ts'
import type { Template } from './template.ts'
import { Kwargs } from './values/kwargs.ts'

const named = (templates: Record<string, string>, name: string = 'main'): Template =>
  new Environment({ loader: new DictLoader(templates), autoescape: true }).getTemplateSync(name)

const environmentOf = (template: Template): Environment => template.environment as Environment

describe('inheritance', () => {
  const base = '<t>{% block title %}Site{% endblock %}</t>{% block body %}{% endblock %}'
  test.each([
    [{ base, main: '{% extends "base" %}{% block title %}{{ super() }}!{% endblock %}' }, '<t>Site!</t>'],
    [
      { base, main: '{% extends base_name %}{% block body %}{{ self.title() }}{% endblock %}' },
      '<t>Site</t>Site',
    ],
    [
      { base, main: '{% if yes %}{% extends "base" %}{% endif %}{% block body %}b{% endblock %}c' },
      '<t>Site</t>b',
    ],
    [{ base, main: '{% if no %}{% extends "base" %}{% endif %}{% block body %}b{% endblock %}c' }, 'bc'],
    [{ base, main: 'before{% extends "base" %}after{% set x = 1 %}' }, 'before<t>Site</t>'],
    [
      {
        base,
        middle: '{% extends "base" %}{% block title %}m{{ super() }}{% endblock %}',
        main: '{% extends "middle" %}{% block title %}{{ super.super() }}{{ super() }}{% endblock %}',
      },
      '<t>SitemSite</t>',
    ],
    [{ main: '{% block a %}{% block b %}x{% endblock %}y{% endblock %}' }, 'xy'],
    [
      {
        base,
        main: '{% extends "base" %}{% block title %}{% block b scoped %}b{% endblock %}{{ super() }}{% endblock %}',
      },
      '<t>bSite</t>',
    ],
    [
      {
        base,
        part: '{{ super() }}',
        main: '{% extends "base" %}{% block title %}{% include "part" %}{{ super() }}{% endblock %}',
      },
      '<t>SiteSite</t>',
    ],
    [{ main: '{% macro self() %}x{% endmacro %}{{ self() }}' }, 'x'],
    [
      { base, main: '{% extends "base" %}{% set x = 1 %}{% block body %}{{ x }}{% endblock %}' },
      '<t>Site</t>1',
    ],
  ])('%j', (templates, output) => {
    expect(named(templates).render({ base_name: 'base', yes: true })).toBe(output)
  })

  test.each([
    [{ main: '{% block a required %}{% endblock %}' }, "Required block 'a' not found"],
    [{ main: '{% block a %}{{ super() }}{% endblock %}' }, "there is no parent block called 'a'."],
    [{ b: '', main: '{% extends "b" %}{% extends "b" %}' }, 'extended multiple times'],
    [{ main: '{{ self.nosuch() }}' }, "'jinja2.runtime.TemplateReference object' has no attribute 'nosuch'"],
  ])('%j fails', (templates, message) => {
    expect(() => named(templates).render()).toThrow(message)
  })
})

describe('including and importing', () => {
  const part = '[{{ x }}{{ loop is defined }}]'
  const forms = '{% macro f(a) %}<{{ a }}{{ x }}>{% endmacro %}{% set v = 5 %}{% set _p = 6 %}'
  test.each([
    ['{% include "part" %}', '[gFalse]'],
    ['{% for x in [1] %}{% include "part" %}{% endfor %}', '[1False]'],
    ['{% for x in [1] %}{{ loop.index }}{% include "part" %}{% endfor %}', '1[1True]'],
    ['{% include "part" without context %}', '[False]'],
    ['{% include ["nosuch", "part"] %}{% include "nosuch" ignore missing %}', '[gFalse]'],
    ['{% import "forms" as f %}{{ f.f(1) }}{{ f.v }}{{ f._p }}', '<1>5'],
    ['{% import "forms" as f with context %}{{ f.f(1) }}', '<1g>'],
    ['{% from "forms" import f, v as w, nosuch %}{{ f("<") }}{{ w }}{{ nosuch }}', '<&lt;>5'],
    ['{% import "forms" as f %}{% block b %}{{ f.v }}{% endblock %}', '5'],
  ])('%s', (main, output) => {
    expect(named({ part, forms, main }).render({ x: 'g' })).toBe(output)
  })

  test('a name that is not exported says so when it is used', () => {
    expect(() => named({ forms, main: '\n{% from "forms" import nosuch %}{{ nosuch() }}' }).render()).toThrow(
      "the template 'forms' (imported on line 2 in 'main') does not export the requested name 'nosuch'",
    )
  })

  test('templates that lead to each other without end are an error', () => {
    const render = (templates: Record<string, string>) => (): string => named(templates).render({ f: 1 })
    expect(render({ main: '{% include "main" %}' })).toThrow(RecursionError)
    expect(render({ main: '{% extends "main" %}' })).toThrow(RecursionError)
    expect(render({ main: '{% import "main" as m with context %}' })).toThrow(RecursionError)
    expect(render({ main: '{% import "main" as m %}' })).toThrow(RecursionError)
    expect(render({ main: '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}' })).toThrow(
      'macros call each other more than 200 levels deep',
    )
    const loop: { c?: unknown[] } = {}
    loop.c = [loop]
    expect(() =>
      named({ main: '{% for x in c recursive %}{{ loop(x.c) }}{% endfor %}' }).render(loop),
    ).toThrow('a recursive loop called itself more than 200 levels deep')
  })

  test('macros that end may be called as often as one likes', () => {
    const source =
      '{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{% for i in range(300) %}{{ m(150) }}{% endfor %}'
    expect(named({ main: source }).render()).toBe('')
  })
})

describe('errors', () => {
  const templates = {
    main: 'a\n{% include "part" %}',
    part: '\n{% block b %}\n{{ m.x }}{% endblock %}',
    macro: '{% macro m(a) %}\n{{ a.b.c }}{% endmacro %}\n\n{{ m(1) }}',
  }
  const placesIn = (name: string): unknown[] => {
    try {
      named(templates, name).render()
    } catch (error) {
      return placesOf(error).map(({ templateName, lineno, part }) => [templateName, lineno, part])
    }
    return []
  }

  test('name all places that they passed through', () => {
    expect(placesIn('main')).toEqual([
      ['part', 3, 'block "b"'],
      ['part', 2, null],
      ['main', 2, null],
    ])
    expect(placesIn('macro')).toEqual([
      ['macro', 2, 'macro "m"'],
      ['macro', 4, null],
    ])
  })

  test('show the source, and have frames of the template in their stack', () => {
    let stack = ''
    try {
      named(templates).render()
    } catch (error) {
      stack = (error as Error).stack!
    }
    expect(stack).toContain("UndefinedError: 'm' is undefined")
    expect(stack).toContain('> 3 | {{ m.x }}{% endblock %}')
    expect(stack).toContain('at block "b" (part:3)')
  })

  test('of applications keep their class', () => {
    class Own extends Error {}
    const fail = (): never => {
      throw new Own('x')
    }
    const template = named({ main: '\n\n{{ fail() }}' })
    expect(() => template.render({ fail })).toThrow(Own)
    expect(() => new Environment().fromString('{{ 1 + x }}').render({ x: 'a' })).toThrow(TypeError)
    expect(() => named({ main: '{% set x.y = 1 %}' }).render({ x: 1 })).toThrow(TemplateRuntimeError)
  })

  test.each([
    ['{% for x in y %}\n{{ x }}\n{% endfor %}', { y: 1 }, 1],
    ['\n{% if\nx.y.z %}{% endif %}', {}, 2],
    ['{{ 1 }}\n{% for x in [1, 0] %}\n{{ 1 // x }}{% endfor %}', {}, 3],
    ['{% set a = 1 %}\n{% set b = a.b.c %}', {}, 2],
    ['{% if false %}\n{% elif x.y.z %}{% endif %}', {}, 2],
    ['{% for x in [1] if\nx.y.z %}{% endfor %}', {}, 2],
    ['{% call m() %}\n{% endcall %}', {}, 1],
    ['{% filter upper %}\n{% endfilter %}\n{{ x.y.z }}', {}, 3],
  ])('%j is reported with its line', (source, variables, line) => {
    let place: unknown
    try {
      new Environment().fromString(source).render(variables)
    } catch (error) {
      place = placesOf(error)[0]?.lineno
    }
    expect(place).toBe(line)
  })
})

describe('streams', () => {
  const source = '{% extends "base" %}{% block b %}{% for x in y %}{{ x }},{% endfor %}{% endblock %}'
  const stream = named({ base: 'a{% block b %}{% endblock %}c', main: source })

  test('give text as soon as there is some', () => {
    const taken: number[] = []
    const y = (function* () {
      for (const x of [1, 2, 3]) {
        taken.push(x)
        yield x
      }
    })()
    const pieces = stream.generate({ y })
    expect(pieces.next().value).toBe('a')
    expect(pieces.next().value).toBe('1,')
    expect(taken).toEqual([1])
    expect(Array.from(pieces)).toEqual(['2,', '3,', 'c'])
  })

  test('give larger pieces, if wanted', () => {
    expect(Array.from(stream.generate({ y: [1, 2, 3] }, { pieceSize: 3 }))).toEqual(['a', '1,2,', '3,', 'c'])
  })

  test('put pieces together', () => {
    const buffered = stream.stream({ y: [1, 2, 3] })
    buffered.enableBuffering(2)
    expect(buffered.buffered).toBe(true)
    expect(Array.from(buffered)).toEqual(['a1,', '2,3,', 'c'])
    expect(() => buffered.enableBuffering(1)).toThrow(RangeError)
  })

  test('can be written somewhere', () => {
    const written: string[] = []
    stream.stream({ y: [1] }).dump({ write: (text) => written.push(text) })
    expect(written).toEqual(['a', '1,', 'c'])
  })

  test('of native environments give values', () => {
    const loader = new DictLoader({
      base: '{% block b %}{% endblock %}{{ [1] }}',
      main: '{% extends "base" %}{% block b %}{{ x }}{% endblock %}',
    })
    const template = new NativeEnvironment({ loader }).getTemplateSync('main')
    expect(Array.from<unknown>(template.generate({ x: 5 }))).toEqual([5, '[1]'])
  })

  test('may await', async () => {
    const y = async function* (): AsyncGenerator<number> {
      yield 1
      yield 2
    }
    const pieces: string[] = []
    for await (const piece of stream.generateAsync({ y: y() })) pieces.push(piece)
    expect(pieces).toEqual(['a', '1,', '2,', 'c'])
  })
})

describe('awaiting', () => {
  const later = async <T>(value: T): Promise<T> => value
  const items = async function* (): AsyncGenerator<number> {
    yield 1
    yield 2
  }
  test.each([
    ['{{ f() }}{{ p }}{{ o.p }}{{ o["p"] }}', '1222'],
    ['{{ f() + p }}{{ p if p > 1 else 0 }}', '32'],
    ['{% for x in g() %}{{ x }}{{ loop.index }}{% endfor %}', '1122'],
    ['{% for x in g() %}{{ x }}{{ loop.last }}{% endfor %}', '1False2True'],
    ['{% for x in g() if x > p - 1 %}{{ x }}{% endfor %}', '2'],
    ['{% for x in g() %}{% else %}none{% endfor %}', ''],
    ['{% for x in [p, p] %}{{ x }}{% endfor %}', '22'],
    ['{% macro m(a) %}{{ a }}{{ f() }}{% endmacro %}{{ m(p) }}{{ m(a=f()) }}', '2111'],
    ['{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ p }}{% endcall %}', '2'],
    ['{% block b %}{{ p }}{% endblock %}{{ self.b() }}', '22'],
    ['{% set x %}{{ p }}{% endset %}{{ x }}{% filter upper %}a{{ f() }}{% endfilter %}', '2A1'],
    ['{{ g()|list }}{{ g()|map("string")|join("-") }}{{ g()|sum }}', '[1, 2]1-23'],
    ['{% for x in t recursive %}{{ x.n }}{{ loop(x.c) }}{% endfor %}', '12'],
    [
      '{% import "forms" as m %}{{ m.f(p) }}{% include "part" %}{% include "part" without context %}',
      '<2>[2][]',
    ],
    ['{{ p is divisibleby(2) }}{{ p|default(1) }}{{ p is defined }}', 'True2True'],
  ])('%s', async (main, output) => {
    const template = named({ main, forms: '{% macro f(a) %}<{{ a }}>{% endmacro %}', part: '[{{ p }}]' })
    const t = [{ n: 1, c: [{ n: later(2), c: [] }] }]
    const variables = { f: () => later(1), p: later(2), o: { p: later(2) }, g: items, t }
    expect(await template.renderAsync(variables)).toBe(output)
  })

  test.each([
    ['{{ promise }}', 'a promise cannot be printed'],
    ['{{ later(1) }}', 'a promise cannot be printed'],
    ['{{ "a" ~ promise }}', 'a promise cannot be printed'],
    ['{{ promise|upper }}', 'a promise cannot be printed'],
    ['{% for x in items %}{{ x }}{% endfor %}', "'async_generator' object is not iterable: it comes later"],
    ['{{ items|list }}', "'async_generator' object is not iterable: it comes later"],
    ['{{ items|join }}', "'async_generator' object is not iterable: it comes later"],
    ['{% for x in promise %}{% endfor %}', "'Promise' object is not iterable: it comes later"],
    ['{% for x in wrong %}{% endfor %}', 'an iterator gave a promise'],
  ])('%s says how to wait, where nobody does', async (source, message) => {
    const wrong = new (class {
      next = () => later({ done: true })
    })()
    const promise = later(1)
    const render = (): unknown =>
      new Environment().fromString(source).render({ promise, later, items: items(), wrong })
    expect(render).toThrow(message)
    expect(render).toThrow('Render the template with renderAsync(), which waits for it.')
  })

  test('many renderings at once do not count as a recursion', async () => {
    const template = named({
      main: '{% import "forms" as m %}{{ m.f() }}',
      forms: '{% macro f() %}{{ x() }}{% endmacro %}',
    })
    environmentOf(template).globals.set('x', () => new Promise((resolve) => setTimeout(resolve, 5, 'x')))
    const all = await Promise.all(Array.from({ length: 300 }, () => template.renderAsync()))
    expect(new Set(all)).toEqual(new Set(['x']))
  })

  test('errors keep their place', async () => {
    const fail = async (): Promise<never> => {
      throw new RangeError('x')
    }
    const error = await named({ main: '\n{{ fail() }}' })
      .renderAsync({ fail })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RangeError)
    expect(placesOf(error)[0]).toMatchObject({ templateName: 'main', lineno: 2 })
  })

  test('one template is rendered both ways', async () => {
    const template = named({ main: '{{ x }}' })
    expect([template.render({ x: 1 }), await template.renderAsync({ x: 1 })]).toEqual(['1', '1'])
  })
})

describe('parts of a template', () => {
  test('a block can be rendered alone', async () => {
    const template = named({ main: 'a{% block b %}{{ x }}{% endblock %}' })
    expect(template.blocks).toEqual(['b'])
    expect(template.renderBlock('b', { x: '<' })).toBe('&lt;')
    expect(await template.renderBlockAsync('b', { x: Promise.resolve(1) })).toBe('1')
    expect(() => template.renderBlock('nosuch')).toThrow("has no block 'nosuch'. Its blocks: 'b'.")
  })

  test('a block of a template that extends another can be rendered alone', async () => {
    const base = 'a{% block b %}base{% endblock %}{% block c %}C{% endblock %}'
    const middle = '{% extends "base" %}{% block b %}{{ super() }}-middle{% endblock %}'
    const template = named({
      base,
      middle,
      main: '{% extends "middle" %}{% block b %}{{ super() }}-{{ x }}{% endblock %}',
    })
    expect(template.renderBlock('b', { x: 1 })).toBe('base-middle-1')
    expect(template.renderBlock('c')).toBe('C')
    expect(await template.renderBlockAsync('b', { x: Promise.resolve(2) })).toBe('base-middle-2')
  })

  test('a module has what the template exports', async () => {
    const template = named({
      main: '{% macro m(a) %}<{{ a }}>{% endmacro %}{% set v = x %}{% set _p = 1 %}text',
    })
    const { module } = template
    expect(String(module)).toBe('text')
    expect(String((module['m'] as (a: unknown) => unknown)('&'))).toBe('<&amp;>')
    expect(Object.keys(module)).toEqual(['m', 'v'])
    expect(String((module['m'] as (a: unknown) => unknown)(new Kwargs([['a', 1]])))).toBe('<1>')
    expect(template.makeModule({ x: 1 })['v']).toBe(1)
    expect((await template.makeModuleAsync({ x: 1 }))['v']).toBe(1)
  })

  test('lines of the code are known', () => {
    const template = named({ main: '\n{{ a }}\n{{ b }}' })
    expect(template.debugInfo).toEqual([
      [2, 2],
      [3, 3],
    ])
    expect(template.getCorrespondingLineno(3)).toBe(3)
    expect(template.getCorrespondingLineno(1)).toBe(1)
  })

  test('members of the engine cannot be reached', () => {
    const source = '{{ loop_.advance is defined }}{{ m.invoke is defined }}{{ m.call is defined }}'
    const main = `{% macro m() %}{% endmacro %}{% for x in [1] %}{% set loop_ = loop %}${source}{% endfor %}`
    expect(named({ main }).render()).toBe('FalseFalseFalse')
  })
})
