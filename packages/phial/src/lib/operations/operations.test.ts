import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Phial, reply } from '../../index.ts'
import { addHealthRoutes, requestId, setRequestIds, timeLimit } from '../../operations.ts'
import { captureLog } from '../../testing.ts'

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

describe('a time limit', () => {
  it('answers 503 for a view that takes longer, and forgets its answer', async () => {
    const app = createApp()
    const records = captureLog(app)
    app.use(timeLimit('20ms'))
    app.get('/slow', async () => {
      await sleep(60)
      throw new Error('nobody sees this')
    })
    app.get('/quick', () => 'quick')
    app.errorHandler(503, (error) => reply(`handled: ${error.description}`, 503))
    const client = app.testClient()
    expect((await client.get('/quick')).text).toBe('quick')
    const response = await client.get('/slow')
    expect([response.status, response.text]).toEqual([503, 'handled: The server took too long to answer.'])
    await sleep(60)
    expect(records.map(({ message }) => message)).toEqual(['GET /slow took longer than 0.02 s.'])
  })

  it('is a duration', () => {
    expect(() => timeLimit('soon')).toThrow(/The time limit is a number of seconds/)
  })
})

describe('request ids', () => {
  it('are sent, and known while the request runs', async () => {
    const app = createApp()
    setRequestIds(app)
    app.get('/', () => String(requestId()))
    const client = app.testClient()
    const response = await client.get('/', { headers: { 'X-Request-ID': 'from-outside' } })
    expect(response.text).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('X-Request-ID')).toBe(response.text)
    expect((await client.get('/missing')).headers.get('X-Request-ID')).not.toBeNull()
  })

  it.each([
    ['abc-1.2:3', 'abc-1.2:3'],
    ['x'.repeat(200), 'made'],
    ['<script>', 'made'],
  ])('may be taken over: %j gives %j', async (given, id) => {
    const app = createApp()
    setRequestIds(app, { trustHeader: true, generate: () => 'made', header: 'X-Trace' })
    app.get('/', () => '')
    const response = await app.testClient().get('/', { headers: { 'X-Trace': given } })
    expect(response.headers.get('X-Trace')).toBe(id)
  })
})

describe('the page for an unexpected error', () => {
  it('names the request, as the log does, and nothing else of the error', async () => {
    const app = createApp()
    const records = captureLog(app)
    setRequestIds(app, { generate: () => 'r-1' })
    app.get('/', () => {
      throw new Error('secret')
    })
    const response = await app.testClient().get('/')
    expect(response.status).toBe(500)
    expect(response.text).toContain('If you report it, name the request r-1.')
    expect(response.text).not.toContain('secret')
    expect(records.map(({ message }) => message)).toEqual(['Exception on / [GET] (request r-1)'])
  })
})

describe('health routes', () => {
  it('say whether the application lives, and whether it can work', async () => {
    const app = createApp()
    const records = captureLog(app)
    let isUp = true
    addHealthRoutes(app, {
      timeout: 0.02,
      checks: {
        database: () => {
          if (!isUp) throw new Error('secret detail')
        },
        queue: async () => isUp,
        slow: () => (isUp ? true : sleep(100)),
      },
    })
    const client = app.testClient()
    const live = await client.get('/healthz')
    expect([live.json(), live.headers.get('Cache-Control')]).toEqual([{ status: 'ok' }, 'no-store'])
    expect((await client.get('/readyz')).json()).toEqual({
      status: 'ok',
      checks: { database: 'ok', queue: 'ok', slow: 'ok' },
    })
    isUp = false
    const down = await client.get('/readyz')
    expect([down.status, down.text.includes('secret')]).toEqual([503, false])
    expect(down.json()).toMatchObject({
      status: 'unavailable',
      checks: { database: 'failed', slow: 'failed' },
    })
    expect(records.map(({ message }) => message)).toEqual([
      'The health check database failed.',
      'The health check queue failed: false.',
      'The health check slow failed: no answer in 0.02 s.',
    ])
  })
})
