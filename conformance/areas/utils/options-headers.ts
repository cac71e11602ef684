import {
  dumpDictHeader,
  dumpListHeader,
  dumpOptionsHeader,
  type HeaderSet,
  parseDictHeader,
  parseListHeader,
  parseOptionsHeader,
  parseSetHeader,
  quoteHeaderValue,
  unquoteHeaderValue,
} from '@phial/http/headers'
import { resultsOf } from '../../lib/operations.ts'

type Value = { value: string | null }
type Operation = [method: string, argument?: unknown]

function headerSet({ value, ops }: { value: string; ops: Operation[] }): unknown {
  const set = parseSetHeader(value)
  const results = resultsOf(ops, ([method, argument]) => operate(set, method, argument))
  const contains = Object.fromEntries(['a', 'A', 'foo', 'FOO'].map((item) => [item, set.has(item)]))
  return { results, items: [...set], header: set.toHeader(), contains }
}

function operate(set: HeaderSet, method: string, argument: unknown): unknown {
  const item = argument as string
  switch (method) {
    case 'add':
      set.add(item)
      return null
    case 'update':
      set.update(argument as string[])
      return null
    case 'discard':
      set.delete(item)
      return null
    case 'remove':
      if (!set.delete(item)) throw new RangeError(`${item} is not in the set.`)
      return null
    case 'find':
      return set.indexOf(item)
    case 'index':
      if (set.indexOf(item) < 0) throw new RangeError(`${item} is not in the set.`)
      return set.indexOf(item)
    case 'clear':
      set.clear()
      return null
    default:
      throw new Error(`No operation of header sets is called ${method} here.`)
  }
}

export const functions: Record<string, (args: never) => unknown> = {
  parse_options_header: ({ value }: Value) => parseOptionsHeader(value),
  dump_options_header: (args: { header: string | null; options: Record<string, string> }) =>
    dumpOptionsHeader(args.header, args.options),
  quote_header_value: (args: { value: string; allow_token?: boolean }) =>
    quoteHeaderValue(args.value, { allowToken: args.allow_token ?? true }),
  unquote_header_value: ({ value }: { value: string }) => unquoteHeaderValue(value),
  parse_list_header: ({ value }: { value: string }) => parseListHeader(value),
  parse_dict_header: ({ value }: { value: string }) => parseDictHeader(value),
  dump_header: ({ items }: { items: string[] | Record<string, string | number | null> }) =>
    Array.isArray(items) ? dumpListHeader(items) : dumpDictHeader(Object.entries(items)),
  parse_set_header: ({ value }: Value) => {
    const set = parseSetHeader(value)
    return { items: [...set], header: set.toHeader() }
  },
  header_set: headerSet,
}
