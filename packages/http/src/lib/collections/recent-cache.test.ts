import { describe, expect, it, vi } from 'vitest'
import { RecentCache } from './recent-cache.ts'

describe('RecentCache', () => {
  it('makes a value once, and forgets the oldest over its size', () => {
    const cache = new RecentCache<string>(2, 10)
    const make = vi.fn((text: string) => text.toUpperCase())
    for (const text of ['a', 'a', 'b', 'c', 'c', 'a']) expect(cache.get(text, make)).toBe(text.toUpperCase())
    expect(make.mock.calls.flat()).toEqual(['a', 'b', 'c', 'a'])
  })

  it('does not keep long texts', () => {
    const cache = new RecentCache<string>(2, 3)
    const make = vi.fn(String)
    cache.get('long', make)
    cache.get('long', make)
    expect(make).toHaveBeenCalledTimes(2)
  })
})
