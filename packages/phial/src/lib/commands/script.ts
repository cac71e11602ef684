import type { Phial } from '../app.ts'

/** What a command without an application context knows of the world. */
export interface Script {
  /** The application that `--app` names, or that lies in the folder. Loaded once, when it is first asked for. */
  loadApp(): Promise<Phial>
  /** The environment variables, with those of `.env` files. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder in which the command was called. */
  readonly cwd: string
}
