/** Milliseconds below which the garbage collector and other programs decide, not the code. */
const QUICK = 5

/**
 * How many times longer `run(2n)` takes than `run(n)`, for n from 2^16, up to 2^19 while the code is too quick to tell;
 * about 2 for linear code, 4 for quadratic, below 2 for code that is too quick at last. The best of several tries, as
 * a busy machine only ever makes a try slower.
 */
export function timeRatio(run: (n: number) => void): number {
  let n = 1 << 16
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 6 && best >= 2.5; ) {
    const double = fastest(() => run(2 * n))
    if (double < QUICK && n < 1 << 19) {
      n *= 2
      continue
    }
    const single = fastest(() => run(n))
    best = Math.min(best, double / Math.max(single, QUICK / 2))
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
