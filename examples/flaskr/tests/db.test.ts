import { expect } from 'vitest'
import { getDb } from '../db.ts'
import { test } from './fixtures.ts'

test('a context has one connection, which is closed at its end', ({ app }) => {
  const db = app.appContext().run(() => {
    expect(getDb()).toBe(getDb())
    return getDb()
  })
  expect(() => db.get('SELECT 1')).toThrow('closed')
})

test('init-db makes empty tables', async ({ app, runner }) => {
  const { exitCode, output } = await runner.invoke(['init-db'])
  expect(output).toBe('Initialized the database.\n')
  expect(exitCode).toBe(0)
  const users = app.appContext().run(() => getDb().all('SELECT * FROM user'))
  expect(users).toEqual([])
})
