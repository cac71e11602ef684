/** What the command line may touch of the world around it. Tests give their own. */
export interface CliIo {
  /** Environment variables. The debug flag is written back for the application to read. */
  readonly env: Record<string, string | undefined>
  /** The folder in which applications are looked for. */
  readonly cwd: string
  /** Whether the texts may have colours. */
  readonly colors: boolean
  /** Called before the application's module is imported. Default: nothing. */
  prepareImport?(file: string): Promise<void>
  /** Writes to the standard output. */
  out(text: string): void
  /** Writes to the standard error. */
  err(text: string): void
  /** Calls `listener` once, when the user asks a running command to stop. */
  onStop(listener: () => void): void
}
