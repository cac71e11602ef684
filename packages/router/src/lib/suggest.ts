/** How alike two texts are, 0 to 1: the share of their pairs of neighbouring characters that agree. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1
  const pairs = new Map<string, number>()
  const padded = ` ${a.toLowerCase()} `
  for (let at = 0; at + 1 < padded.length; at++) {
    const pair = padded.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  const other = ` ${b.toLowerCase()} `
  let common = 0
  for (let at = 0; at + 1 < other.length; at++) {
    const pair = other.slice(at, at + 2)
    const left = pairs.get(pair) ?? 0
    if (left > 0) {
      pairs.set(pair, left - 1)
      common++
    }
  }
  return (2 * common) / (a.length + b.length + 2)
}

/** The name most like `name`, null when none is near. */
export function closestName(name: string, names: readonly string[]): string | null {
  let best: string | null = null
  let bestScore = 0.4
  for (const candidate of names) {
    const score = similarity(name, candidate)
    if (score > bestScore) [best, bestScore] = [candidate, score]
  }
  return best
}
