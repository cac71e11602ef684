import { expect, test } from 'vitest'
import { LruCache } from './lru-cache.ts'

test('forgets what was not used for the longest time', () => {
  const cache = new LruCache<string, number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 2])
})

test('keeps all below zero, and nothing at zero', () => {
  const all = new LruCache<number, number>(-1)
  for (let key = 0; key < 1000; key++) all.set(key, key)
  expect(all.size).toBe(1000)
  all.clear()
  const none = new LruCache<number, number>(0)
  none.set(1, 1)
  expect([all.size, none.size]).toEqual([0, 0])
})
