import { FilterArgumentError } from '../errors.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { percentFormat } from '../values/percent-format.ts'
import { softText } from '../values/text-value.ts'
import { tupleOf } from '../values/tuple.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** `format|format(…)`, as Python's `%`. */
export const formatFilters: readonly Row[] = [
  define('do_format(value, *, **)', (value: unknown, args: readonly unknown[], kwargs: Kwargs) => {
    if (args.length > 0 && kwargs.size > 0) {
      throw new FilterArgumentError("can't handle positional and keyword arguments at the same time")
    }
    return percentFormat(softText(value), kwargs.size > 0 ? kwargs : tupleOf(args))
  }),
]
