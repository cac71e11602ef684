import type { Row } from '../filters/define.ts'
import { isLower, isUpper } from '../values/character-tests.ts'
import { toText } from '../values/python-text.ts'
import { test } from './define.ts'

/** Tests of letters. */
export const textTests: readonly Row[] = [
  test('lower', (value) => isLower(toText(value))),
  test('upper', (value) => isUpper(toText(value))),
]
