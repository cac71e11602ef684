/**
 * Matching of about 200 routes: `node bench/run.mjs routing [--processes=3] [--rounds=120] [--ms=1]`.
 *
 * Every process times all routers in interleaved rounds. A router's figure in a process is the median over
 * the rounds of its time divided by ours in the same round; the table shows the median over the processes
 * with the smallest and the largest. Above 1.00 the other router is slower. Slices are short, so that other work on
 * the machine spoils few of them.
 *
 * The rows ask for what all of them do: choose by method and path, and hand out the parameters (an object; Hono's
 * routers give their places or texts, which its request reads later). What some do besides is in their times too:
 *
 * - `%20` in a parameter comes out as a space from Phial and find-my-way, which look for escapes in every path.
 *   memoirist and rou3 leave it; Hono decodes when a parameter is read.
 * - For a path that has other methods Phial gives them, for the status 405. The others say "nothing found".
 * - A path with two slashes that one would match is a redirect for Phial, and nothing for the others.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const option = (name, fallback) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback
const processes = Number(option('processes', 3))
const [rounds, milliseconds, only] = [option('rounds', 120), option('ms', 1), option('only', '')]
const measure = fileURLToPath(new URL('./measure.mjs', import.meta.url))

if (!existsSync(new URL('../../packages/router/dist/index.js', import.meta.url))) {
  console.error('packages/router is not built: run `npm run build` first.')
  process.exit(2)
}

const runs = []
for (let index = 0; index < processes; index++) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [measure, rounds, milliseconds, only], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) {
    console.error(stderr)
    process.exit(1)
  }
  runs.push(JSON.parse(stdout).results)
}

const rows = Object.keys(runs[0])
const names = Object.keys(runs[0][rows[0]])
console.log(
  `Node ${process.version}, ${processes} processes, ${rounds} rounds of ${milliseconds} ms; ns of phial, others ÷ phial\n`,
)
console.log(`| request | ${names[0]} ns | ${names.slice(1).join(' | ')} |`)
console.log(`|${' --- |'.repeat(names.length + 1)}`)
for (const row of rows) {
  const own = spread(runs.map((run) => Math.min(...run[row][names[0]])))
  const cells = names.slice(1).map((name) => {
    const ratios = runs.map((run) =>
      median(run[row][name].map((time, index) => time / run[row][names[0]][index])),
    )
    const { middle, low, high } = spread(ratios)
    return `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
  })
  console.log(
    `| ${row} | ${own.middle.toFixed(0)} (${own.low.toFixed(0)}–${own.high.toFixed(0)}) | ${cells.join(' | ')} |`,
  )
}

function spread(values) {
  return { middle: median(values), low: Math.min(...values), high: Math.max(...values) }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}
