import { type ChildProcess, spawn } from 'node:child_process'
import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join, relative } from 'node:path'
import type { CliIo } from './io.ts'

/** Milliseconds without a change before the command runs: editors write a file in several steps. */
const QUIET = 100

/** Folders that hold no sources. */
const SKIPPED = /^(?:\..*|node_modules|dist|build|coverage)$/

/** What an application is made of, by the ends of names; and all that lies in a folder of this name. */
const SOURCE = /(?<!\.d)\.(?:ts|mts|js|mjs|json|toml|html?|xhtml|xml|svg|txt|j2|jinja2?)$/
const TEMPLATES = /(?:^|[\\/])templates(?:$|[\\/])/

/**
 * Runs the command of this process in processes of their own, without the flag that brought it here: at once, and
 * whenever a source file or a template below the folder has changed. Modules cannot be imported twice, so each run is a new process.
 */
export async function rerunOnChange(flag: string, io: CliIo): Promise<void> {
  const args = process.argv.slice(2).filter((argument) => argument !== flag && argument !== '-w')
  // Without its variable the flag would come back by itself.
  const { PHIAL_TYPES_WATCH: _watch, ...env } = io.env
  let running: ChildProcess[] = []
  let timer: NodeJS.Timeout | undefined
  const start = (): void => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
      cwd: io.cwd,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    running.push(child)
    child.once('exit', () => {
      running = running.filter((other) => other !== child)
    })
  }
  const startSoon = (): void => {
    clearTimeout(timer)
    // One after the other: the last one to write must be the last one to read.
    timer = setTimeout(() => (running.length === 0 ? start() : startSoon()), QUIET)
  }
  const stopWatching = watchSources(io.cwd, startSoon)
  start()
  await new Promise<void>((resolve) => io.onStop(resolve))
  clearTimeout(timer)
  stopWatching()
  for (const child of running) child.kill()
}

/**
 * Calls `changed` when a source or template below a folder was written, added or removed. Each folder has a watcher of its
 * own: a recursive one would go through `node_modules` too.
 */
function watchSources(root: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>()
  const isInTemplates = (folder: string): boolean => TEMPLATES.test(relative(root, folder))
  const add = (folder: string): void => {
    if (watchers.has(folder)) return
    let names: string[]
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null || SKIPPED.test(name)) return
        const isSource = SOURCE.test(name)
        if (isSource || isInTemplates(folder)) changed()
        // It may be a folder, with files that were there before it was watched.
        if (!isSource) addFolders(folder)
      })
      watcher.on('error', () => remove(folder))
      watchers.set(folder, watcher)
      names = subfolders(folder)
    } catch {
      // It has gone meanwhile.
      return
    }
    for (const name of names) add(join(folder, name))
  }
  const addFolders = (folder: string): void => {
    try {
      const added = subfolders(folder).filter((name) => !watchers.has(join(folder, name)))
      for (const name of added) add(join(folder, name))
      if (added.length > 0) changed()
    } catch {
      remove(folder)
    }
  }
  const remove = (folder: string): void => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  add(root)
  return () => {
    for (const folder of [...watchers.keys()]) remove(folder)
  }
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name))
    .map((entry) => entry.name)
}
