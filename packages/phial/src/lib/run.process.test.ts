import { describe, expect, it } from 'vitest'
import { Phial } from '../index.ts'
import { captureLog } from '../testing.ts'

describe('app.run', () => {
  it('serves the application until it is stopped', async () => {
    const app = new Phial('test', { staticFolder: null })
    const records = captureLog(app)
    app.logger.level = 'info'
    app.get('/', (_params, { request }) => `${app.debug} ${request.host}`)
    const server = (await app.run({ port: 0, debug: true }))!
    try {
      const response = await fetch(server.url)
      expect(await response.text()).toBe(`true ${new URL(server.url).host}`)
      expect(records[0]!.message).toBe(`Running on ${server.url}`)
    } finally {
      await server.close()
    }
    await expect(fetch(server.url)).rejects.toThrow()
  })
})
