/** Text that is put into a source, before the character at `at`. */
export interface Insertion {
  readonly at: number
  readonly text: string
}

/** Finds where a place of a source comes from, as maps of sources do it. Both count from 0. */
export type OriginFinder = (
  line: number,
  column: number,
) => { readonly source: string; readonly line: number; readonly column: number } | null

/** A map of sources, version 3. */
export interface SourceMapJson {
  readonly version: 3
  readonly sources: readonly string[]
  readonly sourcesContent: readonly (string | null)[]
  readonly names: readonly string[]
  readonly mappings: string
}

/** The source with its insertions, which are in the order of their places. */
export function insertAll(source: string, insertions: readonly Insertion[]): string {
  let out = ''
  let from = 0
  for (const { at, text } of insertions) {
    out += source.slice(from, at) + text
    from = at
  }
  return out + source.slice(from)
}

/**
 * The map from a source with insertions to what the source comes from: itself, or what `origin` says if it was compiled
 * already. Insertions hold no line ends, so only columns move.
 */
export function mapInsertions(
  source: string,
  insertions: readonly Insertion[],
  url: string,
  origin: OriginFinder | null = null,
  contents: ReadonlyMap<string, string> = new Map(),
): SourceMapJson {
  const sources: string[] = []
  const indexes = new Map<string, number>()
  let mappings = ''
  let next = 0
  let offset = 0
  // Each number is written as the difference to the one before: index of the source, its line, its column.
  const last = [0, 0, 0]
  source.split('\n').forEach((text, line) => {
    if (line > 0) mappings += ';'
    let shift = 0
    let lastColumn = 0
    let isFirst = true
    for (const { index } of text.matchAll(/[\p{ID_Continue}$]+|[^\s\p{ID_Continue}$]/gu)) {
      while (next < insertions.length && insertions[next]!.at <= offset + index)
        shift += insertions[next++]!.text.length
      const found = origin === null ? { source: url, line, column: index } : origin(line, index)
      if (found === null) continue
      let number = indexes.get(found.source)
      if (number === undefined) {
        number = sources.push(found.source) - 1
        indexes.set(found.source, number)
      }
      const place = [number, found.line, found.column]
      mappings += `${isFirst ? '' : ','}${vlq(index + shift - lastColumn)}`
      for (let i = 0; i < 3; i++) {
        mappings += vlq(place[i]! - last[i]!)
        last[i] = place[i]!
      }
      lastColumn = index + shift
      isFirst = false
    }
    offset += text.length + 1
    // What stands behind the last word of a line moves nothing that is left in it.
    while (next < insertions.length && insertions[next]!.at < offset) next++
  })
  return {
    version: 3,
    sources,
    sourcesContent: sources.map((name) => contents.get(name) ?? null),
    names: [],
    mappings,
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A number in the digits of source maps: five bits each, the least first, the sign in the lowest bit. */
function vlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += DIGITS[rest > 0 ? digit | 32 : digit]
  } while (rest > 0)
  return text
}

/** The offset of each line's first character. */
export function lineStarts(source: string): number[] {
  const starts = [0]
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Line and column of an offset, both from 1. */
export function lineAndColumn(starts: readonly number[], offset: number): [line: number, column: number] {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return [low + 1, offset - starts[low]! + 1]
}
