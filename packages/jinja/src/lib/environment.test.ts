import { describe, expect, test } from 'vitest'
import { Environment } from './environment.ts'
import type { EnvironmentOptions } from './environment-options.ts'
import { TemplateNotFound, TemplatesNotFound } from './errors.ts'
import { type Bucket, BytecodeCache } from './loaders/bytecode-cache.ts'
import { DictLoader } from './loaders/dict-loader.ts'
import { FunctionLoader } from './loaders/function-loader.ts'
import { passContext, passEnvironment, passEvalContext } from './pass.ts'
import { PrecompiledEnvironment } from './precompiled-environment.ts'
import { Context } from './runtime/context.ts'
import { selectAutoescape } from './select-autoescape.ts'
import { StrictUndefined } from './values/undefined.ts'

const withTemplates = (templates: Record<string, string>, options: EnvironmentOptions = {}): Environment =>
  new Environment({ loader: new DictLoader(templates), ...options })

describe('getting templates', () => {
  test('by name, from the cache the second time', async () => {
    const environment = withTemplates({ a: 'A{{ x }}' })
    const template = environment.getTemplateSync('a')
    expect(template.render({ x: 1 })).toBe('A1')
    expect(environment.getTemplateSync('a')).toBe(template)
    expect(await environment.getTemplate('a')).toBe(template)
    expect(environment.getTemplateSync(template)).toBe(template)
  })

  test('anew when the source has changed', () => {
    const templates: Record<string, string> = { a: '1' }
    const environment = withTemplates(templates)
    expect(environment.getTemplateSync('a').render()).toBe('1')
    templates['a'] = '2'
    expect(environment.getTemplateSync('a').render()).toBe('2')
    const fixed = withTemplates(templates, { autoReload: false })
    expect(fixed.getTemplateSync('a').render()).toBe('2')
    templates['a'] = '3'
    expect(fixed.getTemplateSync('a').render()).toBe('2')
  })

  test('a parent that has changed is used at once', () => {
    const templates = {
      base: '1{% block b %}{% endblock %}',
      child: '{% extends "base" %}{% block b %}x{% endblock %}',
    }
    const environment = withTemplates(templates)
    expect(environment.getTemplateSync('child').render()).toBe('1x')
    templates.base = '2{% block b %}{% endblock %}'
    expect(environment.getTemplateSync('child').render()).toBe('2x')
  })

  test.each([
    [0, 0],
    [1, 1],
    [-1, 3],
  ])('with a cache of size %d', (cacheSize, kept) => {
    const environment = withTemplates({ a: '', b: '', c: '' }, { cacheSize })
    const templates = ['a', 'b', 'c'].map((name) => environment.getTemplateSync(name))
    // From the newest on, since asking for one that is not kept drops another.
    const same = ['c', 'b', 'a'].filter(
      (name, index) => environment.getTemplateSync(name) === templates[2 - index],
    )
    expect(same).toHaveLength(kept)
  })

  test('of several names the first that exists', async () => {
    const environment = withTemplates({ b: 'B' })
    expect(environment.selectTemplateSync(['a', 'b']).name).toBe('b')
    expect((await environment.selectTemplate(['a', 'b'])).name).toBe('b')
    expect((await environment.getOrSelectTemplate(['a', 'b'])).name).toBe('b')
    expect(environment.getOrSelectTemplateSync('b').name).toBe('b')
    expect(() => environment.selectTemplateSync(['a', 'c'])).toThrow(
      new TemplatesNotFound(['a', 'c'], 'none of the templates given were found: a, c'),
    )
    expect(() => environment.selectTemplateSync([])).toThrow(
      'Tried to select from an empty list of templates.',
    )
  })

  test('a name that does not exist is an error', async () => {
    const environment = withTemplates({})
    expect(() => environment.getTemplateSync('a')).toThrow(TemplateNotFound)
    await expect(environment.getTemplate('a')).rejects.toThrow(TemplateNotFound)
    expect(() => new Environment().getTemplateSync('a')).toThrow('no loader for this environment specified')
  })

  test('a loader that takes time needs getTemplate', async () => {
    const loader = new FunctionLoader(async (name) => (name === 'a' ? '{% include "b" %}' : name))
    const environment = new Environment({ loader })
    expect(() => environment.getTemplateSync('a')).toThrow("the loader takes time to load 'a'")
    const template = await environment.getTemplate('a')
    expect(await template.renderAsync()).toBe('b')
    // What is included was loaded meanwhile.
    expect(template.render()).toBe('b')
  })

  test('relative names, if wanted', () => {
    const templates = { 'shop/a': '{% include "./b" %}{% include "../c" %}', 'shop/b': 'B', c: 'C' }
    expect(withTemplates(templates, { relativePaths: true }).getTemplateSync('shop/a').render()).toBe('BC')
    expect(() => withTemplates(templates).getTemplateSync('shop/a').render()).toThrow(TemplateNotFound)
  })

  test('joinPath can be overridden', () => {
    class Prefixed extends Environment {
      override joinPath(name: string, parent: string): string {
        return `${parent}-${name}`
      }
    }
    const environment = new Prefixed({ loader: new DictLoader({ a: '{% include "b" %}', 'a-b': 'B' }) })
    expect(environment.getTemplateSync('a').render()).toBe('B')
  })

  test('listTemplates asks the loader', async () => {
    expect(await withTemplates({ b: '', a: '' }).listTemplates()).toEqual(['a', 'b'])
    expect(await withTemplates({ b: '', a: '' }).listTemplates((name) => name > 'a')).toEqual(['b'])
    await expect(new Environment().listTemplates()).rejects.toThrow('no loader that can list')
  })
})

