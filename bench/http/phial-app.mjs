// What both servers of the framework have: routes and views, as its own documentation says, sync where the work is.
import { Phial } from 'phial'
import { GREETING, makeObject, RESOURCES } from './cases.mjs'

export function createApp() {
  const app = new Phial(import.meta, { staticFolder: null })
  app.get('/', () => GREETING)
  app.get('/sum/<int:a>/<int:b>', ({ a, b }) => String(a + b))
  app.get('/json', () => makeObject())
  app.post('/upload', async (_params, { request }) => String((await request.bytes()).length))
  if (process.env.TABLE) {
    for (const name of RESOURCES) {
      app.get(`/${name}`, () => name)
      app.get(`/${name}/<id>`, ({ id }) => id)
      app.get(`/${name}/<id>/members/<member>`, ({ id, member }) => `${id}:${member}`)
    }
  }
  return app
}
