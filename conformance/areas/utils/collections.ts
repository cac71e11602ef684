import { MissingKeyError, MultiDict, type MultiDictInit } from '@phial/http/collections'
import { resultsOf } from '../../lib/operations.ts'

type Operation = [
  method: string,
  args: unknown[],
  keywords?: { type?: string; multi?: boolean; flat?: boolean },
]

const CONVERSIONS: ReadonlyMap<string, (text: string) => unknown> = new Map([
  ['int', (text) => toNumber(/^\s*[+-]?\d+\s*$/, text)],
  ['float', (text) => toNumber(/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i, text)],
  ['str', String],
  ['bool', Boolean],
] as [string, (text: string) => unknown][])

function toNumber(form: RegExp, text: string): number {
  if (!form.test(text)) throw new TypeError(`${text} is no such number.`)
  return Number(text)
}

/** What a request's dictionaries throw for a missing key, and Werkzeug's everywhere. */
class BadRequestKeyError extends MissingKeyError {
  override readonly name: string = 'BadRequestKeyError'
}

class RequestDict extends MultiDict {
  protected override missing(key: string): Error {
    return new BadRequestKeyError(key)
  }
}

function multidict({ init, ops }: { init: [string, string][]; ops: Operation[] }): unknown {
  const dict = new RequestDict(init)
  const results = resultsOf(ops, (operation) => operate(dict, operation))
  return { results, items: [...dict.items({ multi: true })] }
}

function operate(dict: MultiDict, [method, args, keywords = {}]: Operation): unknown {
  const [key, value] = args as [string, string]
  const convert = CONVERSIONS.get(keywords.type ?? 'str')!
  switch (method) {
    case 'get':
      return dict.get(key, value ?? null, convert)
    case 'getlist':
      return dict.getList(key, convert)
    case '__getitem__':
      return dict.require(key)
    case '__setitem__':
      return dict.set(key, value)
    case '__delitem__':
      return void dict.pop(key)
    case '__contains__':
      return dict.has(key)
    case '__len__':
      return dict.size
    case 'add':
      return dict.add(key, value)
    case 'setlist':
      return dict.setList(key, args[1] as string[])
    case 'setdefault':
      return dict.setDefault(key, value)
    case 'setlistdefault':
      return dict.setListDefault(key, args[1] as string[])
    case 'update':
      return dict.update(args[0] as MultiDictInit)
    case 'pop':
      return args.length > 1 ? dict.pop(key, args[1]) : dict.pop(key)
    case 'poplist':
      return dict.popList(key)
    case 'popitem':
      return dict.popItem()
    case 'popitemlist':
      return dict.popItemList()
    case 'items':
      return [...dict.items({ multi: keywords.multi ?? false })]
    case 'keys':
      return [...dict.keys()]
    case 'values':
      return [...dict.values()]
    case 'lists':
      return [...dict.lists()]
    case 'clear':
      return dict.clear()
    case 'listvalues':
      return [...dict.listValues()]
    case 'to_dict':
      return keywords.flat === false ? dict.toDict({ flat: false }) : dict.toDict()
    default:
      throw new Error(`No operation of dictionaries is called ${method} here.`)
  }
}

export const functions: Record<string, (args: never) => unknown> = { multidict }
