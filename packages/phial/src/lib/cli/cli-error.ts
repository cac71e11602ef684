export interface CliErrorOptions {
  /** The exit code. Default 2: the command was not used as it should be. */
  exitCode?: number
  /** More to show below the message: a stack, a code excerpt. Default none. */
  detail?: string
  /** What brought it about. */
  cause?: unknown
}

/** What a command tells its user instead of doing its work. The message says what to do about it. */
export class CliError extends Error {
  override readonly name: string = 'CliError'
  readonly exitCode: number
  readonly detail: string

  constructor(message: string, options: CliErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.exitCode = options.exitCode ?? 2
    this.detail = options.detail ?? ''
  }
}

/** No application was found, or it could not be loaded. */
export class NoAppError extends CliError {
  override readonly name = 'NoAppError'
}
