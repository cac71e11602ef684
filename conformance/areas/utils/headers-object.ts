import { Headers, type HeadersInit } from '@phial/http'
import { resultsOf } from '../../lib/operations.ts'

type Operation = [method: string, args?: unknown[], keywords?: Record<string, string>]

/** What Werkzeug throws for a header that is not there. */
class BadRequestKeyError extends Error {
  override readonly name = 'BadRequestKeyError'
}

function headers(args: { init: [string, string | number][]; ops: Operation[] }): unknown {
  const list = new Headers(args.init)
  const results = resultsOf(args.ops, ([method, values = [], keywords]) =>
    operate(list, method, values, keywords),
  )
  return { results, headers: { $headers: list.toList() } }
}

function operate(
  list: Headers,
  method: string,
  values: unknown[],
  keywords?: Record<string, string>,
): unknown {
  const [name, value] = values as [string, string]
  switch (method) {
    case 'get':
      // Werkzeug's `get` gives the first value; Fetch's, and so ours, joins all.
      return list.getFirst(name) ?? value
    case '__getitem__':
      return required(list, name)
    case 'getlist':
    case 'get_all':
      return list.getAll(name)
    case '__contains__':
      return list.has(name)
    case '__len__':
      return list.size
    case 'set':
    case '__setitem__':
      return list.set(name, value, keywords)
    case 'add':
    case 'add_header':
      return list.add(name, value, keywords)
    case 'setlist':
      return list.setAll(name, values[1] as string[])
    case 'setlistdefault':
      if (!list.has(name)) list.setAll(name, values[1] as string[])
      return list.getAll(name)
    case 'remove':
    case '__delitem__':
      return list.delete(name)
    case 'clear':
      return list.clear()
    case 'pop':
      if (values.length === 1) required(list, name)
      return list.pop(name, value)
    case 'setdefault':
      return list.setDefault(name, value)
    case 'extend':
      return list.extend(values[0] as HeadersInit)
    case 'update':
      return list.update(values[0] as HeadersInit)
    case 'keys':
      return list.toList().map(([key]) => key)
    case 'values':
      return list.toList().map(([, item]) => item)
    case 'items':
    case 'to_wsgi_list':
      return list.toList().map((pair) => ({ $tuple: pair }))
    case 'popitem': {
      const pairs = list.toList()
      const last = pairs.pop()!
      list.clear()
      list.extend(pairs)
      return { $tuple: last }
    }
    default:
      throw new Error(`No operation of headers is called ${method} here.`)
  }
}

function required(list: Headers, name: string): string {
  const value = list.getFirst(name)
  if (value === null) throw new BadRequestKeyError(name)
  return value
}

export const functions: Record<string, (args: never) => unknown> = { headers }
