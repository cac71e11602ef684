/** Longer names are not compared. */
const MAX_LENGTH = 200

/**
 * The names of files that were probably meant, the likeliest first: those of the same file in another folder, then those
 * that differ in two letters, or in a sixth of them.
 */
export function nearNames(name: string, names: readonly string[]): string[] {
  if (name.length > MAX_LENGTH) return []
  const file = baseName(name)
  const most = Math.max(2, name.length / 6)
  return names
    .filter((other) => baseName(other) === file || Math.abs(other.length - name.length) <= most)
    .map((other) => ({ other, edits: baseName(other) === file ? 0 : editsBetween(name, other) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits)
    .map(({ other }) => other)
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** How many letters are to be changed, added, left out or swapped with their neighbour until one name is the other. */
function editsBetween(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(changed, swapped, row[j]! + 1, next[j - 1]! + 1))
    }
    before = row
    row = next
  }
  return row[b.length]!
}
