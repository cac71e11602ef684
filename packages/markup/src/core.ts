/**
 * Markup and escaping alone, for small bundles: without the `html` template, and without the methods of Python's `str`
 * that `@phial/markup` gives the same class.
 *
 * @module
 */

export type { HasHtml } from './lib/escape.ts'
export { escapeToString, htmlOf, htmlSymbol } from './lib/escape.ts'
export { escapeValue as escape, isMarkup, Markup } from './lib/markup.ts'
export { removeTags } from './lib/remove-tags.ts'
export { replaceReferences } from './lib/replace-references.ts'
