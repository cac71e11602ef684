import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'

export interface FileWatchOptions {
  /** Called with each path that was written, added or removed. */
  onChange(path: string): void
  /** Called once, when the system gives no more events and files are looked at instead. */
  onFallback?(error: unknown): void
  /** `auto` asks the system for events; `stat` looks at the files. */
  type: 'auto' | 'stat'
  /** Milliseconds between two looks at the files. */
  interval: number
}

/** Watches files, and folders with all that is in them. */
export interface FileWatch {
  /** Says what is watched from now on; what is watched already stays so. */
  watch(files: Iterable<string>, folders: Iterable<string>): void
  /** Watches these files too. */
  add(files: Iterable<string>): void
  close(): void
}

/** Makes what watches files; the system's events or looks at them, or a way of one's own. */
export type CreateFileWatch = (options: FileWatchOptions) => FileWatch

interface WatchedFolder {
  readonly watcher: FSWatcher
  /** Tells a folder from one that was made anew in its place. */
  readonly inode: number
}

/** Folders that hold no templates. */
const SKIPPED = /^(?:\..*|node_modules)$/

/** Milliseconds after which a folder that has gone is looked for again. */
const LOST_INTERVAL = 200

/**
 * Files are watched by their folders: an editor that saves puts a new file in the place of the old one, which a watcher
 * of the file would lose. An event only says where to look; a change is what has another time, size or inode than before.
 */
export function createFileWatch(options: FileWatchOptions): FileWatch {
  let type = options.type
  let files = new Set<string>()
  let roots: string[] = []
  let stamps = new Map<string, string>()
  const folders = new Map<string, WatchedFolder>()
  const lost = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const check = (path: string): void => {
    const stamp = stampOf(path)
    if (stamp === (stamps.get(path) ?? '')) return
    stamps.set(path, stamp)
    options.onChange(path)
  }
  const isWatched = (path: string): boolean =>
    files.has(path) || roots.some((root) => path.startsWith(root + sep))
  const checkFolder = (folder: string): void => {
    for (const path of stamps.keys()) if (dirname(path) === folder) check(path)
  }
  const onEvent = (folder: string, event: string, name: string | null): void => {
    if (event === 'rename' && inodeOf(folder) !== folders.get(folder)?.inode) {
      forget(folder)
      addFolder(folder)
      checkFolder(folder)
      return
    }
    if (name === null) return checkFolder(folder)
    const path = join(folder, name)
    if (!isWatched(path)) return
    if (event === 'rename' && isFolder(path)) scan()
    else check(path)
  }
  const addFolder = (folder: string): void => {
    if (folders.has(folder) || type === 'stat') return
    try {
      const watcher = watch(folder, (event, name) => onEvent(folder, event, name))
      watcher.on('error', () => forget(folder))
      folders.set(folder, { watcher, inode: inodeOf(folder) ?? 0 })
      lost.delete(folder)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        lost.add(folder)
        // Looked for in turns: a file may be written long after its folder was.
        timer ??= setInterval(findLost, LOST_INTERVAL)
      } else fallBack(error)
    }
  }
  const forget = (folder: string): void => {
    folders.get(folder)?.watcher.close()
    folders.delete(folder)
  }
  const findLost = (): void => {
    for (const folder of lost) {
      addFolder(folder)
      if (!lost.has(folder)) checkFolder(folder)
    }
    if (lost.size > 0 || type === 'stat') return
    clearInterval(timer)
    timer = undefined
  }
  /** Looks at all there is: new folders are watched, and what has changed is reported. */
  const scan = (): void => {
    const { found, subfolders } = walk(roots)
    for (const folder of subfolders) addFolder(folder)
    for (const path of new Set([...stamps.keys(), ...found])) check(path)
  }
  const poll = (): void => {
    clearInterval(timer)
    timer = setInterval(scan, options.interval)
  }
  const fallBack = (error: unknown): void => {
    if (type === 'stat') return
    type = 'stat'
    for (const folder of [...folders.keys()]) forget(folder)
    lost.clear()
    poll()
    options.onFallback?.(error)
  }
  if (type === 'stat') poll()
  return {
    watch(newFiles, newFolders) {
      files = new Set(newFiles)
      roots = [...newFolders]
      const { found, subfolders } = walk(roots)
      const before = stamps
      stamps = new Map()
      for (const path of [...files, ...found]) stamps.set(path, before.get(path) ?? stampOf(path))
      const needed = new Set([...subfolders, ...Array.from(files, (path) => dirname(path))])
      for (const folder of [...folders.keys()]) if (!needed.has(folder)) forget(folder)
      for (const folder of lost) if (!needed.has(folder)) lost.delete(folder)
      for (const folder of needed) addFolder(folder)
    },
    add(newFiles) {
      for (const path of newFiles) {
        if (files.has(path)) continue
        files.add(path)
        if (!stamps.has(path)) stamps.set(path, stampOf(path))
        addFolder(dirname(path))
      }
    },
    close() {
      clearInterval(timer)
      for (const folder of [...folders.keys()]) forget(folder)
    },
  }
}

/** All files in folders, and these folders with the ones in them. Links are not followed. */
function walk(roots: readonly string[]): { found: string[]; subfolders: string[] } {
  const found: string[] = []
  const subfolders = [...roots]
  for (const folder of subfolders) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (SKIPPED.test(entry.name)) continue
        const path = join(folder, entry.name)
        if (entry.isDirectory()) subfolders.push(path)
        else found.push(path)
      }
    } catch {
      // It is not there, or not yet.
    }
  }
  return { found, subfolders }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stat === undefined || stat.isDirectory() ? '' : `${stat.mtimeNs} ${stat.size} ${stat.ino}`
}

function inodeOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.ino
}

function isFolder(path: string): boolean {
  return !SKIPPED.test(basename(path)) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
