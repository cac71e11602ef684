import type { BuiltIns } from './built-ins.ts'
import { filterGroups } from './filters/table.ts'
import { globalFunctions } from './globals.ts'
import { testGroups } from './is-tests/table.ts'
import type { SourceOptions } from './source-environment.ts'
import { SourceEnvironment } from './source-environment.ts'

const builtIns: BuiltIns = {
  filters: Object.values(filterGroups).flat(),
  tests: Object.values(testGroups).flat(),
  globals: globalFunctions,
  methods: {},
}

export class WebEnvironment<
  Globals extends object = Record<string, unknown>,
> extends SourceEnvironment<Globals> {
  constructor(options: SourceOptions<Globals> = {}) {
    super(options, builtIns)
  }
}
