import { describe, expect, it } from 'vitest'
import app from './app.ts'

const client = app.testClient()

describe('the tutorial', () => {
  it.each([
    ['/', '<h1>Hello, World!</h1>'],
    ['/about/', '<h3>This is a Phial web application.</h3>'],
    ['/capitalize/phial', '<h1>PHIAL</h1>'],
    ['/capitalize/<b>', '<h1>&lt;B&gt;</h1>'],
    ['/add/5/5', '<h1>10</h1>'],
    ['/users/2', '<h2>Adam</h2>'],
  ])('serves %s', async (path, page) => {
    const response = await client.get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.text).toBe(page)
  })

  it('redirects to the slash that a rule ends with', async () => {
    const response = await client.get('/about')
    expect(response.status).toBe(308)
    expect(response.headers.get('Location')).toBe('http://localhost/about/')
  })

  it.each(['/users/3', '/add/5/five', '/nothing'])('does not find %s', async (path) => {
    expect((await client.get(path)).status).toBe(404)
  })
})
