/**
 * Template engines side by side: `node bench/run.mjs templates [--rows=table,chat] [--processes=3] [--rounds=21] [--ms=12]`.
 *
 * Each engine has a process of its own; the real Jinja is one of them where Python has it. All have to give the same page; then they take turns, a slice each. A figure is
 * the median over the rounds of an engine's processor time divided by that of the first column in the same round. This
 * is done several times with new processes; the table shows the median with the smallest and the largest. The first
 * column is JavaScript written by hand with the same escape, or, where nothing can be written by hand, Phial itself.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Contestant } from './contestant.mjs'
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
const file = (name) => fileURLToPath(new URL(name, import.meta.url))

console.log(
  `Node ${process.version}, ${processes} times, ${rounds} rounds of ${milliseconds} ms of processor time each\n`,
)
const python = spawnSync('python3', ['-c', 'import jinja2']).status === 0 ? 'python3' : null

for (const row of rows) {
  const { title, engines, jinja2, normalize = collapse, checked = true } = await import(`./rows/${row}.mjs`)
  const commands = Object.keys(engines).map((name) => ({
    name,
    start: () => new Contestant(process.execPath, [file('measure.mjs'), row, name, String(milliseconds)]),
  }))
  if (jinja2 !== undefined && python !== null) {
    commands.push({
      name: 'Jinja (Python)',
      start: () => new Contestant(python, [file('measure_jinja.py'), String(milliseconds)], jinja2),
    })
  }
  const runs = []
  for (let index = 0; index < processes; index++) {
    runs.push(await measureOnce(row, commands, checked ? normalize : null))
  }
  print(row, title, runs)
}

/**
 * One time for each engine and round, in microseconds, and what engines that cannot take part say.
 *
 * @returns {Promise<{ times: Record<string, number[]>, notes: string[], bytes: number }>}
 */
async function measureOnce(row, commands, normalize) {
  const candidates = []
  const notes = []
  let expected
  try {
    for (const { name, start } of commands) {
      const contestant = start()
      const { note, page } = await contestant.answer()
      if (note !== undefined) {
        notes.push(`${name}: ${note}`)
        continue
      }
      candidates.push({ name, contestant, times: [] })
      expected ??= { name, page, shown: normalize?.(page) }
      if (normalize !== null) assertEqual(row, { name, shown: normalize(page) }, expected)
    }
    for (let round = 0; round < rounds; round++) {
      for (const { contestant, times } of candidates) times.push((await contestant.ask()).time)
    }
  } finally {
    for (const { contestant } of candidates) contestant.stop()
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
