import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'

const app = new Hono()
const users: string[] = ['Bob', 'Jane', 'Adam']

app.get('/', (c) => c.html('<h1>Hello, World!</h1>'))
app.get('/about/', (c) => c.html('<h3>This is a small example.</h3>'))
app.get('/capitalize/:word', (c) => c.html(html`<h1>${c.req.param('word').toUpperCase()}</h1>`))
app.get('/add/:n1{[0-9]+}/:n2{[0-9]+}', (c) =>
  c.html(html`<h1>${Number(c.req.param('n1')) + Number(c.req.param('n2'))}</h1>`),
)
app.get('/users/:id{[0-9]+}', (c) => {
  const user = users[Number(c.req.param('id'))]
  return user === undefined ? c.notFound() : c.html(html`<h1>Hello, ${user}!</h1>`)
})

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT']) })
