/** The name under which an object gives its HTML, next to Python's `__html__`. */
export const htmlSymbol: unique symbol = Symbol.for('html')

/** The name under which an object gives its HTML for a format specification, next to `__html_format__`. */
export const htmlFormatSymbol: unique symbol = Symbol.for('htmlFormat')

/**
 * An object that knows its HTML. What the method returns is trusted. Only a *method* counts: data that was read
 * from outside, such as `{"__html__": "<script>"}`, cannot have one and is escaped.
 */
export type HasHtml = { __html__(): unknown } | { [htmlSymbol](): unknown }

const special = /[&<>"']/
const specials = /[&<>"']/g

/** Below this length a loop is faster than `replace` with a function. */
const SHORT = 64

/**
 * Text with `&`, `<`, `>`, `"` and `'` replaced by `&amp;`, `&lt;`, `&gt;`, `&#34;` and `&#39;`, for element content
 * and quoted attribute values. The same bytes as MarkupSafe.
 */
export function escapeToString(text: string): string {
  return special.test(text) ? escapeSome(text) : text
}

function escapeSome(text: string): string {
  const { length } = text
  if (length >= SHORT) return text.replace(specials, entityOf)
  let out = ''
  let from = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    // All letters: most characters.
    if (code > 0x3e) continue
    let entity: string
    switch (code) {
      case 0x26:
        entity = '&amp;'
        break
      case 0x3c:
        entity = '&lt;'
        break
      case 0x3e:
        entity = '&gt;'
        break
      case 0x22:
        entity = '&#34;'
        break
      case 0x27:
        entity = '&#39;'
        break
      default:
        continue
    }
    out += from === at ? entity : text.slice(from, at) + entity
    from = at + 1
  }
  return from === length ? out : out + text.slice(from)
}

function entityOf(character: string): string {
  switch (character) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '"':
      return '&#34;'
    default:
      return '&#39;'
  }
}

/** The HTML that an object has for itself, or `undefined` if it has no such method. */
export function ownHtmlOf(value: unknown): string | undefined {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined
  const { __html__: named, [htmlSymbol]: symbolic } = value as Record<PropertyKey, unknown>
  if (typeof named === 'function') return String(named.call(value))
  if (typeof symbolic === 'function') return String(symbolic.call(value))
  return undefined
}

/** The HTML of any value: that of an object that {@link HasHtml}, else the value's text, escaped. */
export function htmlOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return escapeToString(value)
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'undefined':
      return String(value)
    default:
      return ownHtmlOf(value) ?? escapeToString(String(value))
  }
}
