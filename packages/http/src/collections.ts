/**
 * Mappings with several values per key, and sets of header values.
 *
 * ```ts
 * const args = new MultiDict(new URLSearchParams('tag=a&tag=b&page=2'))
 * args.get('page', 1, Number) // 2
 * args.getList('tag') // ['a', 'b']
 * ```
 *
 * @module
 */
export { CallbackMap } from './lib/collections/callback-map.ts'
export { MissingKeyError } from './lib/collections/errors.ts'
export { HeaderSet } from './lib/collections/header-set.ts'
export type { MultiDictInit } from './lib/collections/multi-dict.ts'
export {
  CombinedMultiDict,
  ImmutableMultiDict,
  iterMultiItems,
  MultiDict,
} from './lib/collections/multi-dict.ts'
