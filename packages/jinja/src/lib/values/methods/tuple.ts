import { positionOf } from '../compare.ts'
import { ValueError } from '../python-errors.ts'
import { repr } from '../python-text.ts'
import type { IntRange } from '../range.ts'
import type { Tuple } from '../tuple.ts'
import { boundsArgument } from './arguments.ts'
import { countOf } from './list.ts'
import type { MethodTable } from './method.ts'
import { method, property } from './method.ts'

/** Methods of `tuple`. */
export const tupleMethods: MethodTable = new Map([
  method('count', 'value', (self: Tuple, value) => countOf(self, value)),
  method('index', 'value, start?, stop?', (self: Tuple, value, start, stop) => {
    const bounds = boundsArgument(start, stop, self.length)
    const at = positionOf(self, value, bounds.start)
    if (at < 0 || at >= bounds.stop) throw new ValueError('tuple.index(x): x not in tuple')
    return at
  }),
])

/** Methods of `range`. */
export const rangeMethods: MethodTable = new Map([
  property('start', (self: IntRange) => self.bounds().start),
  property('stop', (self: IntRange) => self.bounds().stop),
  property('step', (self: IntRange) => self.bounds().step),
  method('count', 'value', (self: IntRange, value) => countOf(self.toArray(), value)),
  method('index', 'value', (self: IntRange, value) => {
    const at = positionOf(self.toArray(), value)
    if (at < 0) throw new ValueError(`${repr(value)} is not in range`)
    return at
  }),
])
