/**
 * How many times longer `run(2n)` takes than `run(n)`, for n = 2^16; about 2 for linear code, 4 for quadratic.
 * The best of several tries, as a busy machine only ever makes a try slower.
 */
export function timeRatio(run: (n: number) => void): number {
  const n = 1 << 16
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 6 && best >= 2.5; round++) {
    const small = Math.max(
      fastest(() => run(n)),
      0.5,
    )
    best = Math.min(best, fastest(() => run(2 * n)) / small)
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
