import { abort, FlaskJsonProvider, Phial, type RequestContext, reply, request, urlFor } from 'phial'
import { MethodView, View, type ViewDecorator } from 'phial/views'

interface Item {
  readonly id: number
  [key: string]: unknown
}

interface ItemParams {
  readonly id: number
}

const shout: ViewDecorator = (view) => async (params, context) => {
  const response = await context.app.makeResponse(await view(params, context), context)
  response.headers.set('X-Decorated', 'yes')
  return response
}

/** Views as classes. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root, jsonProvider: new FlaskJsonProvider() })
  const items = new Map<number, Item>([
    [1, { id: 1, name: 'one' }],
    [2, { id: 2, name: 'two' }],
  ])

  class ItemView extends MethodView<ItemParams> {
    static override initEveryRequest = false

    get({ id }: ItemParams) {
      return items.get(id) ?? abort(404)
    }

    async patch({ id }: ItemParams) {
      const item = items.get(id) ?? abort(404)
      return Object.assign(item, mapping(await request.json()))
    }

    delete({ id }: ItemParams) {
      return items.delete(id) ? reply('', 204) : abort(404)
    }
  }

  class ChildView extends ItemView {
    put({ id }: ItemParams) {
      return `put ${id}`
    }
  }

  class GroupView extends MethodView {
    static override decorators = [shout]

    get() {
      return [...items.values()]
    }

    async post() {
      const id = Math.max(0, ...items.keys()) + 1
      const item = { id, ...mapping(await request.json()) }
      items.set(id, item)
      return reply(item, 201, { Location: urlFor('item', { id }) })
    }
  }

  app.route('/items/', GroupView.asView('group'))
  app.route('/items/<int:id>', ItemView.asView('item'))
  app.route('/child/<int:id>', ChildView.asView('child'))
  app.route('/restricted/<int:id>', { methods: ['GET'] }, ItemView.asView('restricted'))

  const hello = Hello.asView('hello', 'Hi')
  app.route('/hello', hello)
  app.route('/hello/<name>', hello)
  app.route('/counter', Counter.asView('counter'))
  app.route('/head', WithHead.asView('withhead'))
  app.route('/only-delete', OnlyDelete.asView('onlydelete'))
  app.route('/rendering', Rendering.asView('rendering'))

  app.get('/shortcut', () => 'get')
  app.post('/shortcut', () => 'post')
  app.put('/shortcut', () => 'put')
  app.delete('/shortcut', () => 'delete')
  app.patch('/shortcut', () => 'patch')

  return app
}

class Hello extends View<{ name?: string }> {
  static override methods = ['GET', 'POST']
  readonly #greeting: string
  #calls = 0

  constructor(greeting: string) {
    super()
    this.#greeting = greeting
  }

  override dispatchRequest({ name = 'nobody' }: { name?: string }) {
    this.#calls++
    return `${this.#greeting} ${name} ${request.method} ${this.#calls}`
  }
}

class Counter extends View {
  static override initEveryRequest = false
  #calls = 0

  override dispatchRequest() {
    this.#calls++
    return String(this.#calls)
  }
}

class WithHead extends MethodView {
  get() {
    return 'got'
  }

  head() {
    return reply('', 200, { 'X-Head': 'own' })
  }

  options() {
    return 'my options'
  }
}

class OnlyDelete extends MethodView {
  delete() {
    return 'gone'
  }
}

class Rendering extends View {
  static override provideAutomaticOptions = false

  override dispatchRequest(_params: object, { endpoint }: RequestContext) {
    return endpoint ?? ''
  }
}

/** What Python unpacks with `**`. */
function mapping(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${JSON.stringify(value)} is no mapping.`)
  }
  return value
}
