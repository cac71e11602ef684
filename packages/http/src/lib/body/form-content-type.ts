import { parseOptionsHeader } from '../headers/options-header.ts'

/** How the body of a form is written, read once from its content type. */
export type FormContentType =
  | { readonly kind: 'multipart'; readonly boundary: string }
  | { readonly kind: 'urlencoded' }
  /** No form. */
  | { readonly kind: 'other' }

const URLENCODED: FormContentType = Object.freeze({ kind: 'urlencoded' })
const OTHER: FormContentType = Object.freeze({ kind: 'other' })

/** Reads a `Content-Type` header. `boundary` is `''` where a multipart type has none. */
export function parseFormContentType(contentType: string | null): FormContentType {
  if (contentType === null) return OTHER
  if (contentType === 'application/x-www-form-urlencoded') return URLENCODED
  const [mimetype, parameters] = parseOptionsHeader(contentType)
  const essence = mimetype.toLowerCase()
  if (essence === 'application/x-www-form-urlencoded') return URLENCODED
  if (essence !== 'multipart/form-data') return OTHER
  return { kind: 'multipart', boundary: parameters.get('boundary') ?? '' }
}
