import { TemplateError } from './errors.ts'
import { escapeHtml } from './safe-string.ts'

/** What filters and extensions use of Nunjucks' `lib`. */
export const lib: {
  readonly TemplateError: typeof TemplateError
  readonly escape: (text: string) => string
} = { TemplateError, escape: escapeHtml }
