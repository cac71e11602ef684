import type { Phial } from 'phial'
import { describe, expect } from 'vitest'
import { getDb } from '../db.ts'
import { test } from './fixtures.ts'

const post = (app: Phial) => app.appContext().run(() => getDb().get('SELECT * FROM post WHERE id = 1'))

describe('the posts', () => {
  test('are there for everybody', async ({ client }) => {
    const { text } = await client.get('/')
    expect(text).toContain('Log In')
    expect(text).toContain('Register')
    expect(text).toContain('test title')
    expect(text).not.toContain('href="/1/update"')
  })

  test('can be edited by their author', async ({ client, login }) => {
    await login()
    const { text } = await client.get('/')
    expect(text).toContain('Log Out')
    expect(text).toContain('test title')
    expect(text).toContain('by test on 2018-01-01')
    expect(text).toContain('test\nbody')
    expect(text).toContain('href="/1/update"')
  })
})

describe('who may do what', () => {
  test.for(['/create', '/1/update', '/1/delete'])('%s needs a login', async (path, { client }) => {
    expect((await client.post(path)).location).toBe('/auth/login')
  })

  test('only the author changes a post', async ({ app, client, login }) => {
    await login('other', 'other')
    expect((await client.get('/1/update')).status).toBe(403)
    expect((await client.post('/1/update', { form: { title: 'a', body: '' } })).status).toBe(403)
    expect((await client.post('/1/delete')).status).toBe(403)
    expect((await client.get('/')).text).not.toContain('href="/1/update"')
    expect(post(app)).toMatchObject({ title: 'test title' })
  })

  test.for(['/2/update', '/2/delete'])('%s is not found', async (path, { client, login }) => {
    await login()
    expect((await client.post(path)).status).toBe(404)
  })
})

describe('a post', () => {
  test('is created', async ({ app, client, login }) => {
    await login()
    expect((await client.get('/create')).status).toBe(200)
    const response = await client.post('/create', { form: { title: 'created', body: '<b>' } })
    expect(response.location).toBe('/')
    const { text } = await client.get('/')
    expect(text.indexOf('created')).toBeLessThan(text.indexOf('test title'))
    expect(text).toContain('&lt;b&gt;')
    const count = app.appContext().run(() => getDb().get('SELECT count(*) AS n FROM post'))
    expect(count).toEqual({ n: 2 })
  })

  test('is updated', async ({ app, client, login }) => {
    await login()
    expect((await client.get('/1/update')).text).toContain('value="test title"')
    await client.post('/1/update', { form: { title: 'updated', body: '' } })
    expect(post(app)).toMatchObject({ title: 'updated', body: '' })
  })

  test.for(['/create', '/1/update'])(
    '%s needs a title, and keeps the text',
    async (path, { client, login }) => {
      await login()
      const { text } = await client.post(path, { form: { title: ' ', body: 'long text' } })
      expect(text).toContain('Title is required.')
      expect(text).toContain('>long text</textarea>')
    },
  )

  test('is deleted', async ({ app, client, login }) => {
    await login()
    expect((await client.post('/1/delete')).location).toBe('/')
    expect(post(app)).toBeNull()
  })
})
