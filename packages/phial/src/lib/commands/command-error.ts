export interface CommandErrorOptions {
  /** The exit code, 1 to 255. Default 1; 2 says that the command was not used as it should be. */
  exitCode?: number
  /** What brought it about. */
  cause?: unknown
}

/**
 * Ends a command and tells its user why: `Error: ` and the message, without a stack.
 *
 * ```ts
 * throw new CommandError(`There is no user '${name}'.`)
 * ```
 */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly exitCode: number

  constructor(message: string, options: CommandErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.exitCode = options.exitCode ?? 1
  }
}

/** Ends a command at once, with an exit code and without a word. */
export class CommandExit extends Error {
  override readonly name: string = 'CommandExit'
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`The command ended with exit code ${exitCode}.`)
    this.exitCode = exitCode
  }
}

/** Ends the running command with this exit code. */
export function exit(exitCode = 0): never {
  throw new CommandExit(exitCode)
}
