import { describe, expect, it } from 'vitest'
import { createApp } from './app.ts'

const client = () => createApp({ TESTING: true }).testClient({ baseUrl: 'http://localhost' })

/** The token of the page's form. */
const tokenIn = (page: string): string => /name="csrf_token" value="([0-9a-f]+)"/.exec(page)![1]!

describe('the guestbook', () => {
  it('begins empty', async () => {
    const { text } = await client().get('/')
    expect(text).toContain('<h1>0 entries</h1>')
    expect(text).toContain('Nobody has signed yet.')
    expect(text).toContain('href="/static/style.css"')
  })

  it('takes an entry, thanks once, and remembers the name', async () => {
    const browser = client()
    const csrf_token = tokenIn((await browser.get('/')).text)
    const form = { csrf_token, name: '<Ann>', text: 'See https://example.com & come' }
    const { text, status } = await browser.post('/', { form, followRedirects: true })
    expect(status).toBe(200)
    expect(text).toContain('<p class="message success" role="status">Thank you, <b>&lt;Ann&gt;</b>.</p>')
    expect(text).toContain('<h1>1 entry</h1>')
    expect(text).toContain('</a> &lt;Ann&gt;</h2>')
    expect(text).toContain('<a href="https://example.com" rel="noopener">https://example.com</a> &amp; come')
    const again = (await browser.get('/')).text
    expect(again).not.toContain('Thank you')
    expect(again).toContain('value="&lt;Ann&gt;"')
    expect((await browser.get('/entries/1')).text).toContain('<title>&lt;Ann&gt; – Guestbook</title>')
  })

  it.each([
    [{ name: ' ', text: 'x' }, 'Give a name and some text.'],
    [{ name: 'Ann', text: 'x'.repeat(501) }, 'At most 500 characters.'],
  ])('says what is wrong with %j', async (fields, message) => {
    const browser = client()
    const csrf_token = tokenIn((await browser.get('/')).text)
    const { text } = await browser.post('/', { form: { csrf_token, ...fields }, followRedirects: true })
    expect(text).toContain(`<p class="message error" role="status">${message}</p>`)
    expect(text).toContain('<h1>0 entries</h1>')
  })

  it('takes no form of another site, and none without a token', async () => {
    const browser = client()
    await browser.get('/')
    const form = { name: 'Eve', text: 'x' }
    expect((await browser.post('/', { form })).status).toBe(403)
    const headers = { Origin: 'https://evil.example' }
    expect((await browser.post('/', { form, headers })).status).toBe(403)
  })

  it('has a page for what is missing', async () => {
    const response = await client().get('/entries/9')
    expect(response.status).toBe(404)
    expect(response.text).toContain('<title>Not found – Guestbook</title>')
  })
})
