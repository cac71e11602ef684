// As phial.mjs, but for views that await the body: what the promises cost.
import { Phial } from 'phial'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const app = new Phial(import.meta, { staticFolder: null })

app.get('/', () => GREETING)
app.get('/sum/<int:a>/<int:b>', ({ a, b }) => String(a + b))
app.get('/json', () => makeObject())
app.post('/echo', (_params, { request }) => request.json())
app.post('/form', async (_params, { request }) => {
  const form = await request.form()
  return `${form.get('name')}, ${form.get('city')}, ${form.size}`
})
app.post('/upload', async (_params, { request }) => String((await request.bytes()).length))
if (process.env.TABLE) {
  for (const name of RESOURCES) {
    app.get(`/${name}`, () => name)
    app.get(`/${name}/<id>`, ({ id }) => id)
    app.get(`/${name}/<id>/members/<member>`, ({ id, member }) => `${id}:${member}`)
  }
}

await app.run({ port: Number(process.env.PORT) })
