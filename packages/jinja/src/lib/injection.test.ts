import { Markup } from '@phial/markup'
import { afterEach, describe, expect, it } from 'vitest'
import { installNullTranslations } from '../i18n.ts'
import { DictLoader, Environment, type EnvironmentOptions } from '../index.ts'

const RESERVED =
  'arguments await class constructor delete eval function let new null this undefined var yield __proto__ toString'.split(
    ' ',
  )

const HIT = 'globalThis.wasHit=true'
// What would leave a string, a comment or a template literal of the generated code, if it stood there as it is.
const HOSTILE = [
  `"+(${HIT})+"`,
  `'+(${HIT})+'`,
  `\`;${HIT};\``,
  `\${${HIT}}`,
  `*/${HIT}/*`,
  `\u2028${HIT}`,
  `\u2029${HIT}`,
  `\n${HIT}\n//`,
  `\\"+(${HIT})+"`,
  `</script>`,
  '$&',
  '$`',
  "$'",
  '$1',
  '$$',
  '%s',
  '%(a)s',
  '{0}',
]

afterEach(() => {
  expect('wasHit' in globalThis).toBe(false)
})

describe.each<NonNullable<EnvironmentOptions['backend']>>(['code', 'closures'])(
  'templates as %s',
  (backend) => {
    const render = (
      source: string,
      values: Record<string, unknown> = {},
      options: EnvironmentOptions = {},
    ): string => new Environment({ backend, ...options }).fromString(source).render(values)

    it.each(RESERVED)('S75: %s is a name like any other, wherever names are allowed', (name) => {
      const source = `{% set ${name} = 1 %}{{ ${name} }}{% for ${name} in [2] %}{{ ${name} }}{% endfor %}{% macro m(${name}=3) %}{{ ${name} }}{% endmacro %}{{ m() }}{{ m(${name}=4) }}{% with ${name} = 5 %}{{ ${name} }}{% endwith %}{% block b scoped %}{{ {'${name}': 6}['${name}'] }}{% endblock %}`
      expect(render(source)).toBe('123456')
      expect(render(`{% macro ${name}(x) %}{{ x }}{% endmacro %}{{ ${name}(7) }}`)).toBe('7')
      expect(render(`{% block ${name} %}8{% endblock %}{{ self.${name}() }}`)).toBe('88')
      expect(render(`{{ ${name} }}`, { [name]: 9 })).toBe('9')
      expect(render(`[{{ ${name} }}]`)).toBe('[]')
      expect(render(`[{{ x.${name} }}{{ x['${name}'] }}]`, { x: { [name]: 1 } })).toBe('[11]')
    })

    it.each(HOSTILE)('S75, S80: %j is text as text, constant, key, file name and value', (text) => {
      expect(render(`{% raw %}${text}{% endraw %}`)).toBe(text)
      const quoted = `"${text.replace(/["\\\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`))}"`
      expect(render(`{{ ${quoted} }}`)).toBe(text)
      expect(render(`{{ {${quoted}: 1}[x] }}`, { x: text })).toBe('1')
      expect(render('{{ x }}', { x: text })).toBe(text)
      const environment = new Environment({
        backend,
        loader: new DictLoader({ [text]: '{{ x }}', page: '{% include name %}' }),
      })
      expect(environment.getTemplateSync(text).render({ x: text })).toBe(text)
      expect(environment.getTemplateSync('page').render({ x: text, name: text })).toBe(text)
    })

    it.each(HOSTILE)('S80: %j is put in as it is, and not read again', (text) => {
      expect(render('{{ "aXa"|replace("X", t) }}', { t: text })).toBe(`a${text}a`)
      expect(render('{{ "<%s>"|format(t) }}', { t: text })).toBe(`<${text}>`)
      expect(render('{{ "<%s %s>" % (t, "b") }}', { t: text })).toBe(`<${text} b>`)
      expect(render('{{ "<{} {}>".format(t, "b") }}', { t: text })).toBe(`<${text} b>`)
      expect(render('{{ [t, "b"]|join("|") }}', { t: text })).toBe(`${text}|b`)
      for (const newstyle of [false, true]) {
        const environment = new Environment({ backend, extensions: ['jinja2.ext.i18n'] })
        installNullTranslations(environment, { newstyle })
        const source = '{% trans t=t, u="b" %}<{{ t }} {{ u }}>{% endtrans %}'
        expect(environment.fromString(source).render({ t: text })).toBe(`<${text} b>`)
      }
    })

    it('S75: neither trees nor options are taken from what a template is given', () => {
      const values = {
        settings: { autoescape: false },
        autoescape: false,
        _locals: { x: '<' },
        client: true,
        x: '<',
      }
      expect(render('{{ x }}', values, { autoescape: true })).toBe('&lt;')
      const tree = { kind: 'Template', body: [] }
      const environment = new Environment({ backend, loader: new DictLoader({ page: '{% include x %}' }) })
      expect(() => environment.getTemplateSync('page').render({ x: tree })).toThrow()
    })

    it('S79: escapes the text that indent puts in front of markup', () => {
      const values = { text: new Markup('<b>\n</b>'), width: '<i>' }
      expect(render('{{ text|indent(width, true) }}', values, { autoescape: true })).toBe(
        '&lt;i&gt;<b>\n&lt;i&gt;</b>',
      )
    })

    it('S81: writes JSON that no HTML, attribute in single quotes or script can be left with', () => {
      const text = `</script><!--'&\u2028\u2029`
      const json = render('{{ x|tojson }}', { x: { [text]: [text] } }, { autoescape: true })
      expect(json).not.toMatch(/[<>&'\u2028\u2029]/)
      expect(JSON.parse(json)).toEqual({ [text]: [text] })
    })

    it('S81: makes links of http, https and mailto alone, which give no way back', () => {
      const source = '{{ x|urlize }}'
      const options = { autoescape: true }
      expect(render(source, { x: 'javascript:alert(1) data:text/html,x vbscript:x' }, options)).not.toContain(
        '<a',
      )
      expect(render(source, { x: 'https://a.example/"><script>' }, options)).not.toContain('<script>')
      expect(render(source, { x: 'https://a.example' }, options)).toBe(
        '<a href="https://a.example" rel="noopener">https://a.example</a>',
      )
    })
  },
)
