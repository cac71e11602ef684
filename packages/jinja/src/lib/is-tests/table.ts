import type { Row } from '../filters/define.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import { compareTests } from './compare.ts'
import { numberTests } from './number.ts'
import { textTests } from './text.ts'
import { valueTests } from './value.ts'

/** The tests by groups, each in a file of its own: precompiled templates come with those they use. */
export const testGroups: Readonly<Record<string, readonly Row[]>> = {
  compareTests,
  numberTests,
  textTests,
  valueTests,
}

/** The tests of Jinja, by their names in templates. */
export const builtInTests: ReadonlyMap<string, TemplateFunction> = new Map(Object.values(testGroups).flat())
