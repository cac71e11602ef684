import type { Place } from './nodes.ts'

/** What went wrong in a template, with the place: Nunjucks' `TemplateError`. */
export class TemplateError extends Error {
  /** The name of the template, or `null` for one made of a string. */
  path: string | null = null
  /** The line, counting from 1; 0 while it is unknown. */
  lineno: number
  /** The column, counting UTF-16 code units from 1; 0 while it is unknown. */
  colno: number
  /** The message without the place. */
  readonly reason: string

  /** @param reason What is wrong, or the error that was thrown. Errors of other classes are the `cause`. */
  constructor(reason: unknown, lineno: number = 0, colno: number = 0) {
    const text = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)
    super(text, reason instanceof Error ? { cause: reason } : undefined)
    this.reason = text
    this.lineno = lineno
    this.colno = colno
  }

  /** Says which template it was, unless that is known. */
  locate(path: string | null): this {
    if (this.path !== null) return this
    this.path = path
    const name = path ?? 'unknown path'
    const spot = this.lineno > 0 ? ` [Line ${this.lineno}, Column ${this.colno}]` : ''
    this.message = `(${name})${spot}\n  ${this.reason}`
    this.path = name
    return this
  }
}

Object.defineProperty(TemplateError.prototype, 'name', {
  value: 'Template render error',
  configurable: true,
  writable: true,
})

/** An error with the place where it arose. The innermost place counts. */
export function errorAt(error: unknown, { lineno, colno }: Place, path: string | null): TemplateError {
  const located = error instanceof TemplateError ? error : new TemplateError(error, lineno + 1, colno + 1)
  return located.locate(path)
}
