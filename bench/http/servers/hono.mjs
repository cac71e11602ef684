// https://hono.dev/docs/getting-started/nodejs
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const app = new Hono()

app.get('/', (c) => c.text(GREETING))
app.get('/sum/:a/:b', (c) => {
  const { a, b } = c.req.param()
  return c.text(String(Number(a) + Number(b)))
})
app.get('/json', (c) => c.json(makeObject()))
app.post('/echo', async (c) => c.json(await c.req.json()))
app.post('/form', async (c) => {
  const form = await c.req.parseBody()
  return c.text(`${form.name}, ${form.city}, ${Object.keys(form).length}`)
})
app.post('/upload', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)))
if (process.env.TABLE) {
  for (const name of RESOURCES) {
    app.get(`/${name}`, (c) => c.text(name))
    app.get(`/${name}/:id`, (c) => c.text(c.req.param('id')))
    app.get(`/${name}/:id/members/:member`, (c) => {
      const { id, member } = c.req.param()
      return c.text(`${id}:${member}`)
    })
  }
}

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
