import { abort, html, Phial, reply } from 'phial'

const USERS = ['Ann', 'Boris', 'Chiara <admin>']

/** The smallest kind of application: text from a view, dynamic parts of the URL, error pages. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root })

  const hello = () => 'Hello, World!'
  app.get('/', hello)
  app.get('/index/', hello)

  app.get('/about/', () => '<h3>This is a small example application.</h3>')

  app.get('/capitalize/<word>/', ({ word }) => html`<h1>${capitalize(word)}</h1>`)

  // No upper bound: bigint, where int ends at 2^53 - 1.
  app.get('/add/<bigint:n1>/<bigint:n2>/', ({ n1, n2 }) => html`<h1>${n1 + n2}</h1>`)

  app.get('/sub/<int(signed=True):n1>/<int(signed=True):n2>', ({ n1, n2 }) => String(n1 - n2))

  app.get('/half/<float:x>', ({ x }) => ({ half: x / 2 }))

  app.get('/users/<int:id>/', ({ id }) => html`<h2>Hi ${USERS[id] ?? abort(404)}</h2>`)

  app.get('/users/<int:id>/name', ({ id }) => {
    const name = USERS[id] ?? abort(404, `No user ${id} & no <luck>`)
    return reply(name, { 'Content-Type': 'text/plain; charset=utf-8' })
  })

  app.get('/path/<path:rest>', ({ rest }) => html`[${rest}]`)

  app.get('/crash', () => {
    throw new Error('An ordinary error')
  })

  // What plain JavaScript allows and the compiler does not.
  app.get('/nothing', () => undefined as unknown as string)

  return app
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()
}
