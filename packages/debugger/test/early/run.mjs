import { fileURLToPath } from 'node:url'
import { createDebugger } from '@phial/debugger/node'
import { makeRequest, openPage } from '../requests.mjs'

// Asks in the frames of a module that could not be loaded for variables that have no value yet.

const debug = await createDebugger({
  root: fileURLToPath(new URL('program', import.meta.url)),
  pin: '1234',
  write: () => undefined,
})
const error = await import('./program/app.mjs').then(
  () => null,
  (thrown) => thrown,
)
const app = debug.show(error, { fetch: () => new Response('none') })
const report = await (await app.fetch(makeRequest('/'))).json()
const { evaluate } = await openPage(app, report.id, '1234')
const frames = report.errors[0].frames.filter(({ kind }) => kind === 'application')
const answers = []
for (const { index } of frames) {
  for (const code of [
    'later',
    'typeof later',
    '(() => last)()',
    'value',
    '({ later: 1 }).later',
    'limits = 5',
    'dump()',
  ]) {
    const { value, error } = await evaluate(index, code)
    answers.push(error?.split('\n')[0] ?? value.text)
  }
}
console.log(
  JSON.stringify({
    names: frames.map(({ functionName }) => functionName),
    variables: frames.map(({ variables }) =>
      Object.fromEntries(variables.map(({ name, value }) => [name, value.text])),
    ),
    answers,
  }),
)
process.exit(0)
