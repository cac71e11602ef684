import { describe, expect, it } from 'vitest'
import { flash, getFlashedMessages, Phial, redirect, session } from '../index.ts'

function createApp(): Phial {
  const app = new Phial('test', { config: { SECRET_KEY: 'a secret key' } })
  app.get('/flash', () => {
    flash('Hello')
    flash('No space left', 'error')
    flash('Try again', 'warning')
    return redirect('/messages')
  })
  app.get('/messages', () => ({ messages: getFlashedMessages() }))
  return app
}

describe('a flashed message', () => {
  it('is shown by the next page that asks, and then no more', async () => {
    const client = createApp().testClient()
    const response = await client.get('/flash', { followRedirects: true })
    expect(response.json()).toEqual({ messages: ['Hello', 'No space left', 'Try again'] })
    expect((await client.get('/messages')).json()).toEqual({ messages: [] })
  })

  it('stays for the request, has its category, and can be picked by it', async () => {
    const app = createApp()
    app.get('/all', () => ({
      all: getFlashedMessages({ withCategories: true }),
      some: getFlashedMessages({ categoryFilter: ['error', 'warning'] }),
      one: getFlashedMessages({ withCategories: true, categoryFilter: ['error'] }),
      left: Object.keys(session),
    }))
    const client = app.testClient()
    await client.get('/flash')
    expect((await client.get('/all')).json()).toEqual({
      all: [
        ['message', 'Hello'],
        ['error', 'No space left'],
        ['warning', 'Try again'],
      ],
      some: ['No space left', 'Try again'],
      one: [['error', 'No space left']],
      left: [],
    })
  })

  it('can be shown in the request that flashed it', async () => {
    const app = createApp()
    app.get('/', () => {
      flash('now')
      return { messages: getFlashedMessages() }
    })
    const response = await app.testClient().get('/')
    expect(response.json()).toEqual({ messages: ['now'] })
  })
})
