import { g, session } from 'phial'
import { describe, expect } from 'vitest'
import { getDb } from '../db.ts'
import { test } from './fixtures.ts'

describe('register', () => {
  test('adds a user, who goes on to the login', async ({ app, client }) => {
    expect((await client.get('/auth/register')).status).toBe(200)
    const response = await client.post('/auth/register', { form: { username: 'a', password: 'a' } })
    expect(response.location).toBe('/auth/login')
    const user = app.appContext().run(() => getDb().get("SELECT * FROM user WHERE username = 'a'"))
    expect(user).toMatchObject({ id: 3, password: expect.stringMatching(/^scrypt:/) })
  })

  test.for([
    ['', '', 'Username is required.'],
    ['a', '', 'Password is required.'],
    ['a', 'a'.repeat(257), 'Password is too long.'],
    ['test', 'test', 'User test is already registered.'],
  ] as const)('says what is wrong with %j and %j', async ([username, password, message], { client }) => {
    const { text } = await client.post('/auth/register', { form: { username, password } })
    expect(text).toContain(message)
  })
})

describe('login', () => {
  test('is remembered', async ({ client, login }) => {
    expect((await client.get('/auth/login')).status).toBe(200)
    expect((await login()).location).toBe('/')
    await client.use(async () => {
      await client.get('/')
      expect(session.userId).toBe(1)
      expect(g.user?.username).toBe('test')
    })
  })

  test.for([
    ['a', 'test', 'Incorrect username.'],
    ['test', 'a', 'Incorrect password.'],
  ] as const)('does not take %j with %j', async ([username, password, message], { login }) => {
    expect((await login(username, password)).text).toContain(message)
  })
})

describe('logout', () => {
  test('forgets the user', async ({ client, login }) => {
    await login()
    await client.use(async () => {
      expect((await client.post('/auth/logout')).location).toBe('/')
      expect(session.has('userId')).toBe(false)
    })
  })
})

test('forms of other sites are refused', async ({ client, login }) => {
  await login()
  const response = await client.post('/1/delete', { headers: { 'Sec-Fetch-Site': 'cross-site' } })
  expect(response.status).toBe(403)
})
