import { describe, expect, it } from 'vitest'
import type { HtmlValue } from '../index.ts'
import { html, htmlAsync, isMarkup } from '../index.ts'

describe('html', () => {
  it.each<[what: string, value: HtmlValue, text: string]>([
    ['text, escaped', '<&">', '&lt;&amp;&#34;&gt;'],
    ['numbers', 0, '0'],
    ['big integers', 12n, '12'],
    ['true', true, 'true'],
    ['nothing for false', false, ''],
    ['nothing for null', null, ''],
    ['nothing for undefined', undefined, ''],
    ['nothing for empty text', '', ''],
    ['nested templates', html`<b>${'<'}</b>`, '<b>&lt;</b>'],
    ['all items of arrays', [html`<i>`, '<', [null, 1]], '<i>&lt;1'],
  ])('prints %s', (_, value, text) => {
    const page = html`<p title="${value}">`
    expect(isMarkup(page)).toBe(true)
    expect(page.toString()).toBe(`<p title="${text}">`)
  })

  it('escapes data that pretends to be HTML (S78)', () => {
    const data = JSON.parse('{"__html__": "<script>"}') as HtmlValue
    expect(html`${data}`.toString()).toBe('[object Object]')
  })

  it('takes text with escapes', () => {
    expect(html`a\tb${1}\u0041`.toString()).toBe('a\tb1A')
  })

  it('refuses a promise and names the way out', () => {
    const promise = Promise.resolve('x') as unknown as HtmlValue
    expect(() => html`${promise}`).toThrow('Await it first, or use htmlAsync.')
  })
})

describe('htmlAsync', () => {
  it('waits for values and for items', async () => {
    const page = await htmlAsync`<p>${Promise.resolve('<')}${[Promise.resolve(html`<br>`), 'x']}</p>`
    expect(page.toString()).toBe('<p>&lt;<br>x</p>')
  })

  it('fails as a value fails', async () => {
    await expect(htmlAsync`${Promise.reject(new Error('no user'))}`).rejects.toThrow('no user')
  })
})
