import type { Readable } from 'node:stream'
import type { ServedApp } from './served-app.ts'

/** What the command line may touch of the world around it. Tests give their own. */
export interface CliIo {
  /** What the command is called in its help. Default `phial`. */
  readonly name?: string
  /** Environment variables. The debug flag and what `.env` files say is written into it, for the application to read. */
  readonly env: Record<string, string | undefined>
  /** The folder in which applications are looked for. */
  readonly cwd: string
  /** Whether the texts may have colours. */
  readonly colors: boolean
  /** Whether `.env` and the like are read. Default true. */
  readonly envFiles?: boolean
  /** Whether the command is the whole process, so that `phial run` may start it again as a worker. Default false. */
  readonly isProcess?: boolean
  /** Where `phial shell` reads. Default: the standard input. */
  readonly input?: Readable
  /** Makes the application, for a command of one's own; there is no `--app` then. Default: it is looked for. */
  createApp?(): ServedApp | Promise<ServedApp>
  /** Called before the application's module is imported. Default: nothing. */
  prepareImport?(file: string): Promise<void>
  /** Writes to the standard output. */
  out(text: string): void
  /** Writes to the standard error. */
  err(text: string): void
  /** Calls `listener` once, when the user asks a running command to stop. */
  onStop(listener: () => void): void
}
