/**
 * What the debugger costs: microseconds that it adds to a request that works, and milliseconds of one that fails at five
 * frames of the application, with its page. It is time of the processor, in processes of their own, without a server.
 *
 *   node bench/debugger/run.mjs
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const measure = fileURLToPath(new URL('measure.mjs', import.meta.url))
const run = (mode) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [measure, mode], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const rounds = 3
const best = (mode) => {
  const all = Array.from({ length: rounds }, () => run(mode))
  return Object.fromEntries(Object.keys(all[0]).map((key) => [key, Math.min(...all.map((one) => one[key]))]))
}
const plain = best('plain')
const captured = best('captured')
const rewritten = best('rewritten')

const us = (value) => `${(value * 1000).toFixed(1)} µs`.padStart(11)
const added = (mode, key) => `${us(mode[key])} (${us(mode[key] - plain[key]).trim()} more)`
console.log(`Node ${process.versions.node}, the best of ${rounds} processes`)
for (const key of ['hello', 'awaits']) {
  console.log(
    `${key.padEnd(8)} plain ${us(plain[key])}   debugger ${added(captured, key)}   and rewriting ${added(rewritten, key)}`,
  )
}
console.log(
  `failing  report ${rewritten.report.toFixed(2)} ms, page ${rewritten.page.toFixed(2)} ms; the throw itself ${rewritten.thrown.toFixed(2)} ms`,
)
