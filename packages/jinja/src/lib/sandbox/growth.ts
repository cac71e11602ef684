import { isMarkup } from '@phial/markup/core'
import { sizeOf } from './limits.ts'

/**
 * How long the results of filters, methods and functions can become that are much longer than what they are given.
 * The estimate comes before the call: what it would make need not fit into memory.
 */

export type Estimate = (
  subject: unknown,
  args: readonly unknown[],
  named: ReadonlyMap<string, unknown> | null,
) => number

function argument(
  args: readonly unknown[],
  named: ReadonlyMap<string, unknown> | null,
  index: number,
  name: string,
): unknown {
  return index < args.length ? args[index] : named?.get(name)
}

function intOf(value: unknown): number {
  if (typeof value === 'bigint') return Number.POSITIVE_INFINITY
  return typeof value === 'number' ? Math.abs(value) : 0
}

/** How long a value is as an int, or as the text that is put in for it. */
function widthOf(value: unknown): number {
  return typeof value === 'string' || isMarkup(value) ? sizeOf(value) : intOf(value)
}

const replacing: Estimate = (subject, args, named) => {
  const old = sizeOf(argument(args, named, 0, 'old'))
  const inserted = sizeOf(argument(args, named, 1, 'new'))
  const count = argument(args, named, 2, 'count')
  const places = old === 0 ? sizeOf(subject) + 1 : sizeOf(subject) / old
  const times = typeof count === 'number' && count >= 0 ? Math.min(places, count) : places
  return sizeOf(subject) + times * inserted
}

/** The longest text among the first values, times their number: what formatting can make of them at most. */
const formatting: Estimate = (subject, args, named) => {
  let longest = 0
  const look = (value: unknown, depth: number): void => {
    longest = Math.max(longest, sizeOf(value))
    if (depth === 0 || typeof value !== 'object' || value === null) return
    const items = Array.isArray(value) ? value : value instanceof Map ? value.values() : []
    for (const item of items) look(item, depth - 1)
  }
  for (const value of args) look(value, 2)
  for (const value of named?.values() ?? []) look(value, 2)
  let fields = 0
  const format = String(subject)
  for (let at = 0; at < format.length; at++) if (format[at] === '{' || format[at] === '%') fields += 1
  return format.length + fields * longest
}

const firstWidth =
  (name: string): Estimate =>
  (_, args, named) =>
    widthOf(argument(args, named, 0, name))

const filters: ReadonlyMap<string, Estimate> = new Map<string, Estimate>([
  ['batch', firstWidth('linecount')],
  ['center', firstWidth('width')],
  ['format', formatting],
  ['indent', (subject, args, named) => widthOf(argument(args, named, 0, 'width')) * (linesOf(subject) + 1)],
  ['join', (subject, args, named) => sizeOf(subject) * sizeOf(argument(args, named, 0, 'd'))],
  ['replace', replacing],
  ['round', firstWidth('precision')],
  ['slice', firstWidth('slices')],
  ['tojson', (_, args, named) => widthOf(argument(args, named, 0, 'indent')) * 100],
  [
    'wordwrap',
    (subject, args, named) =>
      (sizeOf(subject) / Math.max(1, wrapWidth(args, named))) *
      sizeOf(argument(args, named, 2, 'wrapstring')),
  ],
])

function wrapWidth(args: readonly unknown[], named: ReadonlyMap<string, unknown> | null): number {
  const width = argument(args, named, 0, 'width')
  return typeof width === 'number' ? width : 79
}

const methods: ReadonlyMap<string, Estimate> = new Map<string, Estimate>([
  ['center', firstWidth('width')],
  [
    'expandtabs',
    (subject, args, named) => {
      const size = argument(args, named, 0, 'tabsize')
      return String(subject).split('\t').length * (size === undefined ? 8 : intOf(size))
    },
  ],
  ['format', formatting],
  ['format_map', formatting],
  ['join', (subject, args) => sizeOf(subject) * Math.max(0, sizeOf(args[0]) - 1)],
  ['ljust', firstWidth('width')],
  ['replace', replacing],
  ['rjust', firstWidth('width')],
  [
    'translate',
    (subject, args) => {
      const table = args[0]
      let longest = 0
      for (const value of table instanceof Map ? table.values() : Object.values(table ?? {})) {
        longest = Math.max(longest, sizeOf(value))
      }
      return sizeOf(subject) * longest
    },
  ],
  ['zfill', firstWidth('width')],
])

const functions: ReadonlyMap<string, Estimate> = new Map<string, Estimate>([
  // Some six characters a word.
  [
    'lipsum',
    (_, args, named) => {
      const count = argument(args, named, 0, 'n')
      const longest = argument(args, named, 3, 'max')
      const shortest = argument(args, named, 2, 'min')
      return (count === undefined ? 5 : intOf(count)) * Math.max(intOf(longest), intOf(shortest), 100) * 6
    },
  ],
])

function linesOf(subject: unknown): number {
  const text = String(subject ?? '')
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/** What grows, and by how much: the tables of filters, of methods of text, and of global functions. */
export const growth: {
  readonly filters: ReadonlyMap<string, Estimate>
  readonly methods: ReadonlyMap<string, Estimate>
  readonly functions: ReadonlyMap<string, Estimate>
} = { filters, methods, functions }
