import { fileURLToPath } from 'node:url'

// measure.mjs plain|captured|rewritten: milliseconds of each kind of request, as JSON.

const [mode] = process.argv.slice(2)
const requestFor = (path, accept) => ({
  method: 'GET',
  url: `http://localhost:5000${path}`,
  headers: new Headers({ host: 'localhost:5000', accept }),
  remoteAddr: '127.0.0.1',
  text: async () => '',
})

let debug = null
if (mode !== 'plain') {
  const { createDebugger } = await import('../../packages/debugger/dist/node.js')
  debug = await createDebugger({ root: fileURLToPath(new URL('.', import.meta.url)), write: () => undefined })
  if (mode === 'rewritten') debug.rewriteModules()
}
const { default: program } = await import('./program.mjs')
const app = debug?.wrap(program) ?? program

async function mean(path, count) {
  const request = requestFor(path, '*/*')
  for (let i = 0; i < count; i++) await app.fetch(request)
  const start = performance.now()
  for (let i = 0; i < count; i++) await app.fetch(request)
  return (performance.now() - start) / count
}

async function median(accept, count) {
  const times = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    const response = await app.fetch(requestFor('/fails', accept))
    await response.text()
    times.push(performance.now() - start)
  }
  return times.sort((one, other) => one - other)[count >> 1]
}

/** Without what is made of it afterwards. */
function throwing(count) {
  const times = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    try {
      program.fetch({ url: '/fails' })
    } catch {
      times.push(performance.now() - start)
    }
  }
  return times.sort((one, other) => one - other)[count >> 1]
}

const result = { hello: await mean('/hello', 20_000), awaits: await mean('/awaits', 20_000) }
if (debug !== null) {
  // Fewer in a second than a storm of errors has.
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1100))
  result.page = await median('text/html', 60)
  await pause()
  result.report = await median('application/json', 60)
  await pause()
  result.thrown = throwing(60)
}
console.log(JSON.stringify(result))
process.exit(0)
