import { describe, expect, it } from 'vitest'
import { Catalogue, installGettextTranslations } from '../../i18n.ts'
import { DictLoader, Environment, Extension, TemplateSyntaxError, templatePlacesOf } from '../../index.ts'
import { findAll, type Parser, parse, type Statement, Token, type TokenStream } from '../../syntax.ts'

describe('extensions at work', () => {
  it('of the engine', () => {
    const environment = new Environment({
      extensions: ['jinja2.ext.do', 'jinja2.ext.loopcontrols', 'jinja2.ext.debug', 'jinja2.ext.i18n'],
    })
    installGettextTranslations(
      environment,
      new Catalogue('de', { Hello: 'Hallo', '%(n)s day': ['%(n)s Tag', '%(n)s Tage'] }),
    )
    const render = (source: string, variables = {}): string =>
      environment.fromString(source).render(variables)
    expect(render('{% set a = [] %}{% do a.append(1) %}{{ a }}')).toBe('[1]')
    expect(
      render(
        '{% for i in range(9) %}{% if i == 3 %}{% break %}{% endif %}{% if i is odd %}{% continue %}{% endif %}{{ i }}{% endfor %}',
      ),
    ).toBe('02')
    expect(render('{% trans %}Hello{% endtrans %}')).toBe('Hallo')
    expect(
      render('{% trans n=days|length %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}', {
        days: [1, 2],
      }),
    ).toBe('2 Tage')
    expect(render('{% debug %}', { answer: 42 })).toContain("'answer': 42")
  })

  it('of an application: a tag, a preprocessor and a filter of tokens', () => {
    class ShoutExtension extends Extension {
      static readonly identifier: string = 'example.shout'
      override readonly tags: ReadonlySet<string> = new Set(['shout'])

      override parse(parser: Parser): Statement {
        const { line, column } = parser.stream.next()
        const call = this.callMethod('shout', { args: [parser.parseExpression()] }, { line, column })
        return { kind: 'Output', line, column, nodes: [call] }
      }

      override preprocess(source: string): string {
        return source.replace('SHOUT', '{% shout')
      }

      override *filterStream(stream: TokenStream): Generator<Token> {
        for (const token of stream) {
          yield token.value === 'me' ? new Token(token.line, token.column, 'name', 'user') : token
        }
      }

      shout(value: unknown): string {
        return `${value}!`.toUpperCase()
      }
    }
    const environment = new Environment({ extensions: [ShoutExtension] })
    expect(environment.fromString('SHOUT me %}').render({ user: 'ann' })).toBe('ANN!')
  })
})

describe('errors of templates that include each other', () => {
  const loader = new DictLoader({
    'page.html': '<body>\n{% include "menu.html" %}',
    'menu.html': '{% for item in items %}\n  {{ item.link.url }}\n{% endfor %}',
    'broken.html': '{% include "syntax.html" %}',
    'syntax.html': 'a\n  {{ b c }}',
  })
  const environment = new Environment({ loader })

  function thrown(name: string): Error {
    try {
      environment.getTemplateSync(name).render({ items: [{}] })
    } catch (error) {
      return error as Error
    }
    throw new Error('no error')
  }

  it('show the line, and the way there', () => {
    const error = thrown('page.html')
    expect(error.message).toBe("'dict object' has no attribute 'link'")
    expect(templatePlacesOf(error).map(({ templateName, lineno }) => [templateName, lineno])).toEqual([
      ['menu.html', 2],
      ['page.html', 2],
    ])
    expect(String(error)).toContain('> 2 |   {{ item.link.url }}')
    expect(error.stack).toMatch(/at menu\.html:2.*\n {4}at page\.html:2/)
  })

  it('show where the grammar is broken', () => {
    const error = thrown('broken.html')
    expect(error).toBeInstanceOf(TemplateSyntaxError)
    expect(error).toMatchObject({ templateName: 'syntax.html', lineno: 2, column: 8 })
    expect(String(error)).toContain('> 2 |   {{ b c }}\n    |        ^')
  })
})

it('gives tools the tree', () => {
  expect(Array.from(findAll(parse('{{ user.name|upper }}'), 'Filter'), (filter) => filter.name)).toEqual([
    'upper',
  ])
})
