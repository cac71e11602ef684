import { capitalize, SPACES } from '@phial/markup/text'
import { onText, softText } from '../values/text-value.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Filters that change letters to large and small ones. Markup stays Markup, but for `title`. */
export const caseFilters: readonly Row[] = [
  define('do_upper(s)', (value: unknown) =>
    typeof value === 'string' ? value.toUpperCase() : onText(value, (text) => text.toUpperCase()),
  ),
  define('do_lower(s)', (value: unknown) =>
    typeof value === 'string' ? value.toLowerCase() : onText(value, (text) => text.toLowerCase()),
  ),
  define('do_capitalize(s)', (value: unknown) => onText(value, capitalize)),
  define('do_title(s)', (value: unknown) => titleCase(softText(value).toString())),
]

/** Where words begin: behind white space, dashes and opening brackets. */
const WORD = new RegExp(`[^-({[<${SPACES}]+`, 'gu')

function titleCase(text: string): string {
  return text.replace(WORD, (word) => {
    const first = word.codePointAt(0)! > 0xffff ? word.slice(0, 2) : word[0]!
    return first.toUpperCase() + word.slice(first.length).toLowerCase()
  })
}
