import type { ContextView } from '../../runtime-interface.ts'
import { equals, positionOf } from '../compare.ts'
import { toArray, toList } from '../iterate.ts'
import { IndexError, ValueError } from '../python-errors.ts'
import { repr } from '../python-text.ts'
import { sorted } from '../sort.ts'
import { boundsArgument, flagArgument, indexArgument } from './arguments.ts'
import type { MethodTable } from './method.ts'
import { method, specialMethod } from './method.ts'

/** Methods of `list`. Those that change it give `None`, as in Python. */
export const listMethods: MethodTable = new Map([
  method('append', 'object', (self: unknown[], item) => {
    self.push(item)
    return null
  }),
  method('clear', '', (self: unknown[]) => {
    self.length = 0
    return null
  }),
  method('copy', '', (self: unknown[]) => Array.from(self)),
  method('count', 'value', (self: unknown[], value) => countOf(self, value)),
  method('extend', 'iterable', (self: unknown[], iterable) => {
    for (const item of toList(iterable)) self.push(item)
    return null
  }),
  method('index', 'value, start?, stop?', (self: unknown[], value, start, stop) =>
    indexOf(self, value, start, stop),
  ),
  method('insert', 'index, object', (self: unknown[], index, item) => {
    self.splice(indexArgument(index), 0, item)
    return null
  }),
  method('pop', 'index?', (self: unknown[], index) => pop(self, index)),
  method('remove', 'value', (self: unknown[], value) => {
    const at = positionOf(self, value)
    if (at < 0) throw new ValueError('list.remove(x): x not in list')
    self.splice(at, 1)
    return null
  }),
  method('reverse', '', (self: unknown[]) => {
    self.reverse()
    return null
  }),
  specialMethod(
    'sort',
    '',
    { pass: 'context', keywords: true },
    (self: unknown[], context: ContextView, kwargs: ReadonlyMap<string, unknown>) => {
      const key = kwargs.get('key') ?? null
      for (const name of kwargs.keys()) {
        if (name !== 'key' && name !== 'reverse') {
          throw new TypeError(`'${name}' is an invalid keyword argument for sort()`)
        }
      }
      const keys =
        key === null ? self : self.map((item) => context.environment.call(context, key, [item], null))
      const items = sorted(self, keys, flagArgument(kwargs.has('reverse') ? kwargs.get('reverse') : false))
      for (let index = 0; index < items.length; index++) self[index] = items[index]
      return null
    },
  ),
])

export function countOf(items: readonly unknown[], value: unknown): number {
  let count = 0
  for (const item of items) if (item === value || equals(item, value)) count += 1
  return count
}

export function indexOf(items: readonly unknown[], value: unknown, start: unknown, stop: unknown): number {
  const bounds = boundsArgument(start, stop, items.length)
  const at = positionOf(toArray(items), value, bounds.start)
  if (at < 0 || at >= bounds.stop) throw new ValueError(`${repr(value)} is not in list`)
  return at
}

function pop(items: unknown[], index: unknown): unknown {
  const position = index === undefined ? -1 : indexArgument(index)
  if (items.length === 0) throw new IndexError('pop from empty list')
  const at = position < 0 ? position + items.length : position
  if (at < 0 || at >= items.length) throw new IndexError('pop index out of range')
  return items.splice(at, 1)[0]
}
