import { describe, expect, it } from 'vitest'
import { FlaskJsonProvider, html, JsonProvider, Phial } from '../../index.ts'

class Heading {
  __html__(): string {
    return '<h1>'
  }
}

describe("Flask's JSON", () => {
  const provider = new FlaskJsonProvider()

  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null] }, '{"a": [true, null], "b": 1}'],
    [{ '\u{1f600}': 1, '\uffff': 2 }, '{"\\uffff": 2, "\\ud83d\\ude00": 1}'],
    [new Date(0), '"Thu, 01 Jan 1970 00:00:00 GMT"'],
    [html`<b>${'&'}</b>`, '"<b>&amp;</b>"'],
    [new Heading(), '"<h1>"'],
    [
      new Map<unknown, unknown>([
        [1, 'one'],
        [true, 2n],
        [null, 3],
      ]),
      '{"1": "one", "null": 3, "true": 2}',
    ],
    [
      [1e20, 1e16, 1e15, 0.0001, 0.00001, 1.5, -0],
      '[1e+20, 1e+16, 1000000000000000, 0.0001, 1e-05, 1.5, -0.0]',
    ],
    [{ gone: undefined, kept: [undefined] }, '{"kept": [null]}'],
    ['\x7f\u2028"', '"\\u007f\\u2028\\""'],
  ])('of %j is %s', (value, text) => {
    expect(provider.dumps(value)).toBe(text)
  })

  it.each([[new Set([1])], [new Uint8Array(1)], [Symbol('x')], [() => 1], [undefined]])(
    'refuses %o',
    (value) => {
      expect(() => provider.dumps(value)).toThrow(TypeError)
    },
  )

  it('is compact in responses, and indented in debug mode', async () => {
    const app = new Phial('test', { jsonProvider: new FlaskJsonProvider() })
    app.get('/', () => ({ b: [1, {}], a: 'ü' }))
    const client = app.testClient()
    expect((await client.get('/')).text).toBe('{"a":"\\u00fc","b":[1,{}]}\n')
    app.debug = true
    expect((await client.get('/')).text).toBe('{\n  "a": "\\u00fc",\n  "b": [\n    1,\n    {}\n  ]\n}\n')
  })

  it('can be changed', () => {
    class Own extends FlaskJsonProvider {
      override sortKeys = false
      override ensureAscii = false

      override default(value: object): unknown {
        return value instanceof Set ? [...value] : super.default(value)
      }
    }
    expect(new Own().dumps({ b: new Set(['ü']), a: 1 })).toBe('{"b": ["ü"], "a": 1}')
  })
})

describe("an application's JSON", () => {
  it('is read and written by its provider', async () => {
    class Shouting extends JsonProvider {
      override mimetype = 'application/vnd.shout+json'

      override dumps(value: unknown, indent?: number | null): string {
        return super.dumps(value, indent).toUpperCase()
      }

      override loads(text: string): unknown {
        return super.loads(text.toLowerCase())
      }
    }
    const app = new Phial('test', { jsonProvider: new Shouting() })
    app.post('/', async (_params, { request }) => ({ got: await request.json() }))
    const response = await app.testClient().post('/', { json: { a: 'x' } })
    expect([response.contentType, response.text]).toEqual([
      'application/vnd.shout+json',
      '{"GOT":{"A":"X"}}\n',
    ])
    expect(new TextDecoder().decode(await response.request.bytes())).toBe('{"A":"X"}')
  })
})
