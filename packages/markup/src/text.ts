/**
 * The methods of Python's `str` as functions on JavaScript strings, for everything that must treat text as Python
 * does, such as a template language.
 *
 * @module
 */

export type { FormatValues } from './lib/format/brace-format.ts'
export { braceFormat } from './lib/format/brace-format.ts'
export { floatParts, toFixedExact } from './lib/format/exact-decimal.ts'
export { FormatError } from './lib/format/format-error.ts'
export type { FormatHooks } from './lib/format/format-hooks.ts'
export { formatValue } from './lib/format/format-spec.ts'
export { floatDigits } from './lib/format/number-form.ts'
export type { PercentHooks } from './lib/format/percent-format.ts'
export { percentFormat } from './lib/format/percent-format.ts'
export { capitalize, caseFold, swapCase, title } from './lib/text/case.ts'
export { center, expandTabs, ljust, rjust, textWidth, zfill } from './lib/text/pad.ts'
export { escapeCodePoint, quote, toAscii } from './lib/text/quote.ts'
export { replace, translate } from './lib/text/replace.ts'
export { partition, rpartition, rsplit, split, splitLines } from './lib/text/split.ts'
export { lstrip, removePrefix, removeSuffix, rstrip, strip } from './lib/text/strip.ts'
export { isLineBreak, isSpace, SPACES } from './lib/text/whitespace.ts'
