// https://h3.dev/guide, with srvx as its `serve`.
import { H3, readBody, serve } from 'h3'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const app = new H3()

app.get('/', () => GREETING)
app.get('/sum/:a/:b', (event) => {
  const { a, b } = event.context.params
  return String(Number(a) + Number(b))
})
app.get('/json', () => makeObject())
app.post('/echo', (event) => readBody(event))
app.post('/form', async (event) => {
  const form = await readBody(event)
  return `${form.name}, ${form.city}, ${Object.keys(form).length}`
})
app.post('/upload', async (event) => String((await event.req.arrayBuffer()).byteLength))
if (process.env.TABLE) {
  for (const name of RESOURCES) {
    app.get(`/${name}`, () => name)
    app.get(`/${name}/:id`, (event) => event.context.params.id)
    app.get(`/${name}/:id/members/:member`, (event) => {
      const { id, member } = event.context.params
      return `${id}:${member}`
    })
  }
}

serve(app, { port: Number(process.env.PORT), hostname: '127.0.0.1', silent: true })
