// https://fastify.dev/docs/latest/Guides/Getting-Started/ with @fastify/formbody and a content type parser.
import formbody from '@fastify/formbody'
import Fastify from 'fastify'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const fastify = Fastify()
await fastify.register(formbody)
fastify.addContentTypeParser(
  'application/octet-stream',
  { parseAs: 'buffer', bodyLimit: 16 * 1024 * 1024 },
  (_request, body, done) => done(null, body),
)

fastify.get('/', (_request, reply) => {
  reply.send(GREETING)
})
fastify.get('/sum/:a/:b', (request, reply) => {
  reply.send(String(Number(request.params.a) + Number(request.params.b)))
})
fastify.get(
  '/json',
  {
    schema: {
      response: {
        200: {
          type: 'object',
          properties: {
            hello: { type: 'string' },
            id: { type: 'integer' },
            items: { type: 'array', items: { type: 'integer' } },
          },
        },
      },
    },
  },
  (_request, reply) => {
    reply.send(makeObject())
  },
)
fastify.post('/echo', (request, reply) => {
  reply.send(request.body)
})
fastify.post('/form', (request, reply) => {
  const form = request.body
  reply.send(`${form.name}, ${form.city}, ${Object.keys(form).length}`)
})
fastify.post('/upload', (request, reply) => {
  reply.send(String(request.body.length))
})
if (process.env.TABLE) {
  for (const name of RESOURCES) {
    fastify.get(`/${name}`, (_request, reply) => {
      reply.send(name)
    })
    fastify.get(`/${name}/:id`, (request, reply) => {
      reply.send(request.params.id)
    })
    fastify.get(`/${name}/:id/members/:member`, (request, reply) => {
      reply.send(`${request.params.id}:${request.params.member}`)
    })
  }
}

await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
