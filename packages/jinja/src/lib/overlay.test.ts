import { describe, expect, it } from 'vitest'
import { DictLoader, DoExtension, Environment, selectAutoescape } from '../index.ts'

describe('an overlay', () => {
  it('shares filters and globals, and has settings, extensions and a cache of its own', () => {
    const environment = new Environment({
      loader: new DictLoader({ x: '{{ value|shout }} [[ value ]]' }),
    })
    environment.addFilter('shout', (text: string) => `${text}!`)
    environment.addGlobal('value', 'hi')
    const overlay = environment.overlay({
      variableStartString: '[[',
      variableEndString: ']]',
      extensions: [DoExtension],
    })
    expect(environment.getTemplateSync('x').render()).toBe('hi! [[ value ]]')
    expect(overlay.getTemplateSync('x').render()).toBe('{{ value|shout }} hi')
    environment.addGlobal('later', 'there')
    expect(overlay.fromString('[[ later|shout ]]{% do [].append(1) %}').render()).toBe('there!')
    expect(() => environment.fromString('{% do 1 %}')).toThrow("unknown tag 'do'")
  })
})

describe('joinPath', () => {
  const templates = new DictLoader({
    'shop/item.html': '{% include "./_row.html" %}{% include "../foot.html" %}',
    'shop/_row.html': 'row',
    'foot.html': 'foot',
  })

  it('leads from the template that includes, where that is wanted', () => {
    const environment = new Environment({ loader: templates, relativePaths: true })
    expect(environment.getTemplateSync('shop/item.html').render()).toBe('rowfoot')
    expect(() => new Environment({ loader: templates }).getTemplateSync('shop/item.html').render()).toThrow(
      './_row.html',
    )
  })

  it('can be overridden', () => {
    class Flat extends Environment {
      override joinPath(name: string): string {
        return name.replace(/^.*\//, '')
      }
    }
    const loader = new DictLoader({ a: '{% include "deep/b" %}', b: 'b' })
    expect(new Flat({ loader }).getTemplateSync('a').render()).toBe('b')
  })
})

describe('selectAutoescape', () => {
  it.each([
    ['page.html', true],
    ['PAGE.HTM', true],
    ['feed.xml', true],
    ['mail.txt', false],
    ['html', false],
    [null, true],
  ])('of %s is %s', (name, expected) => {
    expect(selectAutoescape()(name)).toBe(expected)
  })

  it('has options', () => {
    const select = selectAutoescape({
      enabledExtensions: ['.svg'],
      disabledExtensions: ['txt'],
      defaultForString: false,
      default: true,
    })
    expect(['a.svg', 'a.txt', 'a.other', null].map(select)).toEqual([true, false, true, false])
  })
})

describe('policies', () => {
  it('set what filters do', () => {
    const environment = new Environment()
    Object.assign(environment.policies, {
      'truncate.leeway': 0,
      'urlize.rel': 'nofollow',
      'urlize.target': '_blank',
      'urlize.extra_schemes': ['tel:'],
      'json.dumps_kwargs': { sort_keys: false },
    })
    const render = (source: string): string => environment.fromString(source).render()
    expect(render('{{ "12345678"|truncate(6) }}')).toBe('123...')
    expect(render('{{ "tel:+1"|urlize }}')).toBe('<a href="tel:+1" rel="nofollow" target="_blank">tel:+1</a>')
    expect(render('{{ {"b": 1, "a": 2}|tojson }}')).toBe('{"b": 1, "a": 2}')
  })
})
