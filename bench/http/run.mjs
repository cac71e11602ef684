/**
 * Measures HTTP frameworks side by side: `node bench/run.mjs http`.
 *
 * Every round starts a fresh process of each framework, warms it up, and measures in short slices in turn, so that a
 * noisy moment meets all of them and a lucky process counts once. The figure is requests per second of the server's
 * processor time, as a ratio to `node:http` written by hand in the same slice; throughput and latency stand beside it.
 */
import { fork } from 'node:child_process'
import { createServer } from 'node:net'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { ROWS } from './cases.mjs'
import { encodeRequest, fetchOnce, Load } from './client.mjs'

const PEERS = ['raw', 'serve', 'phial', 'fastify', 'hono', 'h3', 'express', 'koa']
// Measured where they are named.
const VARIANTS = ['phial-await']
const CONNECTIONS = 32

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: Object.keys(ROWS).join(',') },
    peers: { type: 'string', default: PEERS.join(',') },
    rounds: { type: 'string', default: '3' },
    slices: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '0.5' },
    quick: { type: 'boolean', default: false },
    node: { type: 'string', default: process.execPath },
    help: { type: 'boolean', default: false },
  },
})

if (options.help) {
  console.log(`node bench/run.mjs http [options]
  --rows ${Object.keys(ROWS).join(',')}
  --peers ${PEERS.join(',')}; also ${VARIANTS.join(',')}
  --rounds N     processes of each framework, default 3
  --slices N     measurements of each process, default 8
  --seconds N    length of one, default 0.5
  --node PATH    the Node to run the servers with
  --quick        2 rounds of 3 slices of 0.25 s: whether it works, not how fast`)
  process.exit(0)
}

const rows = pick('rows', options.rows, Object.keys(ROWS))
const peers = pick('peers', options.peers, [...PEERS, ...VARIANTS])
if (!peers.includes('raw')) peers.unshift('raw')
const rounds = options.quick ? 2 : whole('rounds', options.rounds)
const slices = options.quick ? 3 : whole('slices', options.slices)
const seconds = options.quick ? 0.25 : Number(options.seconds)

function pick(name, text, known) {
  const picked = text.split(',')
  for (const one of picked) {
    if (!known.includes(one))
      throw new Error(`--${name}: ${JSON.stringify(one)} is none of ${known.join(', ')}.`)
  }
  return picked
}

function whole(name, text) {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} takes a whole number from 1 up, got ${text}.`)
  return number
}

/** A server in a process of its own, with a row's connections open. */
class Candidate {
  static async start(peer, row) {
    const candidate = new Candidate()
    const port = await freePort()
    const child = fork(new URL(`./servers/${peer}.mjs`, import.meta.url), {
      execPath: options.node,
      execArgv: ['--import', new URL('./control.mjs', import.meta.url).href],
      env: {
        ...process.env,
        PORT: String(port),
        NODE_ENV: 'production',
        ...(row.table ? { TABLE: '1' } : {}),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    candidate.child = child
    let exited = false
    child.once('exit', (_code, signal) => {
      exited = true
      if (candidate.load !== undefined && signal !== 'SIGKILL')
        throw new Error(`The server ${peer} ended under load.`)
    })
    for (let tries = 0; ; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      if (exited || tries > 200) throw new Error(`The server ${peer} did not start.`)
      const found = await fetchOnce(port, encodeRequest(row.requests[0])).catch(() => null)
      if (found !== null) break
    }
    for (const request of row.requests) {
      const { status, body } = await fetchOnce(port, encodeRequest(request))
      const right =
        request.json === undefined
          ? body === request.expected
          : isDeepStrictEqual(JSON.parse(body), request.json)
      if (status !== 200 || !right) throw new Error(`${peer} answers ${request.path} with ${status} ${body}`)
    }
    candidate.load = await Load.open(port, row.requests.map(encodeRequest), CONNECTIONS)
    return candidate
  }

  async usage() {
    return new Promise((resolve) => {
      this.child.once('message', resolve)
      this.child.send('usage')
    })
  }

  /** One slice: requests per second of processor time and of the clock, and the 99th percentile in milliseconds. */
  async measure() {
    await this.load.reconnect()
    const before = await this.usage()
    const { latencies, seconds: elapsed } = await this.load.run(seconds, 1e6)
    const after = await this.usage()
    const count = latencies.length
    return {
      perCpu: count / ((after.cpu - before.cpu) / 1e6),
      perSecond: count / elapsed,
      p99: quantile(latencies, 0.99),
    }
  }

  stop() {
    this.load?.close()
    this.child.kill('SIGKILL')
  }
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

async function measureRow(row) {
  const results = new Map(peers.map((peer) => [peer, []]))
  for (let round = 0; round < rounds; round++) {
    const candidates = new Map()
    try {
      for (const peer of peers) candidates.set(peer, await Candidate.start(peer, row))
      for (const candidate of candidates.values()) await candidate.load.run(options.quick ? 0.5 : 1.5, 20_000)
      for (let slice = 0; slice < slices; slice++) {
        const order = (round + slice) % 2 === 0 ? peers : [...peers].reverse()
        const measured = new Map()
        for (const peer of order) measured.set(peer, await candidates.get(peer).measure())
        const raw = measured.get('raw')
        for (const peer of peers) {
          const one = measured.get(peer)
          results
            .get(peer)
            .push({ ...one, ratio: one.perCpu / raw.perCpu, wall: one.perSecond / raw.perSecond })
        }
      }
    } finally {
      for (const candidate of candidates.values()) candidate.stop()
    }
  }
  return results
}

function table(results) {
  const lines = [
    '| | requests per CPU-second | ÷ raw (p25–p75) | | per second ÷ raw | p99 ms |',
    '|---|---:|---:|---|---:|---:|',
  ]
  const ratioOf = (peer) => results.get(peer).map((one) => one.ratio)
  const others = peers.filter((peer) => peer !== 'raw')
  const best = Math.max(...others.map((peer) => quantile(ratioOf(peer), 0.5)))
  const ranked = ['raw', ...others.sort((a, b) => quantile(ratioOf(b), 0.5) - quantile(ratioOf(a), 0.5))]
  for (const peer of ranked) {
    const measured = results.get(peer)
    const ratios = ratioOf(peer)
    const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(ratios, part))
    // What reaches into the best one's half of the values is level with it.
    const note = peer === 'raw' ? 'floor' : middle === best ? 'first' : high >= best ? 'level' : ''
    const median = (name) =>
      quantile(
        measured.map((one) => one[name]),
        0.5,
      )
    lines.push(
      `| ${peer} | ${Math.round(median('perCpu')).toLocaleString('en')} | ${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)}) | ${note} | ${median('wall').toFixed(2)} | ${median('p99').toFixed(1)} |`,
    )
  }
  return lines.join('\n')
}

console.log(
  `Node ${options.node === process.execPath ? process.version : options.node}, ${CONNECTIONS} connections, ` +
    `${rounds} processes × ${slices} slices of ${seconds} s per framework.\n`,
)
for (const name of rows) {
  const results = await measureRow(ROWS[name])
  console.log(`### ${ROWS[name].title}\n\n${table(results)}\n`)
}
process.exit(0)
