import { describe, expect, it } from 'vitest'
import { withinTime } from './time-limit.ts'

describe('withinTime', () => {
  it('gives what the work gives', async () => {
    expect(await withinTime(1)).toBe(1)
    expect(await withinTime(Promise.resolve(2))).toBe(2)
    await expect(withinTime(Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  it('gives up work that never ends', async () => {
    await expect(withinTime(new Promise(() => undefined), 20)).rejects.toThrow(
      'not settled after 0.02 seconds',
    )
  })
})
