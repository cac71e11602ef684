import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { AREAS, ROUTES, routeOf } from '../routes.mjs'

const app = new Hono()
for (let area = 0; area < AREAS; area++) {
  const part = new Hono()
  part.use(async (c, next) => {
    c.set('area', area)
    await next()
  })
  for (let index = 0; index < ROUTES; index++) {
    part.get(routeOf(index).peer, (c) =>
      c.html(`area${area} thing${index} ${Object.values(c.req.param()).sort().join(' ')}`),
    )
  }
  app.route(`/area${area}`, part)
}
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) })
