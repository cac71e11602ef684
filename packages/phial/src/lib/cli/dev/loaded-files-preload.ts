import { isMainThread } from 'node:worker_threads'
import { collectLoadedFiles } from './loaded-files.ts'

// Loaded with `--import`, before a program that imports its application itself. Its threads and what it forks inherit the
// flags, and are none of our business.
if (isMainThread) {
  const index = process.execArgv.findIndex((flag) => flag.endsWith('/loaded-files-preload.js'))
  if (index > 0) process.execArgv.splice(index - 1, 2)
  collectLoadedFiles()
}
