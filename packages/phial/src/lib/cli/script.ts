import type { Phial } from '../app.ts'
import type { Command } from '../commands/command.ts'
import type { Script } from '../commands/script.ts'
import { NoAppError } from './cli-error.ts'
import type { CliIo } from './io.ts'
import { type AppOptions, loadApp } from './load-app.ts'
import { isPhial } from './served-app.ts'

/** The world of one call of the command. */
export function createScript(options: AppOptions, io: CliIo): Script {
  let loading: Promise<Phial> | null = null
  return {
    loadApp: () => (loading ??= loadPhial(options, io)),
    env: io.env,
    cwd: io.cwd,
  }
}

/** Loads an application of Phial. */
export async function loadPhial(options: AppOptions, io: CliIo): Promise<Phial> {
  const { app, name } = await loadApp(options, io)
  if (isPhial(app)) return app
  throw new NoAppError(
    `'${name}' is no application of Phial: it has 'fetch', but neither routes nor commands. ` +
      "'phial run' serves it; the other commands need a Phial.",
  )
}

/** Runs a command of the application or of a package, in a context of the application if it wants one. */
export async function runOwnCommand(
  command: Command,
  values: Record<string, unknown>,
  script: Script,
): Promise<void> {
  const handler = command.handler as (values: unknown, context: unknown) => unknown
  if (!command.withAppContext) {
    await handler(values, script)
    return
  }
  const context = (await script.loadApp()).appContext()
  await context.run(async () => handler(values, context))
}
