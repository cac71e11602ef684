import { HttpException, ServiceUnavailable } from '@phial/http/exceptions'
import { abort, FlaskJsonProvider, jsonify, Markup, Phial, Response, reply, request, Uuid } from 'phial'

interface Book {
  readonly id: number
  title: string
  author: string | null
  tags: string[]
}

class Point {
  readonly x: number
  readonly y: number

  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }
}

/** A JSON API over a list in memory; all errors are JSON too. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root, jsonProvider: new FlaskJsonProvider() })
  const books = new Map<number, Book>()
  let nextId = 1

  app.errorHandler(HttpException, (error) => {
    const response = Response.from(error.getResponse())
    response.setData(app.json.dumps({ code: error.code, name: error.title, description: error.description }))
    response.contentType = 'application/json'
    return response
  })

  app.get('/api/books', () => {
    const author = request.args.get('author')
    return [...books.values()].filter((book) => author === null || book.author === author)
  })

  app.post('/api/books', async () => {
    const body = (await request.json()) as Partial<Book> | null
    if (typeof body !== 'object' || body === null || !body.title) abort(422, 'title is required')
    const book: Book = {
      id: nextId++,
      title: body.title,
      author: body.author ?? null,
      tags: body.tags ?? [],
    }
    books.set(book.id, book)
    return reply(book, 201, { Location: `/api/books/${book.id}` })
  })

  app.get('/api/books/<int:id>', ({ id }) => books.get(id) ?? abort(404, `no book ${id}`))

  app.put('/api/books/<int:id>', async ({ id }) => {
    const book = books.get(id) ?? abort(404)
    return Object.assign(book, await request.json())
  })

  app.delete('/api/books/<int:id>', ({ id }) => (books.delete(id) ? reply('', 204) : abort(404)))

  app.get('/api/types', () => ({
    datetime: new Date('2020-02-03T04:05:06Z'),
    date: new Date('2020-02-03'),
    uuid: new Uuid('d5ff0fb4-6a9c-4dbc-8f06-2e4f1c6e2d7a'),
    decimal: '1.50',
    dataclass: new Point(1, 2),
    markup: new Markup('<b>x</b>'),
    unicode: 'ü€😀',
    float: 1.5,
    none: null,
    list: [1, 'two', [3]],
    zeta: { b: 1, a: 2 },
  }))

  app.get('/api/jsonify/<kind>', ({ kind }) => {
    switch (kind) {
      case 'args':
        return jsonify([1, 'two', null])
      case 'one':
        return jsonify('only')
      case 'kwargs':
        return jsonify({ b: 1, a: 2 })
      case 'empty':
        return jsonify(null)
      case 'number':
        return jsonify(3)
      case 'mixed':
        throw new TypeError('jsonify takes one value.')
      default:
        return abort(400)
    }
  })

  app.get('/api/teapot', () => abort(418))
  app.get('/api/unauthorized', () => abort(401))
  app.get('/api/crash', () => {
    throw new Error('secret detail')
  })
  app.get('/api/slow', () => {
    throw new ServiceUnavailable('later', { retryAfter: 120 })
  })

  return app
}
