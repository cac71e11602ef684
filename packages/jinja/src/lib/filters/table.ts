import type { TemplateFunction } from '../runtime-interface.ts'
import { aggregateFilters } from './aggregate.ts'
import { caseFilters } from './case.ts'
import type { Row } from './define.ts'
import { eachFilters } from './each.ts'
import { fileSizeFilters } from './file-size.ts'
import { formatFilters } from './format.ts'
import { htmlFilters } from './html.ts'
import { jsonFilters } from './json.ts'
import { layoutFilters } from './layout.ts'
import { numberFilters } from './number.ts'
import { orderFilters } from './order.ts'
import { prettyFilters } from './pretty.ts'
import { roundFilters } from './round.ts'
import { sequenceFilters } from './sequence.ts'
import { stripTagsFilters } from './strip-tags.ts'
import { textFilters } from './text.ts'
import { urlFilters } from './url.ts'
import { urlizeFilters } from './urlize.ts'
import { valueFilters } from './value.ts'

/** The filters by groups, each in a file of its own: precompiled templates come with those they use. */
export const filterGroups: Readonly<Record<string, readonly Row[]>> = {
  aggregateFilters,
  fileSizeFilters,
  roundFilters,
  caseFilters,
  eachFilters,
  formatFilters,
  htmlFilters,
  jsonFilters,
  layoutFilters,
  numberFilters,
  orderFilters,
  prettyFilters,
  sequenceFilters,
  stripTagsFilters,
  textFilters,
  urlFilters,
  urlizeFilters,
  valueFilters,
}

/** The filters of Jinja, by their names in templates. */
export const builtInFilters: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.values(filterGroups).flat(),
)
