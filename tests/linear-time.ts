/** Milliseconds below which the garbage collector and other programs decide, not the code. */
const QUICK = 10

const FACTOR = 8

/**
 * How the time of `run(n)` grows with `n`, as an exponent: about 1 for linear code, 2 for quadratic. Sizes that lie a
 * factor of 8 apart are compared, so that a busy machine does not make one look like the other: expect less than 1.7.
 *
 * The larger size grows from 2^14 to 2^20 while the code is too quick to tell; what is still too quick then counts as
 * linear.
 */
export function growthOf(run: (n: number) => void): number {
  let best = Number.POSITIVE_INFINITY
  let n = 1 << 11
  run(256)
  for (let round = 0; round < 10 && best >= 1.4; ) {
    const large = fastest(() => run(FACTOR * n))
    if (large < QUICK) {
      if (FACTOR * n >= 1 << 20) return 1
      n *= 2
      continue
    }
    const small = fastest(() => run(n))
    best = Math.min(best, Math.log(large / Math.max(small, QUICK / 40)) / Math.log(FACTOR))
    round++
  }
  return best
}

function fastest(run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
