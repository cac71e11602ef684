import type { HasHtml } from './escape.ts'
import { htmlOf } from './escape.ts'
import { Markup } from './markup.ts'

/** What may stand in an {@link html} template. `null`, `undefined` and `false` print nothing, arrays all items. */
export type HtmlValue = string | number | bigint | boolean | null | undefined | HasHtml | readonly HtmlValue[]

/**
 * HTML from a template: the text as it is, the values escaped. Markup stays as it is, so templates nest.
 *
 * ```ts
 * const items = ['<a>', 'b'].map((name) => html`<li>${name}</li>`)
 * html`<ul>${items}</ul>` // <ul><li>&lt;a&gt;</li><li>b</li></ul>
 * ```
 *
 * Put quotes around attribute values: without them a blank in the value starts a new attribute. Values are not made
 * safe for the inside of `<script>` and `<style>`, nor a URL with the scheme `javascript:` for `href`.
 *
 * @throws {TypeError} if a value is a promise (see {@link htmlAsync}).
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup {
  let out = strings[0]!
  for (let i = 0; i < values.length; i++) out += partOf(values[i]) + strings[i + 1]!
  return new Markup(out)
}

/** A value of an {@link htmlAsync} template, or a promise of one. */
export type AsyncHtmlValue =
  | HtmlValue
  | PromiseLike<HtmlValue>
  | readonly (HtmlValue | PromiseLike<HtmlValue>)[]

/** Like {@link html}, but waits for values that are promises, and for promises in arrays. */
export async function htmlAsync(
  strings: TemplateStringsArray,
  ...values: readonly AsyncHtmlValue[]
): Promise<Markup> {
  const settled = await Promise.all(
    values.map((value) => (Array.isArray(value) ? Promise.all(value) : value)),
  )
  return html(strings, ...(settled as HtmlValue[]))
}

function partOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return ''
  if (Array.isArray(value)) {
    let out = ''
    for (const item of value) out += partOf(item)
    return out
  }
  if (typeof value === 'object' && 'then' in value && typeof value.then === 'function') {
    throw new TypeError('A value in the html template is a promise. Await it first, or use htmlAsync.')
  }
  return htmlOf(value)
}
