import { describe, expect, it } from 'vitest'
import { currentApp, hasRequestContext, Phial, unwrap, waitUntil } from '../index.ts'
import { captureLog } from '../testing.ts'

function makeApp(): Phial {
  return new Phial('test', { config: { TESTING: true } })
}

describe('onStart', () => {
  it('runs in order before a server listens, once, in a context of the application', async () => {
    const app = makeApp()
    const seen: unknown[] = []
    app.onStart(async () => {
      await Promise.resolve()
      seen.push(unwrap(currentApp) === app, hasRequestContext())
    })
    app.onStart(() => void seen.push('second'))
    await Promise.all([app.startup(), app.startup()])
    expect(seen).toEqual([true, false, 'second'])
  })

  it('keeps a server from starting by an error', async () => {
    const app = makeApp()
    app.onStart(() => Promise.reject(new Error('no database')))
    await expect(app.startup()).rejects.toThrow('no database')
  })

  it('cannot be added when requests have come', async () => {
    const app = makeApp()
    await app.testClient().get('/')
    expect(() => app.onStart(() => undefined)).toThrow('onStart')
    expect(() => app.onShutdown(() => undefined)).toThrow('onShutdown')
  })
})

describe('onShutdown', () => {
  it('runs after work under way, the last first, and goes on after an error', async () => {
    const app = makeApp()
    const log = captureLog(app)
    const seen: string[] = []
    app.onShutdown(() => void seen.push('first'))
    app.onShutdown(() => {
      throw new Error('broken')
    })
    app.onShutdown(async () => void seen.push('last'))
    app.get('/', () => {
      waitUntil(new Promise<void>((resolve) => setTimeout(resolve, 5)).then(() => void seen.push('work')))
      return ''
    })
    await app.testClient().get('/')
    await Promise.all([app.shutdown(), app.shutdown()])
    expect(seen).toEqual(['work', 'last', 'first'])
    expect(log.map(({ message }) => message)).toEqual(['A hook of onShutdown failed.'])
  })
})
