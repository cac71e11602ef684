/** Longer names are not compared. */
const MAX_LENGTH = 200

/** The name that was probably meant: of the same file in another folder, or one that differs in up to two letters. */
export function nearName(name: string, names: readonly string[]): string | null {
  if (name.length > MAX_LENGTH) return null
  const file = baseName(name)
  const sameFile = names.find((other) => baseName(other) === file)
  if (sameFile !== undefined) return sameFile
  const near = names
    .filter((other) => Math.abs(other.length - name.length) <= 2)
    .map((other) => ({ other, edits: editsBetween(name, other) }))
    .sort((a, b) => a.edits - b.edits)[0]
  return near !== undefined && near.edits <= 2 ? near.other : null
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** How many letters are to be changed, added or left out (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
