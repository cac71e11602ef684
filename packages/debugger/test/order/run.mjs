import { fileURLToPath } from 'node:url'
import { createDebugger } from '@phial/debugger/node'

const debug = await createDebugger({
  root: fileURLToPath(new URL('.', import.meta.url)),
  write: () => undefined,
  rewriteAwaits: process.argv[2] === 'rewritten',
})
debug.rewriteModules()
const { events, stack } = await import('./app.mjs')
console.log(JSON.stringify({ events, stack }))
process.exit(0)
