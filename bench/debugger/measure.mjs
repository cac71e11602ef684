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
  debug = await createDebugger({
    root: fileURLToPath(new URL('program', import.meta.url)),
    write: () => undefined,
  })
  if (mode === 'rewritten') debug.rewriteModules()
}
const { default: program } = await import('./program/app.mjs')
const app = debug?.wrap(program) ?? program

/** Milliseconds of the processor that a call takes: those of the clock would count other programs too. */
async function cost(count, call) {
  for (let i = 0; i < count / 2; i++) await call()
  const start = process.cpuUsage()
  for (let i = 0; i < count; i++) await call()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / count
}

const answer = (path, count) => {
  const request = requestFor(path, '*/*')
  return cost(count, () => app.fetch(request))
}
const failure = async (accept) => {
  // Fewer in a second than a storm of errors has.
  await new Promise((resolve) => setTimeout(resolve, 1100))
  return cost(80, () => app.fetch(requestFor('/fails', accept)))
}

const result = { hello: await answer('/hello', 20_000), awaits: await answer('/awaits', 20_000) }
if (debug !== null) {
  result.page = await failure('text/html')
  result.report = await failure('application/json')
  await new Promise((resolve) => setTimeout(resolve, 1100))
  result.thrown = await cost(80, () => {
    try {
      program.fetch({ url: '/fails' })
    } catch {}
  })
}
console.log(JSON.stringify(result))
process.exit(0)
