/**
 * The `User-Agent` header. Applications that want more than its text parse it themselves, in a subclass.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.user_agent.UserAgent
 */
export class UserAgent {
  /** The whole header; empty if there is none. */
  readonly text: string
  /** The platform, as `linux`; null here. */
  readonly platform: string | null = null
  /** The browser, as `firefox`; null here. */
  readonly browser: string | null = null
  readonly version: string | null = null
  readonly language: string | null = null

  constructor(text: string | null) {
    this.text = text ?? ''
  }

  toString(): string {
    return this.text
  }

  toHeader(): string {
    return this.text
  }
}
