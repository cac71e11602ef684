import { fileURLToPath } from 'node:url'
import { createDebugger } from '@phial/debugger/node'
import { makeRequest, reportOf } from './requests.mjs'

// What is shown where frames cannot be captured. `later` attaches another debugger while the program runs.

const debug = await createDebugger({
  root: fileURLToPath(new URL('shapes/program', import.meta.url)),
  pin: '1234',
  write: () => undefined,
})
debug.rewriteModules()
const { default: program } = await import('./shapes/program/app.mjs')
const app = debug.wrap(program)
if (process.argv[2] === 'later') {
  const inspector = await import('node:inspector')
  await reportOf(app, '/method')
  inspector.open(0, '127.0.0.1')
}
const first = await reportOf(app, '/method')
const second = await reportOf(app, '/async')
const page = await app.fetch(makeRequest('/method', { headers: { accept: 'text/html' } }))
const summary = ({ errors, notes }) => ({
  message: errors[0].message,
  top: errors[0].frames[0].functionName,
  hasVariables: errors[0].frames.some(({ variables }) => variables !== null),
  notes,
})
console.log(
  JSON.stringify({
    notes: debug.notes,
    first: summary(first),
    second: summary(second),
    page: [page.status, (await page.text()).includes('program/app.mjs:21')],
  }),
)
process.exit(0)
