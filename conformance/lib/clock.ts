/** When the cases were recorded: 2024-01-01T00:00:00Z, in milliseconds. */
export const RECORDED_AT = 1_704_067_200_000

/** A clock that stands still until it is moved. */
export interface FrozenClock {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Moves the clock on. */
  advance(milliseconds: number): void
  /** Gives the real clock back. */
  restore(): void
}

let isFrozen = false

/**
 * Makes `Date.now()`, `new Date()` and `Date()` tell `now` until it is restored. Timers still run on the real clock.
 * One clock can be frozen at a time.
 *
 * @param now Milliseconds since 1970. Default {@link RECORDED_AT}.
 */
export function freezeClock(now: number = RECORDED_AT): FrozenClock {
  if (isFrozen) throw new Error('The clock is frozen already; restore it first.')
  isFrozen = true
  const RealDate = globalThis.Date
  const tellNow = (): number => now
  const frozen: DateConstructor = new Proxy(RealDate, {
    apply: () => new RealDate(now).toString(),
    construct: (_, parts: unknown[], made) =>
      Reflect.construct(RealDate, parts.length === 0 ? [now] : parts, made === frozen ? RealDate : made),
    get: (_, name) => (name === 'now' ? tellNow : Reflect.get(RealDate, name)),
  })
  globalThis.Date = frozen
  return {
    get now(): number {
      return now
    },
    advance(milliseconds: number): void {
      now += milliseconds
    },
    restore(): void {
      globalThis.Date = RealDate
      isFrozen = false
    },
  }
}

/** Runs `work` with the clock frozen, until what it returns has settled. */
export async function withFrozenClock<Result>(
  work: (clock: FrozenClock) => Result | Promise<Result>,
  now: number = RECORDED_AT,
): Promise<Result> {
  const clock = freezeClock(now)
  try {
    return await work(clock)
  } finally {
    clock.restore()
  }
}

/** Runs `call` while `Date.now()` tells `now`, whether or not the clock is frozen. */
export function atTime<Result>(now: number, call: () => Result): Result {
  const outer = globalThis.Date
  const tellNow = (): number => now
  globalThis.Date = new Proxy(outer, {
    get: (_, name) => (name === 'now' ? tellNow : Reflect.get(outer, name)),
  })
  try {
    return call()
  } finally {
    globalThis.Date = outer
  }
}
