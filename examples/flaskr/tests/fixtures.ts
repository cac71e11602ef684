import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { createApp } from '../app.ts'
import { getDb, initDb } from '../db.ts'

const data = await readFile(new URL('data.sql', import.meta.url), 'utf8')

/** A test gets what it names: an application with a database of its own, a browser, a command line. */
export const test = base
  .extend('app', async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'flaskr-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const app = createApp({ TESTING: true, DATABASE: join(folder, 'flaskr.sqlite') })
    await app.appContext().run(async () => {
      await initDb()
      getDb().exec(data)
    })
    return app
  })
  .extend('client', ({ app }) =>
    app.testClient({ defaults: { headers: { 'Sec-Fetch-Site': 'same-origin' } } }),
  )
  .extend('runner', ({ app }) => app.testCliRunner())
  .extend('login', ({ client }) => {
    return (username = 'test', password = 'test') =>
      client.post('/auth/login', { form: { username, password } })
  })
