import type { Row } from './filters/define.ts'
import { filterGroups } from './filters/table.ts'
import { globalFunctions } from './globals.ts'
import { testGroups } from './is-tests/table.ts'
import { lipsumFunctions } from './lipsum.ts'
import { allMethods } from './values/methods/all.ts'
import type { MethodTables } from './values/methods/table.ts'

/** Filters, tests, globals and methods that an environment starts with. */
export interface BuiltIns {
  readonly filters: readonly Row[]
  readonly tests: readonly Row[]
  readonly globals: readonly (readonly [name: string, value: unknown])[]
  readonly methods: MethodTables
}

/** Those of Jinja. */
export const allBuiltIns: BuiltIns = {
  filters: Object.values(filterGroups).flat(),
  tests: Object.values(testGroups).flat(),
  globals: [...globalFunctions, ...lipsumFunctions],
  methods: allMethods,
}
