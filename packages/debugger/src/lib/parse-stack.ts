/** A line of a stack. Line and column count from 1. */
export interface StackFrame {
  /** As the engine names it: `view`, `new User`, `Array.map`; null for none. */
  readonly functionName: string | null
  /** The URL of the script, also for those that the engine names by path; null for frames of the engine itself. */
  readonly url: string | null
  readonly line: number | null
  readonly column: number | null
  /** Whether it is a caller that waits. */
  readonly isAsync: boolean
}

/** Frames that are read; what lies below shows nothing new. */
const MAX_FRAMES = 200

/**
 * The frames of `error.stack` in the format of V8, which Bun writes too. The message, which may hold any text, must be
 * given so that it is not taken for frames.
 */
export function parseStack(stack: string, message = ''): StackFrame[] {
  const end = message === '' ? -1 : stack.indexOf(message)
  const trace = end === -1 ? stack : stack.slice(end + message.length)
  const frames: StackFrame[] = []
  for (const text of lines(trace)) {
    const line = text.trimStart()
    if (!line.startsWith('at ')) continue
    frames.push(parseFrame(line.slice(3).trimEnd()))
    if (frames.length === MAX_FRAMES) break
  }
  return frames
}

function* lines(text: string): Generator<string> {
  let from = 0
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
    yield text.slice(from, end)
    from = end + 1
  }
  yield text.slice(from)
}

/** `async f [as g] (file:///a.js:1:2)`, `file:///a.js:1:2`, `Array.map (<anonymous>)`, `eval at f (…)`. */
function parseFrame(text: string): StackFrame {
  const isAsync = text.startsWith('async ')
  const rest = isAsync ? text.slice('async '.length) : text
  // A path may hold brackets; the name of a function may not hold " (".
  const open = rest.endsWith(')') ? rest.indexOf(' (') : -1
  if (open === -1) {
    const place = parsePlace(rest)
    if (place.url === null && place.line === null && rest !== 'native' && !rest.startsWith('<anonymous>'))
      return { functionName: rest, isAsync, ...NOWHERE }
    return { functionName: null, isAsync, ...place }
  }
  return { functionName: rest.slice(0, open), isAsync, ...parsePlace(rest.slice(open + 2, -1)) }
}

type Place = Pick<StackFrame, 'url' | 'line' | 'column'>

const NOWHERE: Place = { url: null, line: null, column: null }

function parsePlace(text: string): Place {
  // Code that `eval` ran: `eval at f (file:///a.js:1:2), <anonymous>:3:4` has no file.
  if (text.startsWith('eval at ')) return NOWHERE
  const columnAt = text.lastIndexOf(':')
  const lineAt = text.lastIndexOf(':', columnAt - 1)
  const column = wholeNumber(text.slice(columnAt + 1))
  const line = lineAt === -1 ? null : wholeNumber(text.slice(lineAt + 1, columnAt))
  if (line === null || column === null) return NOWHERE
  const script = text.slice(0, lineAt)
  return script === '<anonymous>' ? NOWHERE : { url: toUrl(script), line, column }
}

/** CommonJS is named by path. */
function toUrl(script: string): string {
  if (script.startsWith('/')) return `file://${encodePath(script)}`
  if (/^[A-Za-z]:[\\/]/.test(script)) return `file:///${encodePath(script.replaceAll('\\', '/'))}`
  return script
}

function encodePath(path: string): string {
  return encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23')
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}
