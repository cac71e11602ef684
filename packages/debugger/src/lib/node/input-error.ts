import { messageOf, typeName } from './build-report.ts'
import { inspectValue } from './inspect-value.ts'

/** What the console itself has to say of an input. */
export class InputError extends Error {}

/** An error without the lines of the debugger in its stack. */
export function describeError(error: unknown): string {
  if (error instanceof InputError) return error.message
  if (!(error instanceof Error)) return `Thrown: ${inspectValue(error).text}`
  const head = `${typeName(error)}: ${messageOf(error)}`
  let stack = ''
  try {
    stack = String(error.stack)
  } catch {
    return head
  }
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const end = lines.findIndex((line) => /eval at|<anonymous>:\d|evalmachine/.test(line))
  const own = (end === -1 ? lines : lines.slice(0, end)).filter(
    (line) => !/node:internal|debugger\/(?:dist|src)\//.test(line),
  )
  return [head, ...own.slice(0, 10)].join('\n')
}
