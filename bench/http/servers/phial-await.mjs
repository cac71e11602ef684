// The framework, with views that await the body: what the promises cost.
import { createApp } from '../phial-app.mjs'

const app = createApp()
app.post('/echo', (_params, { request }) => request.json())
app.post('/form', async (_params, { request }) => {
  const form = await request.form()
  return `${form.get('name')}, ${form.get('city')}, ${form.size}`
})

await app.run({ port: Number(process.env.PORT) })
