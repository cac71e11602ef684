import { httpDate } from '../grammar/date.ts'
import { HttpException, type HttpExceptionOptions } from './http-exception.ts'

export interface RetryAfterOptions extends HttpExceptionOptions {
  /** When to try again: seconds from now, or a date. Sent as `Retry-After` (RFC 9110 §10.2.3). */
  retryAfter?: number | Date
}

/** Base of the errors that say when to come back. */
export class RetryableError extends HttpException {
  readonly retryAfter: number | Date | null

  constructor(description?: string | null, options: RetryAfterOptions = {}) {
    super(description, options)
    this.retryAfter = options.retryAfter ?? null
  }

  override getHeaders(): [name: string, value: string][] {
    const headers = super.getHeaders()
    const { retryAfter } = this
    if (retryAfter !== null) {
      headers.push([
        'Retry-After',
        typeof retryAfter === 'number' ? String(retryAfter) : httpDate(retryAfter),
      ])
    }
    return headers
  }
}
