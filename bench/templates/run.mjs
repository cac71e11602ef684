/**
 * Template engines side by side: `node bench/run.mjs templates [--rows=table,chat] [--processes=3] [--rounds=21] [--ms=12]`.
 *
 * Each engine has a process of its own. All have to give the same page; then they take turns, a slice each. A figure is
 * the median over the rounds of an engine's processor time divided by that of the first column in the same round. This
 * is done several times with new processes; the table shows the median with the smallest and the largest. The first
 * column is JavaScript written by hand with the same escape, or, where nothing can be written by hand, Phial itself.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ROWS } from './rows.mjs'

const option = (name, fallback) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback
const processes = Number(option('processes', 3))
const [rounds, milliseconds] = [option('rounds', 21), option('ms', 12)].map(Number)
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
  `Node ${process.version}, ${processes} times, ${rounds} rounds of ${milliseconds} ms of processor time each\n`,
)
for (const row of rows) {
  const { title, engines, normalize = collapse, checked = true } = await import(`./rows/${row}.mjs`)
  const runs = []
  for (let index = 0; index < processes; index++) {
    runs.push(await measureOnce(row, Object.keys(engines), checked ? normalize : null))
  }
  print(row, title, runs)
}

/**
 * One time for each engine and round, in microseconds, and what engines that cannot take part say.
 *
 * @returns {Promise<{ times: Record<string, number[]>, notes: string[], bytes: number }>}
 */
async function measureOnce(row, names, normalize) {
  const candidates = []
  const notes = []
  let expected
  try {
    for (const name of names) {
      const child = fork(measure, [row, name, String(milliseconds)])
      child.once('exit', (code) => {
        if (code > 0)
          child.emit('error', new Error(`${row}: the process of ${name} ended with code ${code}.`))
      })
      const [{ note, page }] = await once(child, 'message')
      if (note !== undefined) {
        notes.push(note)
        continue
      }
      candidates.push({ name, child, times: [] })
      expected ??= { name, page, shown: normalize?.(page) }
      if (normalize !== null) assertEqual(row, { name, shown: normalize(page) }, expected)
    }
    for (let round = 0; round < rounds; round++) {
      for (const { child, times } of candidates) {
        child.send('slice')
        const [{ time }] = await once(child, 'message')
        times.push(time)
      }
    }
  } finally {
    for (const { child } of candidates) child.kill()
  }
  const times = Object.fromEntries(candidates.map(({ name, times }) => [name, times]))
  return { times, notes, bytes: normalize === null ? 0 : Buffer.byteLength(expected.page) }
}

/** White space between tags differs by how an engine lets one write a template; one engine escapes slashes too. */
function collapse(page) {
  return page
    .replace(/\s+/g, ' ')
    .replace(/ ?(<[^>]*>) ?/g, '$1')
    .replaceAll('&#x2f;', '/')
    .trim()
}

function assertEqual(row, actual, expected) {
  if (actual.shown === expected.shown) return
  const at = [...actual.shown].findIndex((character, index) => character !== expected.shown[index])
  const around = ({ shown }) => shown.slice(Math.max(0, at - 60), at + 60)
  throw new Error(
    `${row}: ${actual.name} and ${expected.name} differ at ${at}:\n${around(actual)}\n${around(expected)}`,
  )
}

function print(row, title, runs) {
  const names = Object.keys(runs[0].times)
  const [base] = names
  const own = Math.min(...runs.flatMap((run) => run.times[base]))
  console.log(`## ${row}: ${title}\n\n${base} takes ${format(own)} µs; ${runs[0].bytes} bytes\n`)
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
