import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Phial, request, waitUntil } from '../index.ts'
import { captureLog } from '../testing.ts'

describe('waitUntil', () => {
  it('lets work go on with its request, tells the runtime, and can be waited for', async () => {
    const app = new Phial('test', { staticFolder: null })
    const done: string[] = []
    app.get('/', () => {
      waitUntil(async () => {
        await sleep(5)
        done.push(request.path)
      })
      waitUntil(sleep(1).then(() => void done.push('promise')))
      return 'sent'
    })
    const told: Promise<unknown>[] = []
    const executionContext = { waitUntil: (promise: Promise<unknown>) => told.push(promise) }
    const response = await app.testClient().get('/', { executionContext })
    expect([response.text, done, told.length, app.background.size]).toEqual(['sent', [], 2, 2])
    await app.background.settled()
    expect([done, app.background.size]).toEqual([['promise', '/'], 0])
    await Promise.all(told)
  })

  it('logs what fails', async () => {
    const app = new Phial('test', { staticFolder: null })
    const records = captureLog(app)
    app.get('/', () => {
      waitUntil(async () => {
        throw new Error('mail server is down')
      })
      return ''
    })
    expect((await app.testClient().get('/')).status).toBe(200)
    await app.background.settled()
    expect(records.map(({ message, error }) => [message, String(error)])).toEqual([
      ['Work after a response failed.', 'Error: mail server is down'],
    ])
  })
})
