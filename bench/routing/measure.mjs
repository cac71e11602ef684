/** One process of the benchmark: checks the answers, times all routers in interleaved rounds, prints JSON. */
import { deepStrictEqual } from 'node:assert'
import { routers } from './routers.mjs'
import { requests } from './routes.mjs'

const [rounds, milliseconds, only] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]]
const names = Object.keys(routers).filter((name) => !only || only.split(',').includes(name))
let sink = 0

checkAnswers()
warmUp()
const results = {}
for (const request of requests) results[request.name] = measure(request)
process.stdout.write(JSON.stringify({ results, sink: sink > -1 }))

/** A router that answers something else is not compared. */
function checkAnswers() {
  for (const name of names) {
    const { find, params } = routers[name]
    for (const { name: row, method, path, params: expected } of requests) {
      const found = params(find(method, path))
      deepStrictEqual(found && { ...found }, expected, `${name}: wrong answer for ${row}`)
    }
  }
}

/** A router of a server has met all kinds of paths, so none is compiled for those of the first row alone. */
function warmUp() {
  for (let round = 0; round < 20; round++) {
    for (const name of names) {
      for (const { method, path } of requests) batch(routers[name].find, method, fresh(path), 1000)
    }
  }
}

/** Each path is a fresh slice of a longer text, as a server cuts it from a URL: no hash is remembered. */
function fresh(path) {
  const urls = Array.from({ length: 64 }, (_, index) => `${path}?x=${index}`)
  return (index) => urls[index & 63].slice(0, path.length)
}

/** Nanoseconds per match, one figure per round and router. */
function measure({ method, path }) {
  const paths = fresh(path)
  const batches = new Map(names.map((name) => [name, calibrated(routers[name], method, paths)]))
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? names : [...names].reverse()
    for (const name of order) times[name].push(batch(routers[name].find, method, paths, batches.get(name)))
  }
  return times
}

function calibrated({ find }, method, paths) {
  batch(find, method, paths, 20_000)
  const nanoseconds = batch(find, method, paths, 20_000)
  return Math.max(1000, Math.round((milliseconds * 1e6) / nanoseconds))
}

function batch(find, method, paths, count) {
  const start = process.hrtime.bigint()
  for (let index = 0; index < count; index++) if (find(method, paths(index)) === sink) sink++
  return Number(process.hrtime.bigint() - start) / count
}
