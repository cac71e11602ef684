import { splitLines } from '@phial/markup/text'
import { codePointLength } from '../values/code-points.ts'
import { compareOrder } from '../values/compare.ts'
import { dictOf } from '../values/dict.ts'
import type { Mapping } from '../values/mapping.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { repr } from '../values/python-text.ts'
import { Tuple, tupleOf } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Values for developers. */
export const prettyFilters: readonly Row[] = [define('do_pprint(value)', pretty)]

const WIDTH = 80

/** A value as Python's `pprint` shows it: in lines of at most 80 characters where it can be parted, keys in order. */
export function pretty(value: unknown): string {
  return format(inOrder(value, []), 0, 0, 0)
}

/** The value with the keys of all dicts, and the members of all sets, in order. */
function inOrder(value: unknown, open: unknown[]): unknown {
  if (typeof value !== 'object' || value === null || open.includes(value)) return value
  const isArray = Array.isArray(value)
  if (!isArray && !isMapping(value)) return value
  open.push(value)
  const copy = isArray
    ? (value instanceof Tuple ? tupleOf : Array.from<unknown>)(value.map((item) => inOrder(item, open)))
    : dictOf(
        mappingItems(value as Mapping)
          .sort((a, b) => safeOrder(a[0], b[0]))
          .flatMap(([key, item]) => [key, inOrder(item, open)]),
      )
  open.pop()
  return copy
}

/** What has no order is ordered by its type. */
function safeOrder(a: unknown, b: unknown): number {
  try {
    return compareOrder(a, b, '<') ? -1 : compareOrder(b, a, '<') ? 1 : 0
  } catch {
    return typeName(a) < typeName(b) ? -1 : 1
  }
}

/**
 * @param indent The column that the value starts in.
 * @param allowance How many characters stand behind it on its last line.
 */
function format(value: unknown, indent: number, allowance: number, level: number): string {
  const short = repr(value)
  if (codePointLength(short) <= WIDTH - indent - allowance) return short
  if (typeof value === 'string') return formatText(value, indent, allowance, level + 1)
  if (Array.isArray(value)) {
    const isTuple = value instanceof Tuple
    const end = isTuple ? (value.length === 1 ? ',)' : ')') : ']'
    return (isTuple ? '(' : '[') + formatItems(value, indent, allowance + end.length, level + 1) + end
  }
  if (value instanceof Set && value.size > 0) {
    const items = Array.from(value).sort(safeOrder)
    return `{${formatItems(items, indent, allowance + 1, level + 1)}}`
  }
  if (!isMapping(value)) return short
  const pairs = mappingItems(value).map(([key, item]) => [`${repr(key)}: `, item] as const)
  return `{${formatAll(pairs, indent, allowance + 1, level + 1)}}`
}

function formatItems(items: readonly unknown[], indent: number, allowance: number, level: number): string {
  return formatAll(
    items.map((item) => ['', item] as const),
    indent,
    allowance,
    level,
  )
}

function formatAll(
  items: readonly (readonly [label: string, item: unknown])[],
  indent: number,
  allowance: number,
  level: number,
): string {
  const inner = indent + 1
  const parts = items.map(([label, item], index) => {
    const behind = index === items.length - 1 ? allowance : 1
    return label + format(item, inner + codePointLength(label), behind, level)
  })
  return parts.join(`,\n${' '.repeat(inner)}`)
}

/** Long text as several literals below each other. */
function formatText(text: string, column: number, behind: number, level: number): string {
  const isOuter = level === 1
  const indent = column + (isOuter ? 1 : 0)
  const allowance = behind + (isOuter ? 1 : 0)
  const width = WIDTH - indent
  const chunks: string[] = []
  const lines = splitLines(text, true)
  lines.forEach((line, index) => {
    const isLast = index === lines.length - 1
    const whole = repr(line)
    if (codePointLength(whole) <= width - (isLast ? allowance : 0)) {
      chunks.push(whole)
      return
    }
    const words = line.match(/\S+\s*|\s+/g) ?? []
    let current = ''
    words.forEach((word, place) => {
      const limit = width - (isLast && place === words.length - 1 ? allowance : 0)
      const candidate = current + word
      if (codePointLength(repr(candidate)) <= limit) {
        current = candidate
      } else {
        if (current !== '') chunks.push(repr(current))
        current = word
      }
    })
    if (current !== '') chunks.push(repr(current))
  })
  if (chunks.length === 1) return repr(lines.at(-1))
  const joined = chunks.join(`\n${' '.repeat(indent)}`)
  return isOuter ? `(${joined})` : joined
}
