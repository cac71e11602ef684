import { expect, it } from 'vitest'
import { Phial, request } from '../../index.ts'
import { makeServer } from './make-server.ts'

function createApp(): Phial {
  const app = new Phial('site')
  app.get('/', () => `hello ${request.headers.get('X-Name') ?? 'you'}`)
  app.get('/fails', () => {
    throw new Error('no')
  })
  return app
}

it('serves an application for a test, and is gone after it', async () => {
  let url: string
  {
    await using server = await makeServer(createApp())
    url = server.url
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(server.port).toBe(Number(new URL(url).port))
    expect(await (await server.fetch('/', { headers: { 'X-Name': 'Ann' } })).text()).toBe('hello Ann')
    expect((await server.fetch('/missing')).status).toBe(404)
    await expect
      .poll(() => server.answers.map(({ target, status }) => [target, status]))
      .toEqual([
        ['/', 200],
        ['/missing', 404],
      ])
  }
  await expect(fetch(url)).rejects.toThrow()
})

it('keeps the errors that reach the server', async () => {
  const server = await makeServer({
    fetch: () => {
      throw new Error('no')
    },
  })
  expect((await server.fetch('/fails')).status).toBe(500)
  expect(server.errors).toMatchObject([{ message: 'no' }])
  await server.close()
})
