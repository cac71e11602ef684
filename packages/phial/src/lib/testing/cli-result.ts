export interface CliRunnerOptions {
  /** Environment variables for the commands, besides those of the process. */
  env?: Readonly<Record<string, string | undefined>>
}

export interface InvokeOptions extends CliRunnerOptions {
  /** What the command reads from the standard input. Default: nothing. */
  input?: string
  /** Whether texts have colours. Default false. */
  colors?: boolean
}

/** How a command came out. */
export interface CliResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Both, in the order in which they were written. */
  readonly output: string
  /** What the command threw, other than to end itself; null if nothing. */
  readonly error: unknown
}
