/**
 * HTML-safe strings: text that is HTML is a {@link Markup}, everything else is escaped when it meets one.
 *
 * ```ts
 * import { html } from '@phial/markup'
 *
 * const name = '<script>'
 * html`<p>Hello, ${name}!</p>`.toString() // <p>Hello, &lt;script&gt;!</p>
 * ```
 *
 * @module
 */

import './lib/text-methods.ts'

export type { HasHtml } from './lib/escape.ts'
export { escapeToString, htmlFormatSymbol, htmlOf, htmlSymbol } from './lib/escape.ts'
export { FormatError } from './lib/format/format-error.ts'
export type { AsyncHtmlValue, HtmlValue } from './lib/html-tag.ts'
export { html, htmlAsync } from './lib/html-tag.ts'
export { escapeSilent, escapeValue as escape, isMarkup, Markup, softStr } from './lib/markup.ts'
export { removeTags } from './lib/remove-tags.ts'
export { replaceReferences } from './lib/replace-references.ts'
export { stripTags } from './lib/strip-tags.ts'
export type { MarkupParts, TextMethods } from './lib/text-methods.ts'
export { unescapeHtml as unescape } from './lib/unescape.ts'
