import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runtimePath } from '../scripts/runtimes.mjs'

export const root: string = fileURLToPath(new URL('..', import.meta.url))

/** A runtime that tests start. */
export interface Runtime {
  readonly name: string
  /** The executable. */
  readonly path: string
}

/** The Node that runs the tests. */
export const ownNode: Runtime = { name: `node ${process.versions.node}`, path: process.execPath }

/**
 * A runtime of `tools/runtimes`, or null if it is not installed: a line says so then.
 *
 * @param name the name of its package there: `node26`, `bun`.
 */
export function findRuntime(name: string): Runtime | null {
  const path = runtimePath(name)
  if (path !== null) return { name, path }
  console.log(`Skipped: ${name} is not installed (npm ci --prefix tools/runtimes --workspaces=false)`)
  return null
}

/** The environment of a user who has this runtime as `node`, and no settings of Phial. */
export function environmentFor(runtime: Runtime): NodeJS.ProcessEnv {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(?:npm_|PHIAL_|NODE_|VITEST|FORCE_COLOR)/i.test(key)),
  )
  return { ...env, NO_COLOR: '1', PATH: `${dirname(runtime.path)}${delimiter}${process.env['PATH']}` }
}

/** Runs a command to its end. Throws with all that it printed if it fails. */
export function runCommand(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')} ended with ${status ?? error}\n${stdout}\n${stderr}`)
}

/** A server that a command started. */
export interface StartedServer {
  readonly url: string
  /** What it printed up to now, both streams. */
  output(): string
  /** Stops it as Ctrl+C does. Resolves to its exit code. */
  stop(): Promise<number | null>
}

/** Starts a command that prints `Running on URL`, and waits for that. */
export async function startServer(
  command: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<StartedServer> {
  // A group of its own, so that the signal reaches what `npx` starts, as a terminal's Ctrl+C does.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const take = (part: string): void => {
      output += part
      const found = /Running on (http:\S+)/.exec(output)
      if (found !== null) resolve(found[1]!)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`It ended with ${code} instead of serving:\n${output}`)))
  })
  return { url, output: () => output, stop: () => stopGroup(child) }
}

function stopGroup(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  process.kill(-child.pid!, 'SIGINT')
  return ended
}
