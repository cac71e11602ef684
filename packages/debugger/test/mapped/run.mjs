import { pathToFileURL } from 'node:url'
import { createDebugger } from '@phial/debugger/node'
import { reportOf } from '../requests.mjs'

// run.mjs FOLDER MODULE: what is told of a program that was compiled.

const [folder, module] = process.argv.slice(2)
const debug = await createDebugger({ root: folder, write: () => undefined })
debug.rewriteModules()
let program = (await import(pathToFileURL(module).href)).default
// A module of CommonJS holds it one level deeper.
program = program.default ?? program
const app = debug.wrap(program)
const told = {}
for (const path of ['/sync', '/async']) {
  const { errors } = await reportOf(app, path)
  told[path.slice(1)] = errors[0].frames
    .filter(({ kind }) => kind === 'application')
    .map(({ functionName, file, line, column, source, variables }) => ({
      place: `${functionName?.split('.').at(-1)} ${file}:${line}:${column}`,
      source: source === null ? null : source.lines[line - source.start].trim(),
      variables:
        variables === null
          ? null
          : Object.fromEntries(variables.map(({ name, value }) => [name, value.text])),
    }))
}
console.log(JSON.stringify(told))
process.exit(0)
