import type { CliIo } from './io.ts'

/** Why a process cannot be replaced when files change, for people; null if it can. */
export function reloadHindrance({ isProcess, env }: Pick<CliIo, 'isProcess' | 'env'>): string | null {
  if (isProcess !== true) return 'the command is no process of its own.'
  if (env['NODE_ENV'] === 'production') return 'it is for development, and NODE_ENV is production.'
  if (process.versions['bun'] !== undefined || process.versions['deno'] !== undefined) {
    return 'this runtime cannot hand over connections between processes. It has a --watch of its own.'
  }
  if (
    process.execArgv.some((flag) => flag.startsWith('--inspect')) ||
    env['NODE_OPTIONS']?.includes('--inspect')
  ) {
    return 'the inspector can be at one process only (--inspect).'
  }
  if (process.argv[1] === undefined) return 'the program is no file that could be started again.'
  return null
}
