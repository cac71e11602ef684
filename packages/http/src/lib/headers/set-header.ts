import { HeaderSet } from '../collections/header-set.ts'

/** As {@link HeaderSet.fromHeader}. */
export function parseSetHeader(
  header: string | null,
  onUpdate: ((set: HeaderSet) => void) | null = null,
): HeaderSet {
  return HeaderSet.fromHeader(header, onUpdate)
}
