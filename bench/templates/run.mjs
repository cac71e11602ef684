/**
 * Template engines side by side: `node bench/run.mjs templates [--rows=table,chat] [--processes=3] [--rounds=21] [--ms=12]`.
 *
 * Every process checks that all engines of a row give the same page, then times them in interleaved slices. A figure in
 * a process is the median over the rounds of an engine's processor time divided by that of the first column in the same
 * round; the table shows the median over the processes with the smallest and the largest. The first column is
 * JavaScript written by hand with the same escape, or, where nothing can be written by hand, Phial itself.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ROWS } from './rows.mjs'

const option = (name, fallback) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback
const processes = Number(option('processes', 3))
const [rounds, milliseconds] = [option('rounds', 21), option('ms', 12)]
const rows = option('rows', ROWS.join(',')).split(',')
for (const row of rows) {
  if (!ROWS.includes(row)) {
    console.error(`--rows: there is no row '${row}'. Rows: ${ROWS.join(', ')}`)
    process.exit(2)
  }
}
if (!existsSync(new URL('../../packages/jinja/dist/index.js', import.meta.url))) {
  console.error('packages/jinja is not built: run `npm run build` first.')
  process.exit(2)
}
const measure = fileURLToPath(new URL('./measure.mjs', import.meta.url))

console.log(
  `Node ${process.version}, ${processes} processes, ${rounds} rounds of ${milliseconds} ms of processor time each\n`,
)
for (const row of rows) {
  const runs = []
  for (let index = 0; index < processes; index++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [measure, row, rounds, milliseconds], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    if (status !== 0) {
      console.error(stderr)
      process.exit(1)
    }
    runs.push(JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)))
  }
  print(row, runs)
}

function print(row, runs) {
  const names = Object.keys(runs[0].times)
  const [base] = names
  const own = Math.min(...runs.flatMap((run) => run.times[base]))
  console.log(`## ${row}: ${runs[0].title}\n\n${base} takes ${format(own)} µs; ${runs[0].bytes} bytes\n`)
  console.log(`| engine | × ${base} | smallest–largest |\n| --- | --- | --- |`)
  for (const name of names) {
    const ratios = runs
      .map((run) => median(run.times[name].map((time, index) => time / run.times[base][index])))
      .sort((a, b) => a - b)
    console.log(`| ${name} | ${format(median(ratios))} | ${format(ratios[0])}–${format(ratios.at(-1))} |`)
  }
  for (const note of runs[0].notes) console.log(`\n${note}`)
  console.log()
}

function format(value) {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}
