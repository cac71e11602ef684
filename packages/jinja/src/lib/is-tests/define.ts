import type { Row } from '../filters/define.ts'
import { define } from '../filters/define.ts'

/** A test without arguments. */
export function test(name: string, fn: (value: unknown) => boolean): Row {
  return define(`test_${name}(value)`, fn)
}
