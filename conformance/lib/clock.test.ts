import { afterEach, describe, expect, it } from 'vitest'
import { atTime, type FrozenClock, freezeClock, RECORDED_AT, withFrozenClock } from './clock.ts'

let clock: FrozenClock | null = null

afterEach(() => {
  clock?.restore()
  clock = null
})

describe('freezeClock', () => {
  it('stops every way to ask for the time', () => {
    clock = freezeClock()
    expect(Date.now()).toBe(RECORDED_AT)
    expect(new Date().toISOString()).toBe('2024-01-01T00:00:00.000Z')
    expect(Date()).toMatch(/202[34]/)
  })

  it('leaves dates of given times as they are', () => {
    clock = freezeClock()
    const date = new Date(5)
    expect(date).toBeInstanceOf(Date)
    expect(date.getTime()).toBe(5)
    expect(Date.UTC(1970, 0, 1)).toBe(0)
    expect(Date.parse('1970-01-01T00:00:01Z')).toBe(1000)
    expect(new Date(2024, 5).getMonth()).toBe(5)
  })

  it('moves when it is told to', () => {
    clock = freezeClock()
    clock.advance(1500)
    expect(Date.now()).toBe(RECORDED_AT + 1500)
    expect(clock.now).toBe(RECORDED_AT + 1500)
  })

  it('refuses to be frozen twice', () => {
    clock = freezeClock()
    expect(() => freezeClock()).toThrow(/frozen already/)
  })
})

describe('withFrozenClock', () => {
  it('gives the real clock back when the work has settled, also by an error', async () => {
    const before = Date.now()
    const times: number[] = []
    await withFrozenClock(async () => {
      await Promise.resolve()
      times.push(Date.now())
    })
    const failing = withFrozenClock(() => Promise.reject(new Error('no')), 0)
    await expect(failing).rejects.toThrow('no')
    expect(times).toEqual([RECORDED_AT])
    expect(Date.now()).toBeGreaterThanOrEqual(before)
  })
})

describe('atTime', () => {
  it('tells the given time, over a frozen clock too', () => {
    expect(atTime(5, () => Date.now())).toBe(5)
    clock = freezeClock()
    expect(atTime(5, () => [Date.now(), new Date(7).getTime()])).toEqual([5, 7])
    const fail = (): never => {
      throw new Error('no')
    }
    expect(() => atTime(5, fail)).toThrow('no')
    expect(Date.now()).toBe(RECORDED_AT)
  })
})
