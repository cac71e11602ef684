import { describe, expect, it } from 'vitest'
import { negotiate, Phial, reply } from '../index.ts'

function createApp(): Phial {
  const app = new Phial('test', { staticFolder: null })
  app.get('/', () =>
    negotiate({
      html: () => '<b>html</b>',
      json: async () => ({ json: true }),
      csv: () => 'a,b',
      'text/calendar': () => reply('BEGIN', 201, { 'Content-Type': 'text/calendar' }),
    }),
  )
  return app
}

describe('negotiate', () => {
  it.each([
    ['text/html', 'text/html; charset=utf-8', '<b>html</b>'],
    ['application/json', 'application/json', '{"json":true}\n'],
    ['text/csv, text/html;q=0.5', 'text/csv; charset=utf-8', 'a,b'],
    ['text/calendar', 'text/calendar', 'BEGIN'],
    ['*/*', 'text/html; charset=utf-8', '<b>html</b>'],
    ['', 'text/html; charset=utf-8', '<b>html</b>'],
    ['application/*;q=0.2, text/*;q=0.1', 'application/json', '{"json":true}\n'],
  ])('answers %j with %s', async (accept, type, text) => {
    const headers = accept === '' ? {} : { Accept: accept }
    const response = await createApp().testClient().get('/', { headers })
    expect([response.contentType, response.text, response.headers.get('Vary')]).toEqual([
      type,
      text,
      'Accept',
    ])
  })

  it('says what there is to whoever wants something else', async () => {
    const response = await createApp()
      .testClient()
      .get('/', { headers: { Accept: 'image/png' } })
    expect([response.status, response.headers.get('Vary')]).toEqual([406, 'Accept'])
    expect(response.text).toContain('text/html, application/json, text/csv')
  })
})
