import { abort, html, Phial } from 'phial'

const app = new Phial(import.meta)
const users: string[] = ['Bob', 'Jane', 'Adam']

app.get('/', () => '<h1>Hello, World!</h1>')
app.get('/about/', () => '<h3>This is a small example.</h3>')
app.get('/capitalize/<word>', ({ word }) => html`<h1>${word.toUpperCase()}</h1>`)
app.get('/add/<int:n1>/<int:n2>', ({ n1, n2 }) => html`<h1>${n1 + n2}</h1>`)
app.get('/users/<int:id>', ({ id }) => html`<h1>Hello, ${users[id] ?? abort(404)}!</h1>`)

export default app
