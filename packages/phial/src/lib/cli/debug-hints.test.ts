import { BadRequestKeyError } from '@phial/http'
import { DictLoader, Environment, TemplateNotFound } from '@phial/jinja'
import { describe, expect, it } from 'vitest'
import { hintsOf } from './debug-hints.ts'

const app = {
  jinjaEnv: new Environment({
    loader: new DictLoader({ 'list.html': '', 'shop/item.html': '', 'shop/cart.html': '', 'a.html': '' }),
  }),
} as unknown as Parameters<typeof hintsOf>[2]

function hintsFor(error: unknown, method = 'POST', type: string | null = null): string {
  const headers = new Headers(type === null ? {} : { 'content-type': type })
  const request = { method, url: '/', headers, remoteAddr: null, text: async () => '' }
  return hintsOf(error, request, app)
    .map(({ title, text }) => `${title}: ${text}`)
    .join('\n')
}

describe('DBG-02 DBG-09 hints', () => {
  it.each([
    ['POST', 'application/x-www-form-urlencoded', 'enctype="multipart/form-data"'],
    ['POST', 'application/json; charset=utf-8', 'await request.json()'],
    ['POST', null, 'has no body'],
    ['GET', null, '`redirect(url, 307)` keeps method and form'],
    ['HEAD', 'application/json', 'A GET request has no form'],
  ])('a field is missing in a %s of %s', (method, type, text) => {
    expect(hintsFor(new BadRequestKeyError('photo'), method, type)).toContain(text)
  })

  it('says nothing of a form that is one', () => {
    expect(hintsFor(new BadRequestKeyError('photo'), 'POST', 'multipart/form-data; boundary=x')).toBe('')
  })

  it.each([
    ['lsit.html', '`list.html`'],
    ['List.html', '`list.html`'],
    ['item.html', '`shop/item.html`'],
    ['blog/item.html', '`shop/item.html`'],
    ['shop/crat.html', '`shop/cart.html`'],
    ['something-else.html', ''],
    ['b.txt', ''],
  ])('the template %s is called otherwise', (name, text) => {
    const hints = hintsFor(new TemplateNotFound(name))
    if (text === '') expect(hints).toBe('')
    else expect(hints).toBe(`There are templates with a name like it: ${text}`)
  })

  it('says nothing of other errors', () => {
    for (const error of [new Error('x'), null, 'text', undefined]) expect(hintsFor(error)).toBe('')
  })
})
