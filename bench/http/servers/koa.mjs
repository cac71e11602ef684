// https://koajs.com with @koa/router and koa-bodyparser.
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const app = new Koa()
const router = new Router()

router.get('/', (ctx) => {
  ctx.body = GREETING
})
router.get('/sum/:a/:b', (ctx) => {
  ctx.body = String(Number(ctx.params.a) + Number(ctx.params.b))
})
router.get('/json', (ctx) => {
  ctx.body = makeObject()
})
router.post('/echo', (ctx) => {
  ctx.body = ctx.request.body
})
router.post('/form', (ctx) => {
  const form = ctx.request.body
  ctx.body = `${form.name}, ${form.city}, ${Object.keys(form).length}`
})
router.post('/upload', async (ctx) => {
  const chunks = []
  for await (const chunk of ctx.req) chunks.push(chunk)
  ctx.body = String(Buffer.concat(chunks).length)
})
if (process.env.TABLE) {
  for (const name of RESOURCES) {
    router.get(`/${name}`, (ctx) => {
      ctx.body = name
    })
    router.get(`/${name}/:id`, (ctx) => {
      ctx.body = ctx.params.id
    })
    router.get(`/${name}/:id/members/:member`, (ctx) => {
      ctx.body = `${ctx.params.id}:${ctx.params.member}`
    })
  }
}

app.use(bodyParser())
app.use(router.routes())
app.listen(Number(process.env.PORT), '127.0.0.1')
