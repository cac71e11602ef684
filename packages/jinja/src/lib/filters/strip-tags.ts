import { removeTags } from '@phial/markup/core'
import { unescapeReferences } from '../values/html-references.ts'
import { ownText } from '../values/text-value.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** From HTML to text. By itself, as it brings along the names of characters. */
export const stripTagsFilters: readonly Row[] = [
  define('do_striptags(value)', (value: unknown) => unescapeReferences(removeTags(ownText(value)))),
]
