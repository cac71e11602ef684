// From the save of a file to the first answer of the new code, and connections that are refused meanwhile: the reloader of
// `phial run --debug` and what people use without one, with the same application in the same run.
//
//   node bench/run.mjs reload [--rounds=20] [--restarts=50] [--peers=0]
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const rounds = option('rounds', 20)
const restarts = option('restarts', 50)
const withPeers = option('peers', 1) !== 0
const require = createRequire(import.meta.url)
const tsx = createRequire(join(root, 'package.json')).resolve('tsx/cli')

const work = mkdtempSync(join(here, '.run-'))
let nextPort = 23_000 + Math.floor(Math.random() * 2_000)

/** The process groups that run. */
const groups = new Set()
process.once('SIGINT', () => process.exit(130))
process.once('exit', () => {
  for (const pid of groups) endGroup(pid)
  rmSync(work, { recursive: true, force: true })
})

const SIZES = { tutorial: 1, '100 modules': 100 }
/** Target for the median, in milliseconds. */
const TARGETS = { tutorial: 300, '100 modules': 600 }

/** The application and the module that is saved: the last one of a chain for which every module is loaded. */
function writeApp(name, size) {
  const folder = join(work, name)
  mkdirSync(folder)
  for (let i = 0; i < size; i++) {
    const imports =
      i + 1 < size ? `import { value as next } from './m${i + 1}.js'\n` : "const next = 'start'\n"
    writeFileSync(
      join(folder, `m${i}.js`),
      i + 1 < size
        ? `${imports}export const value = next\nexport function view${i}() { return value }\n`
        : marked('start'),
    )
  }
  writeFileSync(
    join(folder, 'app.js'),
    `import { Phial } from 'phial'
import { value } from './m0.js'
const app = new Phial(import.meta)
app.get('/', () => value)
app.get('/add/<int:a>/<int:b>', ({ a, b }) => \`<h1>\${a + b}</h1>\`)
app.get('/hello/<name>', ({ name }) => \`Hello, \${name}!\`)
export default app
`,
  )
  writeFileSync(
    join(folder, 'main.js'),
    "import app from './app.js'\nawait app.run({ port: Number(process.env.PORT) })\n",
  )
  return { folder, saved: join(folder, `m${size - 1}.js`) }
}

function marked(value) {
  return `export const value = '${value}'\n`
}

const variants = [
  {
    name: 'phial run --debug',
    args: (port) => [
      join(root, 'packages/phial/bin/phial.js'),
      'run',
      '--debug',
      '--no-log',
      '--port',
      String(port),
    ],
  },
  { name: 'node --watch', args: () => ['--watch', 'main.js'] },
  { name: 'tsx watch', args: () => [tsx, 'watch', '--clear-screen=false', 'main.js'] },
  {
    name: 'nodemon',
    args: () => [join(dirname(require.resolve('nodemon/package.json')), 'bin/nodemon.js'), '-q', 'main.js'],
  },
]

if (!withPeers) variants.length = 1

function get(port) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/', agent: false }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (part) => (text += part))
        .on('end', () => resolve(text))
    })
    request.on('error', reject)
  })
}

/** Asks until the answer is `wanted`. @returns milliseconds, and how often the connection was refused or cut. */
async function until(port, wanted, child) {
  const start = performance.now()
  let failures = 0
  for (;;) {
    try {
      if ((await get(port)) === wanted) return { time: performance.now() - start, failures }
    } catch {
      failures++
    }
    if (child.exitCode !== null) throw new Error('The server has ended.')
    if (performance.now() - start > 20_000) throw new Error(`There is no answer '${wanted}'.`)
    await sleep(2)
  }
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function withServer({ args }, folder, use) {
  const port = nextPort++
  const child = spawn(process.execPath, args(port), {
    cwd: folder,
    env: { ...process.env, PORT: String(port), NODE_ENV: 'development' },
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
  })
  groups.add(child.pid)
  try {
    return await use(port, child)
  } finally {
    endGroup(child.pid)
  }
}

/** Ends a server with what it has started: some of them leave their child behind. */
function endGroup(pid) {
  groups.delete(pid)
  process.kill(-pid, 'SIGKILL')
}

async function measure(variant, { folder, saved }) {
  writeFileSync(saved, marked('start'))
  return withServer(variant, folder, async (port, child) => {
    await until(port, 'start', child)
    const times = []
    let failures = 0
    for (let round = 0; round < rounds; round++) {
      // As long as it takes to look at what one has changed.
      await sleep(700)
      writeFileSync(saved, marked(`round ${round}`))
      const result = await until(port, `round ${round}`, child)
      times.push(result.time)
      failures += result.failures
    }
    return { median: median(times), slowest: Math.max(...times), failures }
  })
}

/** Restarts one after the other, while clients ask without a pause. @returns answers and failures. */
async function underLoad(variant, { folder, saved }) {
  writeFileSync(saved, marked('start'))
  return withServer(variant, folder, async (port, child) => {
    await until(port, 'start', child)
    let isOver = false
    let answers = 0
    let failures = 0
    const clients = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        await get(port).then(
          () => answers++,
          () => failures++,
        )
      }
    })
    for (let round = 0; round < restarts; round++) {
      writeFileSync(saved, marked(`load ${round}`))
      await until(port, `load ${round}`, child)
    }
    isOver = true
    await Promise.all(clients)
    return { answers, failures }
  })
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function option(name, fallback) {
  return Number(
    process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback,
  )
}

mkdirSync(join(work, 'node_modules'))
symlinkSync(join(root, 'packages/phial'), join(work, 'node_modules/phial'), 'junction')
writeFileSync(join(work, 'package.json'), '{ "type": "module" }')
console.log(
  `Save to first good answer, Node ${process.version}, median of ${rounds} (slowest), refused or cut:\n`,
)
console.log(
  `| | ${variants.map(({ name }) => name).join(' | ')} | target |\n|${' --- |'.repeat(variants.length + 2)}`,
)
for (const [size, modules] of Object.entries(SIZES)) {
  const app = writeApp(size.replace(' ', '-'), modules)
  const cells = []
  for (const variant of variants) {
    const { median: middle, slowest, failures } = await measure(variant, app)
    cells.push(`${middle.toFixed(0)} ms (${slowest.toFixed(0)}), ${failures}`)
    if (variant === variants[0] && middle > TARGETS[size]) process.exitCode = 1
  }
  console.log(`| ${size} | ${cells.join(' | ')} | ≤ ${TARGETS[size]} ms, 0 |`)
}
const { answers, failures } = await underLoad(variants[0], {
  folder: join(work, 'tutorial'),
  saved: join(work, 'tutorial/m0.js'),
})
console.log(
  `\n${restarts} restarts under load: ${answers} answers, ${failures} connections refused or cut (target 0).`,
)
if (failures > 0) process.exitCode = 1
