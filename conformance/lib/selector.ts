/** Names cases: one id, a range `a-1..a-9`, an area, or a pattern with `*` over ids and areas. */
export interface Selector {
  readonly text: string
  /** Whether it names cases one by one (an id or a range), and not whatever an area holds. */
  readonly isExact: boolean
  matches(id: string, area: string): boolean
}

/** Reads a selector. Throws for a range whose ends do not belong together. */
export function parseSelector(text: string): Selector {
  const ends = text.split('..')
  if (ends.length === 2) return rangeSelector(text, ends[0]!, ends[1]!)
  if (text.includes('*')) {
    const pattern = new RegExp(`^${text.split('*').map(escapePattern).join('.*')}$`, 's')
    return { text, isExact: false, matches: (id, area) => pattern.test(id) || pattern.test(area) }
  }
  const isArea = text.includes('/')
  return { text, isExact: !isArea, matches: (id, area) => id === text || area === text }
}

function rangeSelector(text: string, first: string, last: string): Selector {
  const [from, to] = [splitId(first), splitId(last)]
  if (from === null || to === null || from.prefix !== to.prefix || from.number > to.number) {
    throw new RangeError(
      `The range ${JSON.stringify(text)} must go from an id to a later one of the same kind, as utils-00010..utils-00019.`,
    )
  }
  return {
    text,
    isExact: true,
    matches: (id) => {
      const parts = splitId(id)
      return (
        parts !== null &&
        parts.prefix === from.prefix &&
        parts.number >= from.number &&
        parts.number <= to.number
      )
    },
  }
}

function splitId(id: string): { prefix: string; number: number } | null {
  const match = /^(.*\D)(\d{1,15})$/s.exec(id)
  return match === null ? null : { prefix: match[1]!, number: Number(match[2]) }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
