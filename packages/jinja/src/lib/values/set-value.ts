import { hashKey } from './hash-key.ts'

/** Whether a set of JavaScript has a member that equals a value in Python. */
export function setHas(set: ReadonlySet<unknown>, item: unknown): boolean {
  return setMember(set, item) !== undefined
}

/** The member that equals a value, boxed, since the member may be `undefined` itself. */
export function setMember(set: ReadonlySet<unknown>, item: unknown): { member: unknown } | undefined {
  const hash = hashKey(item)
  if (set.has(hash)) return { member: hash }
  if (set.has(item)) return { member: item }
  if (hash === 0 && set.has(false)) return { member: false }
  if (hash === 1 && set.has(true)) return { member: true }
  // Members that are their own key were found above.
  if (typeof hash !== 'number' && typeof hash !== 'string') return undefined
  for (const member of set) {
    if (typeof member === 'object' && member !== null && hashKey(member) === hash) return { member }
  }
  return undefined
}
