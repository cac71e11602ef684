import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Milliseconds without a change after which the changes are one: editors write a file in several steps. */
const QUIET = 40

/** Milliseconds between two looks at a repository that is being changed, and how long one waits for it. */
const GIT_INTERVAL = 50
const GIT_PATIENCE = 5_000

/** Collects changes that come close together. */
export interface ChangeBatch {
  add(path: string): void
  close(): void
}

/**
 * Calls `flush` with all paths that have changed, once they are quiet. While Git changes the files of the repository
 * around `folder` it is not called, so that a checkout of many files is one change.
 */
export function createChangeBatch(folder: string, flush: (paths: string[]) => void): ChangeBatch {
  const lock = gitLock(folder)
  const paths = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let patience = GIT_PATIENCE
  const settle = (): void => {
    if (lock !== null && patience > 0 && existsSync(lock)) {
      patience -= GIT_INTERVAL
      timer = setTimeout(settle, GIT_INTERVAL)
      return
    }
    patience = GIT_PATIENCE
    const changed = [...paths]
    paths.clear()
    flush(changed)
  }
  return {
    add(path) {
      paths.add(path)
      clearTimeout(timer)
      timer = setTimeout(settle, QUIET)
    },
    close: () => clearTimeout(timer),
  }
}

/** The file that Git keeps while it changes a working tree; null outside of one. */
function gitLock(folder: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return join(current, '.git', 'index.lock')
    if (current === dirname(current)) return null
  }
}