describe('globals', () => {
  test('of the environment, of a template, and variables come in that order', () => {
    const environment = withTemplates({ a: '{{ x }}{{ y }}' }, { globals: { x: 1, y: 1 } })
    expect(environment.getTemplateSync('a', { globals: { y: 2 } }).render()).toBe('12')
    expect(environment.getTemplateSync('a').render({ x: 3 })).toBe('32')
    expect(environment.getTemplateSync('a', { globals: { x: 4 } }).render()).toBe('42')
  })

  test('of a template are seen by those it imports, whatever it sets', () => {
    const environment = withTemplates({
      lib: '{% macro m() %}{{ x }}{% endmacro %}',
      main: '{% set x = 2 %}{% import "lib" as lib %}{{ lib.m() }}',
    })
    expect(environment.getTemplateSync('main', { globals: { x: 1 } }).render()).toBe('1')
  })

  test('a variable that is undefined does not hide one', () => {
    expect(new Environment({ globals: { x: 1 } }).fromString('{{ x }}').render({ x: undefined })).toBe('1')
  })

  test('names that every object has are no variables', () => {
    const source = '{{ constructor is defined }}{{ __proto__ is defined }}{{ toString is defined }}'
    expect(new Environment().fromString(source).render({})).toBe('FalseFalseFalse')
    expect(new Environment().fromString('{{ constructor }}').render({ constructor: 1 })).toBe('1')
  })

  test('variables may be a map', () => {
    expect(new Environment().fromString('{{ x }}').render(new Map([['x', 1]]))).toBe('1')
  })

  test('are typed, if wanted', () => {
    const environment = new Environment<{ site: string }>({ globals: { site: 'a' } }).addGlobal('site', 'b')
    expect(environment.fromString('{{ site }}').render()).toBe('b')
  })
})

describe('functions', () => {
  test('get the context, the settings or the environment if they ask for it', () => {
    const environment = new Environment({ autoescape: true })
    environment.addFilter(
      'ctx',
      passContext((context: Context, value: unknown) => `${context.get('x')}${value}`),
    )
    environment.addTest(
      'esc',
      passEvalContext((evalContext: { autoescape: boolean }) => evalContext.autoescape),
    )
    environment.globals.set(
      'env',
      passEnvironment((given: unknown) => given === environment),
    )
    const source =
      '{{ 1|ctx }}{{ 1 is esc }}{% autoescape false %}{{ 1 is esc }}{% endautoescape %}{{ env() }}'
    expect(environment.fromString(source).render({ x: 'c' })).toBe('c1TrueFalseTrue')
  })

  test('see what the loop or block around the call has set', () => {
    const environment = new Environment()
    environment.globals.set(
      'get',
      passContext((context: Context, name: string) => context.get(name, '-')),
    )
    const source =
      '{{ get("x") }}{% for i in [1] %}{% set x = 2 %}{{ get("x") }}{% endfor %}{% block b %}{% set x = 3 %}{{ get("x") }}{% endblock %}{% set x = 4 %}{{ get("x") }}'
    expect(environment.fromString(source).render()).toBe('-234')
  })

  test('get keyword arguments as an object, and give undefined values by returning nothing', () => {
    const f = (...args: unknown[]): string => JSON.stringify(args)
    expect(
      new Environment().fromString('{{ f(1, a=2) }}{{ g() }}{{ o.m() }}').render({
        f,
        g: () => undefined,
        o: {
          v: 3,
          m(this: { v: number }) {
            return this.v
          },
        },
      }),
    ).toBe('[1,{"a":2}]3')
  })

  test('callFilter and callTest are what templates do', () => {
    const environment = new Environment()
    expect(environment.callFilter('upper', 'a')).toBe('A')
    expect(environment.callTest('divisibleby', 4, [2])).toBe(true)
    expect(() => environment.callFilter('nosuch', 1)).toThrow("No filter named 'nosuch'.")
  })
})

