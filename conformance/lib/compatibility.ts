import { readFile } from 'node:fs/promises'
import { parseSelector, type Selector } from './selector.ts'

/** A line of the table of intended differences. */
export interface IntendedDifference {
  readonly selectors: readonly Selector[]
  readonly what: string
  readonly why: string
  /** How to get the recorded behaviour. */
  readonly back: string
  /** Its line in the file, from 1. */
  readonly line: number
}

/** The largest part of a group's cases that may differ on purpose. */
export const INTENDED_SHARE = 0.01

/** The intended differences of the file at `path`; none if it is not there. */
export async function readCompatibility(path: string): Promise<IntendedDifference[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return parseCompatibility(text)
}

/**
 * The lines of the tables whose first column is `Cases`. The column holds ids, ranges, areas and patterns
 * ({@link parseSelector}), separated by commas.
 */
export function parseCompatibility(text: string): IntendedDifference[] {
  const found: IntendedDifference[] = []
  let isInside = false
  for (const [index, raw] of text.split('\n').entries()) {
    const cells = cellsOf(raw)
    if (cells === null) {
      isInside = false
      continue
    }
    if (cells[0]?.toLowerCase() === 'cases') {
      isInside = true
      continue
    }
    if (!isInside || cells.every((cell) => /^:?-+:?$/.test(cell))) continue
    found.push(differenceOfCells(cells, index + 1))
  }
  return found
}

function differenceOfCells(cells: readonly string[], line: number): IntendedDifference {
  const [cases = '', what = '', why = '', back = ''] = cells
  if (cells.length !== 4 || [cases, what, why, back].includes('')) {
    throw new SyntaxError(
      `COMPATIBILITY.md:${line}: expected four filled columns (cases, what differs, why, switch back), got ${cells.length}: ${cells.join(' | ')}`,
    )
  }
  try {
    const selectors = cases.split(',').map((part) => parseSelector(part.trim().replaceAll('`', '')))
    return { selectors, what, why, back, line }
  } catch (error) {
    throw new SyntaxError(`COMPATIBILITY.md:${line}: ${(error as Error).message}`, { cause: error })
  }
}

/** The cells of a line of a Markdown table, or null. `\|` is a bar within a cell. */
function cellsOf(raw: string): string[] | null {
  const line = raw.trim()
  if (line.length < 2 || !line.startsWith('|') || !line.endsWith('|')) return null
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
}
