import fastify from 'fastify'
import { AREAS, ROUTES, routeOf } from '../routes.mjs'

const app = fastify()
app.decorateRequest('area', 0)
for (let area = 0; area < AREAS; area++) {
  app.register(
    (instance, _options, done) => {
      instance.addHook('onRequest', (request, _reply, next) => {
        request.area = area
        next()
      })
      for (let index = 0; index < ROUTES; index++) {
        instance.get(routeOf(index).peer, (request, reply) => {
          reply.type('text/html; charset=utf-8')
          return reply.send(`area${area} thing${index} ${Object.values(request.params).sort().join(' ')}`)
        })
      }
      done()
    },
    { prefix: `/area${area}` },
  )
}
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
