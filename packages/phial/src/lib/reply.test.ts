import { describe, expect, it } from 'vitest'
import { html, jsonify, makeResponse, Phial, type Reply, reply } from '../index.ts'

const PAIRS: [string, string][] = [
  ['X-Shown', '1'],
  ['X-Shown', '2'],
]

function* pieces(): Generator<string> {
  yield 'text'
}

describe('reply', () => {
  // As Flask 3.1 does: it makes a response of text with the headers, and sets them on any other.
  it.each<[string, () => Reply, string[]]>([
    ['text', () => reply('text', 201, PAIRS), ['1', '2']],
    ['Markup', () => reply(html`<b>`, 201, PAIRS), ['1', '2']],
    ['bytes', () => reply(new Uint8Array(1), 201, PAIRS), ['1', '2']],
    ['an iterator', () => reply(pieces(), 201, PAIRS), ['1', '2']],
    ['an object', () => reply({ a: 1 }, 201, PAIRS), ['2']],
    ['an array', () => reply([1], 201, PAIRS), ['2']],
    ['a response', () => reply(jsonify(1), 201, PAIRS), ['2']],
    ['a response of text', () => reply(makeResponse('text'), 201, PAIRS), ['2']],
    ['an object with a mapping', () => reply({ a: 1 }, 201, { 'X-Shown': ['1', '2'] }), ['1', '2']],
  ])('gives %s the headers of a name', async (_, view, values) => {
    const app = new Phial('test')
    app.get('/', view)
    const { status, headers } = await app.testClient().get('/')
    expect([status, headers.getAll('X-Shown')]).toEqual([201, values])
  })

  it.each<[string, string | object]>([
    ['text', 'text'],
    ['an object', { a: 1 }],
  ])('keeps each cookie of %s', async (_, body) => {
    const app = new Phial('test')
    app.get('/', () =>
      reply(body, [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]),
    )
    const { headers } = await app.testClient().get('/')
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })
})
