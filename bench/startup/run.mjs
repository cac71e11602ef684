// From the start of a process to its first answer: the tutorial's application in Phial and in Hono, each as TypeScript
// and as plain JavaScript, each run as its documentation says.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const rounds = Number(process.argv.find((argument) => argument.startsWith('--rounds='))?.slice(9) ?? 15)
const stripsTypes = process.features.typescript !== undefined && process.features.typescript !== false

const work = mkdtempSync(join(here, '.run-'))
for (const name of ['hono', 'phial']) {
  const source = readFileSync(join(here, 'apps', `${name}.ts`), 'utf8')
  writeFileSync(join(work, `${name}.ts`), source)
  writeFileSync(join(work, `${name}.mjs`), transformSync(source, { loader: 'ts', format: 'esm' }).code)
}

const phial = [join(root, 'packages/phial/bin/phial.js')]
const tsx = stripsTypes ? [] : ['--import', import.meta.resolve('tsx')]
const variants = [
  { name: 'hono, JavaScript', run: (port) => [[join(work, 'hono.mjs')], { PORT: String(port) }] },
  {
    name: 'phial, JavaScript',
    run: (port) => [[...phial, '--app', join(work, 'phial.mjs'), 'run', '--port', String(port)], {}],
  },
  { name: 'hono, TypeScript', run: (port) => [[...tsx, join(work, 'hono.ts')], { PORT: String(port) }] },
  {
    name: 'phial, TypeScript',
    run: (port) => [[...phial, '--app', join(work, 'phial.ts'), 'run', '--port', String(port)], {}],
  },
]

let nextPort = 21_000 + Math.floor(Math.random() * 2_000)

function get(port) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/add/1/2', agent: false }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (part) => (text += part))
        .on('end', () => resolve({ status: response.statusCode, text }))
    })
    request.on('error', reject)
  })
}

async function measure({ name, run }) {
  const port = nextPort++
  const [args, env] = run(port)
  const start = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (part) => (errors += part))
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${name} stopped: ${errors}`)
      try {
        const answer = await get(port)
        if (answer.status !== 200 || answer.text !== '<h1>3</h1>')
          throw new Error(`${name} answered ${answer.status} ${answer.text}`)
        return performance.now() - start
      } catch (error) {
        if (error.code !== 'ECONNREFUSED') throw error
        if (performance.now() - start > 20_000) throw new Error(`${name} did not start: ${errors}`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
  } finally {
    child.kill('SIGKILL')
    await new Promise((resolve) =>
      child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', resolve),
    )
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

try {
  const times = new Map(variants.map(({ name }) => [name, []]))
  for (const variant of variants) await measure(variant)
  for (let round = 0; round < rounds; round++) {
    for (const variant of variants) times.get(variant.name).push(await measure(variant))
  }
  console.log(`Spawn to first 200, Node ${process.version}, median of ${rounds}, as a ratio to Hono:\n`)
  console.log('| | Hono | Phial | target |\n| --- | --- | --- | --- |')
  let missed = false
  for (const kind of ['JavaScript', 'TypeScript']) {
    const hono = times.get(`hono, ${kind}`)
    const ours = times.get(`phial, ${kind}`)
    const ratio = median(ours.map((time, i) => time / hono[i]))
    missed ||= ratio > 1.3
    console.log(
      `| ${kind} | 1 (${median(hono).toFixed(0)} ms) | ${ratio.toFixed(2)} (${median(ours).toFixed(0)} ms) | ≤ 1.3 |`,
    )
  }
  if (missed) process.exitCode = 1
} finally {
  rmSync(work, { recursive: true })
}
