import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { escapeControls } from '../access-log.ts'
import { builtFile } from './built-file.ts'
import { HEARTBEAT, HELD, type HeldPlace } from './held-place.ts'

/** Milliseconds that the thread has to tell what it saw. */
const PATIENCE = 150

/** Milliseconds until the thread starts: an application that has just begun has better things to do. */
const QUIET = 1000

/** Calls that are named. */
const NAMED = 3

const ADVICE =
  'Await what takes long (`await readFile()` in place of `readFileSync()`), or compute in a worker thread.'

/** Looks after the event loop of an application that is being developed. */
export interface LoopWatch {
  /** Called when a request begins, named as `GET /path`. @returns to be called when it is answered. */
  began(request: string): () => void
  close(): void
}

/**
 * Says when the event loop is held so long that other requests wait: for which request, and by what. Each request and
 * each place is told once.
 *
 * @param root The folder of the application: what lies there is named first.
 */
export function watchLoop(root: string, write: (text: string) => void): LoopWatch {
  const beats = new SharedArrayBuffer(4)
  const counter = new Int32Array(beats)
  const active = new Set<string>()
  const told = new Set<string>()
  /** Those that were answered since the last beat, too: they may be what held it. */
  let recent = new Set<string>()
  let places: readonly HeldPlace[] = []
  let thread: Worker | null = null
  let last = performance.now()
  const threadAt = last + QUIET

  const tell = (held: number, requests: readonly string[]): void => {
    const own = places.filter(({ url }) => isOwn(url, root)).slice(0, NAMED)
    places = []
    const key = `${requests.join()} ${own[0]?.url}`
    if (told.has(key)) return
    told.add(key)
    const where = own.map((place) => described(place, root)).join(', called by ')
    write(
      `The event loop was held for ${Math.round(held)} ms while ${escapeControls(requests.join(', '))} was answered; nothing else was done in that time.\n` +
        `${where === '' ? '' : `  It was in ${where}.\n`}  ${ADVICE}\n`,
    )
  }

  const beat = setInterval(() => {
    Atomics.add(counter, 0, 1)
    const now = performance.now()
    const held = now - last - HEARTBEAT
    last = now
    const requests = [...recent].slice(0, NAMED)
    recent = new Set(active)
    if (now > threadAt) {
      thread ??= startThread(beats, (seen) => {
        places = seen
      })
    }
    // What holds it at other times, such as loading modules, keeps nobody waiting.
    if (held > HELD && requests.length > 0) setTimeout(tell, PATIENCE, held, requests).unref()
  }, HEARTBEAT).unref()

  return {
    began(request) {
      active.add(request)
      recent.add(request)
      return () => void active.delete(request)
    },
    close() {
      clearInterval(beat)
      void thread?.terminate()
    },
  }
}

function startThread(beats: SharedArrayBuffer, onPlaces: (places: HeldPlace[]) => void): Worker {
  const thread = new Worker(builtFile('loop-watch-thread.js'), {
    workerData: beats,
    execArgv: [],
    stderr: true,
  })
  thread.on('message', onPlaces)
  // Without the thread it is still told that the loop was held.
  thread.on('error', () => undefined)
  thread.unref()
  return thread
}

function isOwn(url: string, root: string): boolean {
  return (
    url.startsWith('file:') &&
    !url.includes('/node_modules/') &&
    !shown({ url, line: 0 }, root).startsWith('..')
  )
}

function described(place: HeldPlace, root: string): string {
  return place.name === '' ? shown(place, root) : `${place.name} (${shown(place, root)})`
}

function shown({ url, line }: Pick<HeldPlace, 'url' | 'line'>, root: string): string {
  return `${relative(root, fileURLToPath(url.replace(/\?.*$/, '')))}:${line}`
}
