import type { Phial } from '../app.ts'
import type { CliResult, CliRunnerOptions, InvokeOptions } from './cli-result.ts'

/** What `phial/cli` has for this. */
interface CliEntry {
  invoke(app: Phial, args: readonly string[], options: InvokeOptions): Promise<CliResult>
}

/**
 * Calls commands as the `phial` command would, in this process.
 *
 * ```ts
 * const runner = app.testCliRunner()
 * const { exitCode, stdout } = await runner.invoke(['greet', 'Ann'])
 * ```
 *
 * What a command writes with `console`, `process.stdout` and `process.stderr` is caught, and `process.exit()` ends only
 * the command. Files with environment variables are not read.
 */
export class CliRunner {
  readonly app: Phial
  readonly #env: Readonly<Record<string, string | undefined>>

  constructor(app: Phial, options: CliRunnerOptions = {}) {
    this.app = app
    this.#env = options.env ?? {}
  }

  /** @param args the arguments after `phial`: the command and what it takes. */
  async invoke(args: readonly string[] = [], options: InvokeOptions = {}): Promise<CliResult> {
    // Not named in the import itself: what bundles an application for another runtime must not find the command line.
    const entry = ['phial', 'cli'].join('/')
    const { invoke } = (await import(/* @vite-ignore */ entry)) as CliEntry
    return invoke(this.app, args, { ...options, env: { ...this.#env, ...options.env } })
  }
}
