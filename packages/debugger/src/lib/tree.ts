/** A value as it is shown: one line, and what is in it. */
export interface Tree {
  readonly type: TreeType
  /** One line: `'text'`, `User { id: 1, name: 'Ann' }`. */
  readonly text: string
  /** How many children it has; more may exist than are given. */
  readonly size: number
  /** The children, or null where they have not been looked at. */
  readonly children: readonly TreeEntry[] | null
}

export interface TreeEntry {
  readonly key: string
  readonly value: Tree
}

export type TreeType =
  | 'string'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'nullish'
  | 'symbol'
  | 'function'
  | 'object'
  | 'secret'
  | 'missing'

/** What stands for a value that is not to be shown. */
export const SECRET: Tree = { type: 'secret', text: '••••••', size: 0, children: null }

/** What stands for a variable that cannot be read. */
export function missing(text: string): Tree {
  return { type: 'missing', text, size: 0, children: null }
}
