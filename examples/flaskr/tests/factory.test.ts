import { expect } from 'vitest'
import { createApp } from '../app.ts'
import { test } from './fixtures.ts'

test('takes the configuration that it is given', () => {
  expect(createApp().testing).toBe(false)
  expect(createApp({ TESTING: true }).testing).toBe(true)
})

test('says hello', async ({ client }) => {
  expect((await client.get('/hello')).text).toBe('Hello, World!')
})
