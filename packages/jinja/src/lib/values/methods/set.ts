import { toArray } from '../iterate.ts'
import { KeyError } from '../python-errors.ts'
import { repr } from '../python-text.ts'
import { setHas, setMember } from '../set-value.ts'
import type { MethodTable } from './method.ts'
import { method, specialMethod } from './method.ts'

type Members = Set<unknown>

/** Methods of `set`. */
export const setMethods: MethodTable = new Map([
  method('add', 'element', (self: Members, element) => {
    if (!setHas(self, element)) self.add(element)
    return null
  }),
  method('clear', '', (self: Members) => {
    self.clear()
    return null
  }),
  method('copy', '', (self: Members) => new Set(self)),
  method('discard', 'element', (self: Members, element) => {
    removeMember(self, element)
    return null
  }),
  method('remove', 'element', (self: Members, element) => {
    if (!removeMember(self, element)) throw new KeyError(repr(element))
    return null
  }),
  method('pop', '', (self: Members) => {
    for (const member of self) {
      self.delete(member)
      return member
    }
    throw new KeyError("'pop from an empty set'")
  }),
  specialMethod('union', '', { varargs: true }, (self: Members, others: unknown[]) => {
    const result = new Set(self)
    for (const other of others) addAll(result, other)
    return result
  }),
  specialMethod('update', '', { varargs: true }, (self: Members, others: unknown[]) => {
    for (const other of others) addAll(self, other)
    return null
  }),
  specialMethod('difference', '', { varargs: true }, (self: Members, others: unknown[]) => {
    const result = new Set(self)
    for (const other of others) for (const item of toArray(other)) removeMember(result, item)
    return result
  }),
  specialMethod('intersection', '', { varargs: true }, (self: Members, others: unknown[]) => {
    const sets = others.map(setOf)
    return new Set(Array.from(self).filter((member) => sets.every((set) => setHas(set, member))))
  }),
  specialMethod('difference_update', '', { varargs: true }, (self: Members, others: unknown[]) => {
    for (const other of others) for (const item of toArray(other)) removeMember(self, item)
    return null
  }),
  method('symmetric_difference', 'other', (self: Members, other) => {
    const right = setOf(other)
    const result = new Set(Array.from(self).filter((member) => !setHas(right, member)))
    for (const item of right) if (!setHas(self, item)) result.add(item)
    return result
  }),
  method('isdisjoint', 'other', (self: Members, other) =>
    toArray(other).every((item) => !setHas(self, item)),
  ),
  method('issubset', 'other', (self: Members, other) => isSubset(self, setOf(other))),
  method('issuperset', 'other', (self: Members, other) => isSubset(setOf(other), self)),
])

function isSubset(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  for (const item of left) if (!setHas(right, item)) return false
  return true
}

function setOf(value: unknown): Members {
  if (value instanceof Set) return value
  const set = new Set<unknown>()
  addAll(set, value)
  return set
}

function addAll(set: Members, items: unknown): void {
  for (const item of toArray(items)) if (!setHas(set, item)) set.add(item)
}

function removeMember(set: Members, item: unknown): boolean {
  if (item instanceof Set) return false
  const found = setMember(set, item)
  return found !== undefined && set.delete(found.member)
}
