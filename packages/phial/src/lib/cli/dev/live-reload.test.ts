import { Response } from '@phial/http'
import { createClient } from '@phial/http/test'
import { describe, expect, it } from 'vitest'
import { failurePage } from './failure-page.ts'
import { withLiveReload } from './live-reload.ts'

const PATH = '/_phial/abc'
const PAGE = { Accept: 'text/html' }
const SCRIPT = `<script src="${PATH}/client.js" data-version="3.0"></script>\n`

type AnyResponse = Response | globalThis.Response

/** What a browser gets of an answer. */
async function sent(
  answer: () => AnyResponse | Promise<AnyResponse>,
  headers: Record<string, string> = PAGE,
  method = 'GET',
): Promise<{ text: string; headers: Headers }> {
  const { app } = withLiveReload({ fetch: answer }, { path: PATH, generation: 3, hosts: [] })
  const response = await createClient(app).open('/', { method, headers })
  return { text: response.text, headers: new Headers([...response.headers] as [string, string][]) }
}

function html(
  content: ConstructorParameters<typeof Response>[0],
  headers: Record<string, string> = {},
): Response {
  return new Response(content, { mimetype: 'text/html', headers })
}

async function* pieces(): AsyncGenerator<string> {
  yield '<p>'
  yield 'x'
}

describe('the script of live reload', () => {
  it.each<[string, () => AnyResponse | Promise<AnyResponse>, string]>([
    ['text', () => html('<p>x'), `<p>x${SCRIPT}`],
    ['bytes', () => html(new TextEncoder().encode('<p>x')), `<p>x${SCRIPT}`],
    ['pieces', () => html(pieces()), `<p>x${SCRIPT}`],
    ['a stream', () => html(new Blob(['<p>x']).stream()), `<p>x${SCRIPT}`],
    ['a promise', () => Promise.resolve(html('<p>x')), `<p>x${SCRIPT}`],
    [
      'a response of the runtime',
      () => new globalThis.Response('<p>x', { headers: { 'Content-Type': 'text/html' } }),
      `<p>x${SCRIPT}`,
    ],
    ['other types', () => new Response('<p>x', { mimetype: 'text/plain' }), '<p>x'],
    ['JSON of the runtime', () => globalThis.Response.json(1), '1'],
    ['packed pages', () => html('packed', { 'Content-Encoding': 'br' }), 'packed'],
  ])('in %s', async (_name, answer, expected) => {
    expect((await sent(answer)).text).toBe(expected)
  })

  it.each<[Record<string, string>, string, boolean]>([
    [{ Accept: 'text/html,*/*' }, 'GET', true],
    [{ Accept: 'text/html', 'Sec-Fetch-Dest': 'document' }, 'GET', true],
    [{ Accept: 'text/html', 'Sec-Fetch-Dest': 'iframe' }, 'GET', true],
    [{ Accept: 'text/html', 'Sec-Fetch-Dest': 'empty' }, 'GET', false],
    [{ Accept: 'text/html', 'HX-Request': 'true' }, 'GET', false],
    [{ Accept: 'text/html', 'X-Requested-With': 'XMLHttpRequest' }, 'GET', false],
    [{ Accept: '*/*' }, 'GET', false],
    [{}, 'GET', false],
    [{ Accept: 'text/html' }, 'POST', false],
  ])('goes into what %j asks for with %s: %s', async (headers, method, expected) => {
    expect((await sent(() => html('<p>x'), headers, method)).text).toBe(expected ? `<p>x${SCRIPT}` : '<p>x')
  })

  it.each([
    ["script-src 'self' 'nonce-abc+/='", ' nonce="abc+/="'],
    ["default-src 'nonce-d'; script-src 'nonce-s'; script-src-elem 'nonce-e'", ' nonce="e"'],
    ["default-src 'nonce-d'; script-src 'nonce-s'", ' nonce="s"'],
    ["default-src 'nonce-d'", ' nonce="d"'],
    ["style-src 'nonce-x'", ''],
    [`script-src 'nonce-"><b>'`, ''],
  ])('takes the nonce of the policy %s', async (policy, attribute) => {
    const { text } = await sent(() => html('<p>x', { 'Content-Security-Policy': policy }))
    expect(text).toBe(`<p>x<script src="${PATH}/client.js" data-version="3.0"${attribute}></script>\n`)
  })

  it('leaves out what is about the page without it', async () => {
    const { headers } = await sent(() => html('<p>x', { ETag: '"1"', 'Content-Length': '4', 'X-Own': '1' }))
    expect(headers.get('etag')).toBeNull()
    expect(headers.get('content-length') ?? String(4 + SCRIPT.length)).toBe(String(4 + SCRIPT.length))
    expect(headers.get('x-own')).toBe('1')
  })
})

describe('the page for an application that could not be loaded', () => {
  const app = failurePage('\u001b[31mError: <b> is missing\u001b[0m', ['dev.test'])

  it('is text for programs, HTML for browsers', async () => {
    const client = createClient(app)
    const text = await client.get('/')
    expect([text.status, text.text]).toEqual([
      500,
      'The application cannot be served.\n\nError: <b> is missing\n',
    ])
    expect((await client.get('/', { headers: PAGE })).text).toContain(
      '<pre>Error: &lt;b&gt; is missing</pre>',
    )
  })

  it.each([
    ['localhost:5000', true],
    ['a.localhost', true],
    ['127.0.0.1:5000', true],
    ['[::1]:5000', true],
    ['dev.test', true],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
  ])('S121: tells %s of the error: %s', async (host, expected) => {
    const { text } = await createClient(app).get('/', { headers: { Host: host } })
    expect(text.includes('is missing')).toBe(expected)
  })
})
