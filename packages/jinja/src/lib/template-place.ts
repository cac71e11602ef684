/** A place in a template. */
export interface TemplatePlace {
  /** The name that the template was loaded by; `null` for one made of a string. */
  readonly templateName: string | null
  /** The file it was loaded from. Default: unknown. */
  readonly filename?: string | null
  /** Counts from 1. */
  readonly lineno: number
  /** Counts UTF-16 code units from 1. Default: unknown. */
  readonly column?: number | null
  /** The whole source, for the excerpt. May be a getter: it is read only when the error is printed. Default: none. */
  readonly source?: string | null
  /** The part of the template: `block "title"`, `macro "field"`. Default: its top level. */
  readonly part?: string | null
}
