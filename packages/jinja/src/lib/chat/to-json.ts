import { SecurityError } from '../errors.ts'
import { dumpsJson } from '../filters/json.ts'
import type { JsonDumpsOptions } from '../policies.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import { readSignature, withSignature } from '../values/signature.ts'

/** Wider indents make no sense, and a sandbox must not let a template fill the memory with blanks. */
const MAX_INDENT = 1000

/**
 * The filter `tojson` of chat templates: Python's `json.dumps` with its arguments. Nothing is escaped for HTML, and
 * characters beyond ASCII stay as they are.
 */
export const toJsonForChat: TemplateFunction = withSignature(
  readSignature('tojson(x, ensure_ascii?, indent?, separators?, sort_keys?)'),
  (
    value: unknown,
    ensureAscii: unknown = false,
    indent: unknown = null,
    separators: unknown = null,
    sortKeys: unknown = false,
  ): string => {
    const width =
      typeof indent === 'number' ? Math.abs(indent) : typeof indent === 'string' ? indent.length : 0
    if (typeof indent === 'bigint' || width > MAX_INDENT) {
      throw new SecurityError(`tojson allows an indent of up to ${MAX_INDENT}, got ${String(indent)}`)
    }
    return dumpsJson(value, {
      ensure_ascii: Boolean(ensureAscii),
      indent: indent as NonNullable<JsonDumpsOptions['indent']> | null,
      separators: separators as NonNullable<JsonDumpsOptions['separators']> | null,
      sort_keys: Boolean(sortKeys),
    })
  },
)
