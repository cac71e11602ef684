import { describe, expect, expectTypeOf, it } from 'vitest'
import { abort, Blueprint, type Middleware, Phial, reply } from '../index.ts'

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

/** Writes its name before and after. */
function note(order: string[], name: string): Middleware {
  return async (_context, next) => {
    order.push(`${name} in`)
    const response = await next()
    order.push(`${name} out ${response.status}`)
  }
}

describe('a middleware', () => {
  it('wraps views between the hooks: application, blueprint, route', async () => {
    const app = createApp()
    const order: string[] = []
    const bp = new Blueprint('bp', null, { urlPrefix: '/bp' })
    app.use(note(order, 'app'))
    app.use(note(order, 'app 2'))
    bp.use(note(order, 'bp'))
    app.beforeRequest(() => void order.push('before'))
    app.afterRequest(() => void order.push('after'))
    bp.get('/', { middleware: [note(order, 'route'), note(order, 'route 2')] }, () => {
      order.push('view')
      return reply('made', 201)
    })
    app.get('/', () => 'app')
    app.registerBlueprint(bp)
    const client = app.testClient()
    expect((await client.get('/bp/')).status).toBe(201)
    expect(order).toEqual([
      'before',
      'app in',
      'app 2 in',
      'bp in',
      'route in',
      'route 2 in',
      'view',
      'route 2 out 201',
      'route out 201',
      'bp out 201',
      'app 2 out 201',
      'app out 201',
      'after',
    ])
    order.length = 0
    await client.get('/')
    expect(order).toEqual(['before', 'app in', 'app 2 in', 'app 2 out 200', 'app out 200', 'after'])
  })

  it('may answer itself, and change the answer', async () => {
    const app = createApp()
    app.use((context, next) => (context.request.args.has('stop') ? reply('stopped', 403) : next()))
    app.use(async (_context, next) => {
      const response = await next()
      response.headers.set('X-Seen', 'yes')
    })
    app.get('/', () => 'view')
    const client = app.testClient()
    const response = await client.get('/')
    expect([response.text, response.headers.get('X-Seen')]).toEqual(['view', 'yes'])
    expect((await client.get('/?stop')).status).toBe(403)
  })

  it('sees the errors of views, and may handle them', async () => {
    const app = createApp()
    const seen: string[] = []
    app.use(async (_context, next) => {
      try {
        return await next()
      } catch (error) {
        seen.push(String(error))
        if (error instanceof RangeError) return 'rescued'
        throw error
      }
    })
    app.errorHandler(404, () => reply('handler', 404))
    app.get('/range', () => {
      throw new RangeError('r')
    })
    app.get('/abort', () => abort(404))
    const client = app.testClient()
    expect((await client.get('/range')).text).toBe('rescued')
    expect((await client.get('/abort')).text).toBe('handler')
    expect((await client.get('/unknown')).text).toBe('handler')
    expect(seen.length).toBe(3)
  })

  it('has to answer or to go on, once', async () => {
    const app = createApp()
    app.config.PROPAGATE_EXCEPTIONS = true
    app.get('/none', { middleware: [function nothing() {}] }, () => '')
    const twice: Middleware = async (_context, next) => {
      await next()
      return next()
    }
    app.get('/twice', { middleware: [twice] }, () => '')
    const client = app.testClient()
    await expect(client.get('/none')).rejects.toThrow(
      'The middleware nothing returned nothing and did not call next().',
    )
    await expect(client.get('/twice')).rejects.toThrow(/called next\(\) twice/)
  })
})

describe('provided values', () => {
  interface User {
    readonly name: string
  }

  it('are in the context of the view, typed, and may end the request', async () => {
    const app = createApp()
    const order: string[] = []
    const user = async ({
      request,
    }: {
      request: { args: { get(key: string): string | null } }
    }): Promise<User> => {
      order.push('user')
      return { name: request.args.get('user') ?? abort(401) }
    }
    const now = () => {
      order.push('now')
      return 7
    }
    app.get('/me', { provide: { user, now } }, (_params, { user, now }) => {
      expectTypeOf(user).toEqualTypeOf<User>()
      expectTypeOf(now).toEqualTypeOf<number>()
      return `${user.name} ${now}`
    })
    const client = app.testClient()
    expect((await client.get('/me?user=ann')).text).toBe('ann 7')
    expect(order).toEqual(['user', 'now'])
    expect((await client.get('/me')).status).toBe(401)
  })
})
