import { Request as ServerRequest } from '@phial/http'
import { expect, it } from 'vitest'
import { testApp } from './test-app.ts'

it('DEV-14 shows runtime, packages and the request, and hides secrets', async () => {
  const sent = new Request('http://localhost:5000/a/b?color=<red>&token=t0psecret', {
    headers: { 'X-Forwarded-For': '10.0.0.1', Authorization: 'Basic c2VjcmV0' },
  })
  const response = testApp.fetch(ServerRequest.from(sent))
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const page = await response.text()
  for (const text of [
    process.version.slice(1),
    process.platform,
    '/a/b',
    '10.0.0.1',
    '&lt;red&gt;',
    'vitest',
  ]) {
    expect(page).toContain(text)
  }
  for (const secret of ['<red>', 'c2VjcmV0', '>t0psecret<']) expect(page).not.toContain(secret)
})
