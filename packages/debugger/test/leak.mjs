import { fileURLToPath } from 'node:url'
import { createDebugger } from '@phial/debugger/node'
import { reportOf } from './requests.mjs'

// Errors that are swallowed, and errors that were shown but are not among the last 20, can be collected with all that
// their frames hold.

const debug = await createDebugger({
  root: fileURLToPath(new URL('leaking', import.meta.url)),
  pin: '1234',
  write: () => undefined,
})
debug.rewriteModules()
const { default: program, collected } = await import('./leaking/app.mjs')
const app = debug.wrap(program)

const settle = async () => {
  for (let i = 0; i < 5; i++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return process.memoryUsage().heapUsed / 1e6
}
const before = await settle()
for (let i = 0; i < 100; i++) {
  await reportOf(app, '/swallowed')
  await reportOf(app, '/shown')
  await reportOf(app, '/waiting')
}
const after = await settle()
console.log(JSON.stringify({ grown: Math.round(after - before), ...collected }))
process.exit(0)