describe('overlays', () => {
  test('share filters and globals, and have settings of their own', () => {
    const environment = new Environment({ autoescape: true, extensions: ['jinja2.ext.do'] })
    const overlay = environment.overlay({ autoescape: false, blockStartString: '<%', blockEndString: '%>' })
    environment.addFilter('twice', (value: string) => value + value)
    expect(overlay.fromString('{{ "<"|twice }}<% do [] %>').render()).toBe('<<')
    expect(environment.fromString('{{ x|twice }}').render({ x: '<' })).toBe('&lt;&lt;')
    expect(overlay.linkedTo).toBe(environment)
    expect(overlay.cache).not.toBe(environment.cache)
  })
})

describe('compileExpression', () => {
  test('makes a function of an expression', async () => {
    const environment = new Environment()
    expect(environment.compileExpression('x + 1')({ x: 1 })).toBe(2)
    expect(environment.compileExpression('x')()).toBeNull()
    expect(String(environment.compileExpression('x', { undefinedToNone: false })())).toBe('')
    expect(await environment.compileExpression('f() + 1').async({ f: async () => 1 })).toBe(2)
    expect(() => environment.compileExpression('x y')).toThrow('chunk after expression')
  })
})

test('settings that cannot be are refused', () => {
  expect(() => new Environment({ undefined: Object as never })).toThrow("'undefined' must be a class")
  expect(() => new Environment({ blockStartString: '{{' })).toThrow()
})

test('undefined values are of the class that is set', () => {
  const environment = new Environment({ undefined: StrictUndefined })
  expect(() => environment.fromString('{{ x }}').render()).toThrow("'x' is undefined")
  expect(environment.fromString('{{ x is defined }}{{ x|default(1) }}').render()).toBe('False1')
  expect(() => environment.fromString('{% if x.y %}{% endif %}').render({ x: {} })).toThrow(
    "'dict object' has no attribute 'y'",
  )
})

test('a class of contexts can look variables up elsewhere', () => {
  const environment = new Environment()
  environment.contextClass = class extends Context {
    override resolveOrMissing(name: string): unknown {
      return super.resolveOrMissing(name) ?? `<${name}>`
    }
  }
  expect(environment.fromString('{{ x }}{{ y }}').render({ y: 1 })).toBe('<x>1')
})

test('selectAutoescape decides by the ending', () => {
  const select = selectAutoescape({ disabledExtensions: ['.txt'], default: true })
  expect(['a.html', 'a.XML', 'a.txt', 'a.js', null].map((name) => select(name))).toEqual([
    true,
    true,
    false,
    true,
    true,
  ])
  expect(['a.html', 'a.js'].map((name) => selectAutoescape()(name))).toEqual([true, false])
})

describe('generated code', () => {
  test('is kept in a cache for other processes', () => {
    const store = new Map<string, string>()
    class Stored extends BytecodeCache {
      override loadBytecode(bucket: Bucket): void {
        const text = store.get(bucket.key)
        if (text !== undefined) bucket.loadText(text)
      }
      override dumpBytecode(bucket: Bucket): void {
        store.set(bucket.key, bucket.toText())
      }
    }
    const templates = { a: '{{ x|upper }}' }
    const render = (options: EnvironmentOptions = {}): string =>
      withTemplates(templates, { bytecodeCache: new Stored(), ...options })
        .getTemplateSync('a')
        .render({ x: 'a<' })
    expect(render()).toBe('A<')
    const [key, text] = Array.from(store)[0]!
    store.set(key, text.replace('out +=', 'out += \\"cached\\" +'))
    expect(render()).toBe('cachedA<')
    // Other settings make other code.
    expect(render({ autoescape: true })).toBe('A&lt;')
  })

  test('can be written as modules, and run without a compiler', async () => {
    const sources = {
      base: '<{% block b %}{% endblock %}>',
      child:
        '{% extends "base" %}{% block b %}{% for x in y %}{{ x|upper }}{{ loop.index }}{% endfor %}{% endblock %}',
    }
    const environment = withTemplates(sources, { autoescape: true })
    const runtime = import.meta.resolve('../runtime.ts')
    const templates: Record<string, object> = {}
    for (const [name, source] of Object.entries(sources)) {
      const code = environment.compile(source, name)
      const [imports = '', ...rest] = code.split('\n')
      const names = imports.slice(imports.indexOf('{'), imports.indexOf('}') + 1)
      expect(imports).toBe(`import ${names} from "@phial/jinja/runtime";`)
      const library = (await import(runtime)) as object
      const body = rest.join('\n').replace(/^export const (\w+) =/gm, 'exported.$1 =')
      const exported = {}
      new Function('library', 'exported', `const ${names} = library;\n${body}`)(library, exported)
      templates[name] = exported
    }
    const precompiled = new PrecompiledEnvironment({ autoescape: true, templates })
    expect(precompiled.getTemplateSync('child').render({ y: ['a', '<'] })).toBe('<A1&lt;2>')
    expect(await (await precompiled.getTemplate('child')).renderAsync({ y: ['a'] })).toBe('<A1>')
    expect(() => precompiled.getTemplateSync('chld')).toThrow(
      expect.objectContaining({ hint: "Did you mean 'child'?" }),
    )
  })
})
