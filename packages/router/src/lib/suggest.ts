/** How alike two texts are, 0 to 1: the mean of what they share in characters and in pairs of neighbours. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1
  const [first, second] = [a.toLowerCase(), b.toLowerCase()]
  return (shared(first, second, 1) + shared(` ${first} `, ` ${second} `, 2)) / 2
}

/** The share of the pieces of `length` characters that two texts have in common. */
function shared(a: string, b: string, length: number): number {
  const left = new Map<string, number>()
  const pieces = (text: string): number => Math.max(0, text.length - length + 1)
  for (let at = 0; at < pieces(a); at++) {
    const piece = a.slice(at, at + length)
    left.set(piece, (left.get(piece) ?? 0) + 1)
  }
  let common = 0
  for (let at = 0; at < pieces(b); at++) {
    const piece = b.slice(at, at + length)
    const count = left.get(piece) ?? 0
    if (count === 0) continue
    left.set(piece, count - 1)
    common++
  }
  const total = pieces(a) + pieces(b)
  return total === 0 ? 0 : (2 * common) / total
}

/** The name most like `name`, null when none is near. */
export function closestName(name: string, names: readonly string[]): string | null {
  let best: string | null = null
  let bestScore = 0.5
  for (const candidate of names) {
    const score = similarity(name, candidate)
    if (score > bestScore) [best, bestScore] = [candidate, score]
  }
  return best
}
