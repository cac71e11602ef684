// The framework, with routes that ask for the body.
import { createApp } from '../phial-app.mjs'

const app = createApp()
app.post('/echo', { json: true }, (_params, { json }) => json)
app.post(
  '/form',
  { form: true },
  (_params, { form }) => `${form.get('name')}, ${form.get('city')}, ${form.size}`,
)

await app.run({ port: Number(process.env.PORT) })
