import { fileURLToPath } from 'node:url'
import { createDebugger } from '@phial/debugger/node'
import { openPage, reportOf } from '../requests.mjs'

// A storm of errors is left alone, and capturing goes on after it.

const debug = await createDebugger({
  root: fileURLToPath(new URL('.', import.meta.url)),
  pin: '1234',
  write: () => undefined,
})
const { default: program } = await import('./app.mjs')
const app = debug.wrap(program)
const hasVariables = ({ errors }) => errors[0].frames.some(({ variables }) => variables !== null)
const before = hasVariables(await reportOf(app, '/before'))
// Of the processor: the clock would count other programs too.
const start = process.cpuUsage()
const during = hasVariables(await reportOf(app, '/storm'))
const { user, system } = process.cpuUsage(start)
const milliseconds = (user + system) / 1000
await new Promise((resolve) => setTimeout(resolve, 1100))
const report = await reportOf(app, '/after')
const statement = hasVariables(await reportOf(app, '/statement'))
const { evaluate } = await openPage(app, report.id, '1234')
const typed = await evaluate(1, 'const n: number = typed; n satisfies number')
console.log(
  JSON.stringify({
    before,
    during,
    milliseconds,
    after: hasVariables(report),
    statement,
    typed: typed.value?.text ?? typed.error,
  }),
)
process.exit(0)
