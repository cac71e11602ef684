import { Markup, removeTags } from '@phial/markup/core'
import { unescapeReferences } from '../html-references.ts'
import { toArray } from '../iterate.ts'
import { escapeText } from '../text-value.ts'
import { tupleOf } from '../tuple.ts'
import type { Method, MethodTable } from './method.ts'
import { method } from './method.ts'
import { stringMethods } from './string.ts'

/** Methods of `str` whose text result is Markup again. */
const SAFE = [
  'capitalize',
  'casefold',
  'lower',
  'upper',
  'title',
  'swapcase',
  'zfill',
  'expandtabs',
  'strip',
  'lstrip',
  'rstrip',
  'removeprefix',
  'removesuffix',
  'translate',
] as const

/** Those that give several texts. */
const SAFE_PARTS = ['split', 'rsplit', 'splitlines', 'partition', 'rpartition'] as const

/** Those that put text in, with the place of that argument: it is escaped. */
const FILLING = [
  ['center', 1],
  ['ljust', 1],
  ['rjust', 1],
  ['replace', 1],
] as const

/** Methods of Markup that differ from those of `str`. */
export const markupMethods: MethodTable = new Map<string, Method>([
  ...SAFE.map((name) => safeMethod(name, (text) => new Markup(text))),
  ...SAFE_PARTS.map((name) =>
    safeMethod(name, (parts) => {
      const safe = (parts as string[]).map((part) => new Markup(part))
      return name.endsWith('partition') ? tupleOf(safe) : safe
    }),
  ),
  ...FILLING.map(([name, place]) => fillingMethod(name, place)),
  method('join', 'iterable', (self: Markup, iterable) => {
    const items = toArray(iterable)
    let html = ''
    for (let index = 0; index < items.length; index++) {
      html += (index === 0 ? '' : self.toString()) + escapeText(items[index])
    }
    return new Markup(html)
  }),
  method('unescape', '', (self: Markup) => unescapeReferences(self.toString())),
  method('striptags', '', (self: Markup) => unescapeReferences(removeTags(self.toString()))),
])

function safeMethod(name: string, wrap: (result: unknown) => unknown): readonly [string, Method] {
  const plain = stringMethods.get(name)!
  return [name, { ...plain, invoke: (self, ...args) => wrap(plain.invoke(self, ...args)) }]
}

function fillingMethod(name: string, place: number): readonly [string, Method] {
  const plain = stringMethods.get(name)!
  return [
    name,
    {
      ...plain,
      invoke: (self, ...args) => {
        if (args[place] !== undefined) args[place] = escapeText(args[place])
        return new Markup(plain.invoke(self, ...args))
      },
    },
  ]
}
