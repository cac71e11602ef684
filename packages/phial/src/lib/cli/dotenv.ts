import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { CliError } from './cli-error.ts'
import type { CliIo } from './io.ts'
import { isTrue } from './load-app.ts'

/** Looked for in the folder and its parents; the later one goes before the earlier one. */
const DEFAULT_FILES: readonly string[] = ['.phialenv', '.env']

/**
 * Sets environment variables by files: `.phialenv`, over it `.env`, over it the file that was named. Variables that are
 * set already stay as they are. With `PHIAL_SKIP_DOTENV` only the file that was named is read.
 *
 * A value may use variables that are set, or stand before it: `${NAME}`, or `${NAME:-default}`. Not in single quotes.
 *
 * @param envFile the file that was named, or undefined: that of `PHIAL_ENV_FILE`.
 * @throws CliError if that one cannot be read.
 */
export function loadEnvFiles(
  envFile: string | undefined,
  { env, cwd, envFiles = true }: Pick<CliIo, 'env' | 'cwd' | 'envFiles'>,
): void {
  const values: Record<string, string | undefined> = {}
  if (envFiles && !isTrue(env['PHIAL_SKIP_DOTENV'])) {
    for (const name of DEFAULT_FILES) {
      const text = findUpwards(name, cwd)
      if (text !== null) addFile(values, text, env)
    }
  }
  const named = envFile ?? (env['PHIAL_ENV_FILE'] || undefined)
  if (named !== undefined) addFile(values, readNamedFile(named, cwd), env)
  for (const [name, value] of Object.entries(values)) env[name] ??= value
}

/** Adds the variables of a file, with the variables in their values filled in. */
function addFile(values: Record<string, string | undefined>, text: string, env: CliIo['env']): void {
  for (const [name, value = ''] of Object.entries(parseFile(text))) {
    values[name] = isLiteral(name, text)
      ? value
      : value.replace(
          /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g,
          (_all, used: string, fallback = '') => (env[used] ?? values[used]) || fallback,
        )
  }
}

/** Whether the value of a variable stands in single quotes, in its last line that sets it. */
function isLiteral(name: string, text: string): boolean {
  let literal = false
  for (const [, set, quote] of text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*(')?/gm)) {
    if (set === name) literal = quote !== undefined
  }
  return literal
}

/**
 * The files that {@link loadEnvFiles} reads, and those that it would read if they were there: to be told when they change.
 *
 * @returns absolute paths.
 */
export function envFilePaths(
  envFile: string | undefined,
  { env, cwd, envFiles = true }: Pick<CliIo, 'env' | 'cwd' | 'envFiles'>,
): string[] {
  const named = envFile ?? (env['PHIAL_ENV_FILE'] || undefined)
  const paths = named === undefined ? [] : [resolve(cwd, named)]
  if (!envFiles || isTrue(env['PHIAL_SKIP_DOTENV'])) return paths
  return [
    ...paths,
    ...DEFAULT_FILES.flatMap((name) => [resolve(cwd, name), pathUpwards(name, cwd) ?? []].flat()),
  ]
}

/** Node 20.19 reads a last line that has no end twice if there is a second `=` in it; none takes a byte order mark. */
function parseFile(text: string): NodeJS.Dict<string> {
  return parseEnv(`${text.replace(/^\uFEFF/, '')}\n`)
}

/** The text of a file of this name in the folder, or in the nearest of its parents that has one. */
function findUpwards(name: string, folder: string): string | null {
  const path = pathUpwards(name, folder)
  return path === null ? null : readIfFile(path)
}

function pathUpwards(name: string, folder: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const path = join(current, name)
    if (readIfFile(path) !== null && (current === resolve(folder) || isTrusted(path))) return path
    if (current === dirname(current)) return null
  }
}

/** Whether a file above the project belongs to the user or the system: `/tmp/.env` may be anybody's. */
function isTrusted(path: string): boolean {
  const own = process.getuid?.()
  if (own === undefined) return true
  const { uid } = statSync(path)
  return uid === own || uid === 0
}

function readNamedFile(name: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, name), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code
    throw new CliError(
      `The file '${name}' of --env-file cannot be read: ${reason}. The path is relative to ${cwd}.`,
      { cause: error },
    )
  }
}

/** A folder `.env`, and a file that this user may not read, count as none. */
function readIfFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
