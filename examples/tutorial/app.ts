import { abort, html, Phial } from 'phial'

const app = new Phial(import.meta)

app.get('/', () => '<h1>Hello, World!</h1>')

app.get('/about/', () => '<h3>This is a Phial web application.</h3>')

app.get('/capitalize/<word>', ({ word }) => html`<h1>${word.toUpperCase()}</h1>`)

app.get('/add/<int:n1>/<int:n2>', ({ n1, n2 }) => html`<h1>${n1 + n2}</h1>`)

const users = ['Bob', 'Jane', 'Adam']

app.get('/users/<int:id>', ({ id }) => html`<h2>${users[id] ?? abort(404)}</h2>`)

export default app
