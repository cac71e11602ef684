import { Headers, type HeadersInit } from '@phial/http'

type Operation = [method: string, args?: unknown[], keywords?: Record<string, string>]

function headers(args: { init: [string, string | number][]; ops: Operation[] }): unknown {
  const list = new Headers(args.init)
  const results = args.ops.map(([method, values = [], keywords]) => operate(list, method, values, keywords))
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
    case 'getlist':
      return list.getAll(name)
    case 'set':
    case 'add':
      return list[method](name, value, keywords)
    case 'remove':
      return list.delete(name)
    case 'pop':
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
      const [last, text] = list.toList().at(-1)!
      list.delete(last)
      return { $tuple: [last, text] }
    }
    default:
      throw new Error(`No operation of headers is called ${method} here.`)
  }
}

export const functions: Record<string, (args: never) => unknown> = { headers }
