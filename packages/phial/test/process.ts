import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach } from 'vitest'

// The command as users have it: the built one, in a process of its own.

/** The folder of the package. */
export const packageFolder: string = fileURLToPath(new URL('../', import.meta.url))
export const command: string = join(packageFolder, 'bin/phial.js')

const root = mkdtempSync(join(tmpdir(), 'phial-cli-'))
mkdirSync(join(root, 'node_modules'))
symlinkSync(packageFolder, join(root, 'node_modules/phial'), 'junction')

const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

let projects = 0

/** A folder with files in which `phial` is installed. */
export function project(files: Record<string, string>): string {
  const folder = join(root, `project${projects++}`)
  mkdirSync(folder)
  const all = { 'package.json': '{ "type": "module" }', ...files }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(?:PHIAL_|NODE_|VITEST|FORCE_COLOR)/.test(key),
  )
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...extra }
}

/** Calls the command and waits for its end. */
export function phial(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
  input = '',
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    env: environment(env),
    encoding: 'utf8',
    input,
  })
  return { code: status, out: stdout, err: stderr }
}

export interface Running {
  readonly child: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable }
  /** What it has written so far. */
  out: string
  err: string
  /** Its exit code, when it ends. */
  readonly ended: Promise<number | null>
  /** Resolves when it has written this to its standard output; rejects if it ends without. */
  until(text: string | RegExp): Promise<void>
}

/** Starts a program in a folder, the command if none is named. It is killed after the test. */
export function launch(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
  program: readonly string[] = [process.execPath, command],
): Running {
  const child = spawn(program[0]!, [...program.slice(1), ...args], { cwd: folder, env: environment(env) })
  children.push(child)
  const running: Running = {
    child,
    out: '',
    err: '',
    ended: new Promise((resolve) => child.once('close', resolve)),
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof text === 'string' ? running.out.includes(text) : text.test(running.out)) resolve()
        }
        look()
        child.stdout.on('data', look)
        child.once('exit', (code) =>
          reject(new Error(`It ended with ${code}:\n${running.out}${running.err}`)),
        )
      }),
  }
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    running.out += part
  })
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    running.err += part
  })
  return running
}

/** Starts `phial run` and waits until it serves. */
export async function start(
  folder: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Running & { readonly url: string }> {
  const running = launch(folder, ['run', '--port', '0', ...args], env)
  await running.until('CTRL+C')
  return Object.assign(running, { url: /Running on (\S+)/.exec(running.out)![1]! })
}
