import { describe, expect, expectTypeOf, it } from 'vitest'
import { Phial, reply, request, urlFor } from '../../index.ts'
import { MethodView, View, type ViewDecorator } from '../../views.ts'

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

describe('a view as a class', () => {
  it('answers; each request has an object of its own', async () => {
    class Greeting extends View<{ name: string }> {
      readonly #word: string
      #calls = 0

      constructor(word: string) {
        super()
        this.#word = word
      }

      override dispatchRequest({ name }: { name: string }) {
        return `${this.#word}, ${name} ${++this.#calls}`
      }
    }
    const app = createApp()
    const view = Greeting.asView('greet', 'Hello')
    expectTypeOf(view).parameter(0).toEqualTypeOf<{ name: string }>()
    const handle = app.get('/hello/<name>', view)
    const client = app.testClient()
    expect((await client.get('/hello/ann')).text).toBe('Hello, ann 1')
    expect((await client.get('/hello/ann')).text).toBe('Hello, ann 1')
    expect([view.name, view.viewClass]).toEqual(['greet', Greeting])
    app.testRequestContext('/').run(() => {
      expect([urlFor('greet', { name: 'x' }), urlFor(handle, { name: 'y' })]).toEqual([
        '/hello/x',
        '/hello/y',
      ])
    })
    // @ts-expect-error the constructor needs a word
    Greeting.asView('other')
  })

  it('shares one object where it says so', async () => {
    class Counter extends View {
      static override readonly initEveryRequest = false
      #calls = 0

      override dispatchRequest() {
        return String(++this.#calls)
      }
    }
    const app = createApp()
    app.get('/', Counter.asView('counter'))
    const client = app.testClient()
    await client.get('/')
    expect((await client.get('/')).text).toBe('2')
  })

  it('says its methods and whether OPTIONS is automatic; a route may say otherwise', async () => {
    class Both extends View {
      static override readonly methods = ['GET', 'POST']
      static override readonly provideAutomaticOptions = false

      override dispatchRequest() {
        return request.method
      }
    }
    const app = createApp()
    app.route('/', Both.asView('both'))
    app.route('/one', { methods: ['PUT'], provideAutomaticOptions: true }, Both.asView('one'))
    const client = app.testClient()
    expect((await client.post('/')).text).toBe('POST')
    expect((await client.options('/')).status).toBe(405)
    expect((await client.put('/one')).text).toBe('PUT')
    expect((await client.options('/one')).headers.get('Allow')).toBe('OPTIONS, PUT')
  })

  it('is wrapped by its decorators, the last outermost', async () => {
    const mark =
      (name: string): ViewDecorator =>
      (view) =>
      async (params, context) =>
        `${name}(${String(await view(params, context))})`
    class Decorated extends View {
      static override readonly decorators = [mark('inner'), mark('outer')]

      override dispatchRequest() {
        return 'view'
      }
    }
    const app = createApp()
    app.get('/', Decorated.asView('decorated'))
    expect((await app.testClient().get('/')).text).toBe('outer(inner(view))')
    app.testRequestContext('/').run(() => expect(urlFor('decorated')).toBe('/'))
  })
})

describe('a view with a method for each HTTP method', () => {
  class Items extends MethodView<{ id: number }> {
    get({ id }: { id: number }) {
      return `got ${id}`
    }

    async delete({ id }: { id: number }) {
      return reply(`deleted ${id}`, 202)
    }
  }

  it('answers those that it has', async () => {
    const app = createApp()
    app.route('/items/<int:id>', Items.asView('item'))
    const client = app.testClient()
    expect((await client.get('/items/3')).text).toBe('got 3')
    expect((await client.delete('/items/3')).text).toBe('deleted 3')
    const head = await client.head('/items/3')
    expect([head.status, head.headers.get('Content-Length')]).toEqual([200, '5'])
    const wrong = await client.post('/items/3')
    expect([wrong.status, wrong.headers.get('Allow')]).toEqual([405, 'DELETE, GET, HEAD, OPTIONS'])
  })

  it('inherits those of its base', async () => {
    class More extends Items {
      put({ id }: { id: number }) {
        return `put ${id}`
      }
    }
    const app = createApp()
    app.route('/items/<int:id>', More.asView('more'))
    const client = app.testClient()
    expect([(await client.get('/items/1')).text, (await client.put('/items/1')).text]).toEqual([
      'got 1',
      'put 1',
    ])
  })

  it('says which method is missing where a route asks for one', async () => {
    const app = createApp()
    app.config.PROPAGATE_EXCEPTIONS = true
    app.route('/', { methods: ['POST'] }, Items.asView('items') as never)
    await expect(app.testClient().post('/')).rejects.toThrow(
      'The class Items was asked for POST, but has no method post().',
    )
  })

  it('takes no other member for a method', async () => {
    const app = createApp()
    app.config.PROPAGATE_EXCEPTIONS = true
    app.route('/', { methods: ['CONSTRUCTOR'] }, Items.asView('items') as never)
    await expect(app.testClient().open('/', { method: 'CONSTRUCTOR' })).rejects.toThrow(
      /no method constructor\(\)/,
    )
  })
})
