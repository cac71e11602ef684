/** Longer names, and more candidates, are not compared: the time stays small whatever a template holds. */
const MAX_LENGTH = 40
const MAX_CANDIDATES = 500

/** A hint that names the candidate nearest to a misspelt name, or `null` if none is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | null {
  const best = nearestName(name, candidates)
  return best === null ? null : `Did you mean '${best}'?`
}

function nearestName(name: string, candidates: Iterable<string>): string | null {
  if (name.length > MAX_LENGTH) return null
  const wanted = name.toLowerCase()
  let best: string | null = null
  let bestDistance = wanted.length < 3 ? 2 : Math.floor(wanted.length / 3) + 2
  let seen = 0
  for (const candidate of candidates) {
    if (++seen > MAX_CANDIDATES) break
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** How many letters must be added, dropped, replaced or swapped with their neighbour to make one of the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + (same ? 0 : 1),
      )
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) least = Math.min(least, (before[j - 2] as number) + 1)
      current.push(least)
    }
    before = previous
    previous = current
  }
  return previous[b.length] as number
}
