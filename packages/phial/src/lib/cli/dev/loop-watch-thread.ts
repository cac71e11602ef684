/*
 * A thread that looks whether the main thread still runs. If that is held, it samples what runs there, and tells its
 * places. It is a file of its own, which Node starts.
 */
import { type Profiler, Session } from 'node:inspector'
import { parentPort, workerData } from 'node:worker_threads'
import { HEARTBEAT, HELD, type HeldPlace } from './held-place.ts'

/** Milliseconds of sampling. */
const SAMPLED = 40

const beats = new Int32Array(workerData as SharedArrayBuffer)
let seen = -1
let since = performance.now()
let isTold = false

setInterval(() => {
  const now = Atomics.load(beats, 0)
  if (now !== seen) {
    seen = now
    since = performance.now()
    isTold = false
  } else if (!isTold && performance.now() - since > HELD) {
    isTold = true
    sample().catch(() => undefined)
  }
}, HEARTBEAT)

async function sample(): Promise<void> {
  const session = new Session()
  session.connectToMainThread()
  const post = (method: string, params?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error, answer) => (error === null ? resolve(answer) : reject(error)))
    })
  try {
    await post('Profiler.enable')
    await post('Profiler.setSamplingInterval', { interval: 1000 })
    // Where the main thread waits for the system, as in `readFileSync`, this takes until it is back.
    await post('Profiler.start')
    await new Promise((resolve) => setTimeout(resolve, SAMPLED))
    const { profile } = (await post('Profiler.stop')) as Profiler.StopReturnType
    parentPort?.postMessage(placesOf(profile))
  } finally {
    session.disconnect()
  }
}

/** The calls that ran for most of the samples, innermost first. */
function placesOf({ nodes }: Profiler.Profile): HeldPlace[] {
  const parents = new Map<number, Profiler.ProfileNode>()
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node)
  const isWork = ({ callFrame, hitCount }: Profiler.ProfileNode): boolean =>
    callFrame.url !== '' && (hitCount ?? 0) > 0
  const busiest = nodes.filter(isWork).sort((a, b) => (b.hitCount ?? 0) - (a.hitCount ?? 0))[0]
  const places: HeldPlace[] = []
  for (let node = busiest; node !== undefined; node = parents.get(node.id)) {
    const { functionName, url, lineNumber } = node.callFrame
    if (url === '') continue
    const ticks = [...(node.positionTicks ?? [])].sort((a, b) => b.ticks - a.ticks)
    places.push({ name: functionName, url, line: ticks[0]?.line ?? lineNumber + 1 })
  }
  return places
}
