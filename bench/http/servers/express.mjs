// https://expressjs.com/en/starter/hello-world.html
import express from 'express'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const app = express()

app.get('/', (_req, res) => {
  res.type('text').send(GREETING)
})
app.get('/sum/:a/:b', (req, res) => {
  res.type('text').send(String(Number(req.params.a) + Number(req.params.b)))
})
app.get('/json', (_req, res) => {
  res.json(makeObject())
})
app.post('/echo', express.json(), (req, res) => {
  res.json(req.body)
})
app.post('/form', express.urlencoded(), (req, res) => {
  res.type('text').send(`${req.body.name}, ${req.body.city}, ${Object.keys(req.body).length}`)
})
app.post('/upload', express.raw({ limit: '16mb' }), (req, res) => {
  res.type('text').send(String(req.body.length))
})
if (process.env.TABLE) {
  for (const name of RESOURCES) {
    app.get(`/${name}`, (_req, res) => {
      res.type('text').send(name)
    })
    app.get(`/${name}/:id`, (req, res) => {
      res.type('text').send(req.params.id)
    })
    app.get(`/${name}/:id/members/:member`, (req, res) => {
      res.type('text').send(`${req.params.id}:${req.params.member}`)
    })
  }
}

app.listen(Number(process.env.PORT), '127.0.0.1')
