import { escapeToString } from '@phial/markup'
import { Response } from '../response/response.ts'
import { statusName } from '../status.ts'

/** What every HTTP error takes. */
export interface HttpExceptionOptions {
  /** Sent instead of the default page. */
  response?: Response | globalThis.Response
  /** The error behind this one. */
  cause?: unknown
}

/**
 * An error that is an answer: it has a status, a text for people, and makes its own response. Raise it anywhere in a
 * view, or through `abort()`.
 *
 * Subclasses for single statuses are in `client-errors.ts` and `server-errors.ts`; own ones set `code` and
 * `description` (https://werkzeug.palletsprojects.com/en/stable/exceptions/).
 */
export class HttpException extends Error {
  /** The class's name; the status's name is {@link title}. */
  override readonly name: string = 'HttpException'
  /** The status, or null for a base class that stands for none. */
  readonly code: number | null = null
  /** Shown on the default page; plain text, escaped there. */
  description: string | null
  /** Sent instead of the default page, if set. */
  response: Response | globalThis.Response | null

  constructor(description?: string | null, options: HttpExceptionOptions = {}) {
    super(description ?? '', options.cause === undefined ? undefined : { cause: options.cause })
    this.description = description ?? null
    this.response = options.response ?? null
  }

  /** The name of the status: `Not Found`. */
  get title(): string {
    return this.code === null ? 'Unknown Error' : statusName(this.code)
  }

  /** The description as a paragraph of HTML, line ends as `<br>`. */
  getDescription(): string {
    return `<p>${escapeToString(this.description ?? '').replaceAll('\n', '<br>')}</p>`
  }

  /** The default page. */
  getBody(): string {
    const title = escapeToString(this.title)
    return `<!doctype html>\n<html lang=en>\n<title>${this.code ?? '???'} ${title}</title>\n<h1>${title}</h1>\n${this.getDescription()}\n`
  }

  /** The headers that go with {@link getBody}. */
  getHeaders(): [name: string, value: string][] {
    return [['Content-Type', 'text/html; charset=utf-8']]
  }

  /** The response: {@link response} if there is one, else the default page. */
  getResponse(): Response | globalThis.Response {
    if (this.response !== null) return this.response
    return new Response(this.getBody(), { status: this.code ?? 500, headers: this.getHeaders() })
  }

  override toString(): string {
    const status = this.code === null ? '???' : String(this.code)
    return `${status} ${this.title}: ${this.description ?? ''}`
  }
}
