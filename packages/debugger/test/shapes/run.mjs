import { fileURLToPath } from 'node:url'
import { createDebugger } from '@phial/debugger/node'
import { openPage, reportOf } from '../requests.mjs'

// Throws everything that `app.mjs` throws, and writes what the debugger tells of it as JSON.

const debug = await createDebugger({
  root: fileURLToPath(new URL('program', import.meta.url)),
  pin: '1234',
  write: () => undefined,
  rewriteAwaits: process.env.NO_REWRITE === undefined,
})
debug.rewriteModules()
const { default: program, shapes } = await import('./program/app.mjs')
const app = debug.wrap(program, { ignores: (error) => error?.isAnswer === true })

const told = { notes: debug.notes }
for (const name of Object.keys(shapes)) {
  if (name === 'answer') {
    told[name] = await reportOf(app, `/${name}`).catch((error) => `passed on: ${error.message}`)
    continue
  }
  const report = await reportOf(app, `/${name}`)
  told[name] = report.errors.map(({ relation, type, message, frames }) => ({
    relation,
    type,
    message,
    frames: frames
      .filter(({ kind }) => kind === 'application')
      .map(({ functionName, line, isAwaiting, variables, hasConsole }) => ({
        functionName,
        line,
        isAwaiting,
        hasConsole,
        variables:
          variables === null
            ? null
            : Object.fromEntries(variables.map(({ name, value }) => [name, value.text])),
      })),
  }))
}

// The consoles work when the answers have long been sent.
const consoles = {}
const ask = async (path, frame, ...codes) => {
  const { id } = await reportOf(app, path)
  const { evaluate } = await openPage(app, id, '1234')
  await new Promise((resolve) => setTimeout(resolve, 20))
  const answers = []
  for (const code of codes) {
    const { value, error, changes } = await evaluate(frame, code)
    answers.push(
      error?.split('\n')[0] ??
        [value.text, ...changes.map((change) => `${change.name}=${change.value.text}`)].join(' '),
    )
  }
  return answers
}
const globals = Object.keys(globalThis).length
consoles.method = await ask(
  '/method',
  0,
  'mark',
  'this.#secret',
  "this.#secret = 'new'",
  'this.#secret',
  'arguments.length',
  'self = 5',
)
consoles.nested = await ask('/nested', 1, 'mark', "mark = 'changed'", 'inner.name')
consoles.awaiting = await ask(
  '/async',
  3,
  'mark',
  "(await import('node:path')).basename('/x/y')",
  'await deep(mark, 0)',
)
consoles.outer = await ask('/async', 2, 'depth', 'here', 'depth = 9', 'depth')
consoles.imports = await ask(
  '/imports',
  0,
  "basename('/q/w')",
  'typo = 1',
  'const kept = 3',
  'kept + 1',
  "require('node:path').sep",
)
consoles.globals = Object.keys(globalThis).length - globals

// One error object, thrown for two requests.
const first = await reportOf(app, '/constant?1')
const second = await reportOf(app, '/constant?2')
const urlOf = ({ errors }) => errors[0].frames[0].variables.find(({ name }) => name === 'mark').value.text
told.sameError = [urlOf(first), urlOf(second)]

// Two requests at once keep their own frames.
const both = await Promise.all([reportOf(app, '/async?1'), reportOf(app, '/after')])
told.atOnce = both.map(({ errors }) => errors[0].message)

console.log(JSON.stringify({ told, consoles }))
process.exit(0)
