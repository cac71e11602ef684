import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { FormatError, isMarkup, Markup } from '../index.ts'

const em = new Markup('<em>')

describe('Markup', () => {
  it('is its text wherever text is wanted', () => {
    expect(String(em)).toBe('<em>')
    expect(`${em}`).toBe('<em>')
    expect(em.valueOf()).toBe('<em>')
    expect(JSON.stringify({ em })).toBe('{"em":"<em>"}')
    expect([...new Markup('a😀')]).toEqual(['a', '😀'])
    expect(em.length).toBe(4)
    expect(inspect(em)).toBe("Markup('<em>')")
  })

  it('is told by a private mark, not by its shape (S78)', () => {
    expect(isMarkup(em)).toBe(true)
    expect(isMarkup(Object.create(Markup.prototype))).toBe(false)
    expect(isMarkup({ ...em })).toBe(false)
    expect(isMarkup('<em>')).toBe(false)
    expect(isMarkup(null)).toBe(false)
  })

  it('takes the HTML of an object that has some', () => {
    expect(new Markup({ __html__: () => '<a>' }).toString()).toBe('<a>')
    expect(new Markup(42).toString()).toBe('42')
    expect(new Markup().toString()).toBe('')
  })

  it('compares by text', () => {
    expect(em.equals(new Markup('<em>'))).toBe(true)
    expect(em.equals('<em>')).toBe(true)
    expect(em.equals(new Markup('<b>'))).toBe(false)
  })

  it.each<[call: string, result: Markup, text: string]>([
    ['concat', em.concat('<b>', new Markup('<i>'), 1), '<em>&lt;b&gt;<i>1'],
    ['repeat', em.repeat(2), '<em><em>'],
    ['repeat with a negative count', em.repeat(-1), ''],
    ['join', new Markup('<br>').join(['<', new Markup('<i>'), 2]), '&lt;<br><i><br>2'],
    ['replace', new Markup('a-a-a').replace('a', '<', 2), '&lt;-&lt;-a'],
    ['replace with Markup', new Markup('a').replace('a', em), '<em>'],
    ['replace with a pattern of JavaScript', new Markup('a').replace('a', '$&$1'), '$&amp;$1'],
    ['slice', em.slice(1, -1), 'em'],
    ['upper', em.upper(), '<EM>'],
    ['lower', em.upper().lower(), '<em>'],
    ['capitalize', new Markup('aB').capitalize(), 'Ab'],
    ['title', new Markup("they're").title(), "They'Re"],
    ['swapcase', new Markup('aB').swapcase(), 'Ab'],
    ['casefold', new Markup('Straße').casefold(), 'strasse'],
    ['strip', new Markup(' a ').strip(), 'a'],
    ['lstrip', new Markup('xxa').lstrip('x'), 'a'],
    ['rstrip', new Markup('axx').rstrip('x'), 'a'],
    ['removePrefix', em.removePrefix('<'), 'em>'],
    ['removeSuffix', em.removeSuffix('>'), '<em'],
    ['center', new Markup('a').center(4, '*'), '*a**'],
    ['ljust', new Markup('a').ljust(3), 'a  '],
    ['rjust', new Markup('a').rjust(3), '  a'],
    ['zfill', new Markup('-1').zfill(4), '-001'],
    ['expandtabs', new Markup('a\tb').expandtabs(4), 'a   b'],
    ['translate', new Markup('ab').translate(new Map([[97, '<br>']])), '<br>b'],
    ['formatMap', new Markup('{a}').formatMap(new Map([['a', '<']])), '&lt;'],
  ])('%s stays Markup and escapes what comes in', (_, result, text) => {
    expect(isMarkup(result)).toBe(true)
    expect(result.toString()).toBe(text)
  })

  it.each<[call: string, parts: Markup[], texts: string[]]>([
    ['split', new Markup(' a  b ').split(), ['a', 'b']],
    ['rsplit', new Markup('a,b,c').rsplit(',', 1), ['a,b', 'c']],
    ['splitlines', new Markup('a\r\nb').splitlines(true), ['a\r\n', 'b']],
    ['partition', new Markup('a=b=c').partition('='), ['a', '=', 'b=c']],
    ['rpartition', new Markup('a=b=c').rpartition('='), ['a=b', '=', 'c']],
  ])('%s gives Markup', (_, parts, texts) => {
    expect(parts.every(isMarkup)).toBe(true)
    expect(parts.map(String)).toEqual(texts)
  })

  it('does not fill up with a character that must be escaped', () => {
    expect(() => new Markup('a').center(5, '<')).toThrow('Expected one character to fill with, got "&lt;".')
  })
})

describe('Markup.mod', () => {
  it.each<[template: string, values: unknown, text: string]>([
    ['<em>%s</em>', '<bad>', '<em>&lt;bad&gt;</em>'],
    ['<em>%s</em>', new Markup('<i>'), '<em><i></em>'],
    ['%s %s', ['<', '>'], '&lt; &gt;'],
    ['%(a)s', { a: '"' }, '&#34;'],
    ['%r', "'", '&#34;&#39;&#34;'],
    ['%r', new Markup('<'), 'Markup(&#39;&lt;&#39;)'],
    ['%.2f|%5d', [0.125, 7], '0.12|    7'],
    ['%.3s', '<<<', '&lt'],
    ['%s', null, 'null'],
    ['%c', '<', '&lt;'],
  ])('%j %% %j is %j', (template, values, text) => {
    expect(new Markup(template).mod(values).toString()).toBe(text)
  })
})

describe('Markup.format', () => {
  it.each<[template: string, values: unknown[], text: string]>([
    ['<em>{}</em>', ['<bad>'], '<em>&lt;bad&gt;</em>'],
    ['{0}{1}{0}', ['<', new Markup('<br>')], '&lt;<br>&lt;'],
    ['{name}', [{ name: '&' }], '&amp;'],
    ['{0.a[b]}', [{ a: { b: '<' } }], '&lt;'],
    ['{:>5}', ['<'], '    &lt;'],
    ['{:<<3}', ['a'], 'a&lt;&lt;'],
    ['{!r}', ["<'"], '&#34;&lt;&#39;&#34;'],
    ['{!s}', [new Markup('<i>')], '&lt;i&gt;'],
  ])('%j with %j is %j', (template, values, text) => {
    expect(new Markup(template).format(...values).toString()).toBe(text)
  })

  it('asks a value for its HTML with the specification', () => {
    class User {
      __html__(): string {
        return '<b>ann</b>'
      }
      __html_format__(spec: string): unknown {
        return spec === 'link' ? new Markup('<a>ann</a>') : this.__html__()
      }
    }
    expect(new Markup('{0:link}|{0:x}').format(new User()).toString()).toBe(
      '<a>ann</a>|&lt;b&gt;ann&lt;/b&gt;',
    )
    expect(() => new Markup('{:5}').format({ __html__: () => '' })).toThrow(FormatError)
    expect(() => new Markup('{:5}').format(new Markup('a'))).toThrow(
      'Markup takes no format specification, got "5".',
    )
  })
})
