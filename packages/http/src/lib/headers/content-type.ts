// Types that are text though their names do not start with `text/` (Werkzeug's get_content_type).
const TEXT_TYPES: ReadonlySet<string> = new Set([
  'application/ecmascript',
  'application/javascript',
  'application/sql',
  'application/xml',
  'application/xml-dtd',
  'application/xml-external-parsed-entity',
])

/** The `Content-Type` for a mimetype: text and XML types get `; charset=utf-8`, JSON and all others nothing. */
export function contentTypeWithCharset(mimetype: string): string {
  if (mimetype === 'text/html') return 'text/html; charset=utf-8'
  return mimetype.startsWith('text/') || TEXT_TYPES.has(mimetype) || mimetype.endsWith('+xml')
    ? `${mimetype}; charset=utf-8`
    : mimetype
}
