import { readFileSync } from 'node:fs'
import { MARK } from '../javascript/awaiting.ts'
import { type LiveFrame, MODULE_FRAME } from '../live-frame.ts'
import { borrowFrames } from '../merge-frames.ts'
import { packageOfUrl, shownUrl } from '../project.ts'
import type { ErrorReport, ReportedError, ReportedFrame, SourceExcerpt, Variable } from '../report.ts'
import { missing, type Tree } from '../tree.ts'
import { filePathOf } from './file-path.ts'
import { className, inspectValue, lineOf } from './inspect-value.ts'
import { type FrameFinder, findFrames } from './live-frames.ts'
import { type ReadResult, readFrame } from './read-variables.ts'

export interface ReportParts {
  readonly report: Pick<ErrorReport, 'errors'>
  /** The frames by their number in the report. */
  readonly frames: readonly LiveFrame[]
}

export interface ReportOptions {
  /** Whether variables are shown and consoles offered. */
  readonly withVariables: boolean
  /** Where the error is, for errors whose stack has nothing of the application. */
  readonly placeWithoutFrames?: () => ErrorPlace | null
}

/** A place in a source. Line and column count from 1. */
export interface ErrorPlace {
  readonly url: string
  readonly line: number
  readonly column: number | null
  /** The text of the source, if it is no file. */
  readonly content?: string | null
  /** The function that it is in; null for one without a name. Default: the body of a module. */
  readonly functionName?: string | null
}

/** The lines of files that were read; null for those that could not be. */
type SourceFiles = Map<string, readonly string[] | null>

/** Frames that are shown of all errors together. */
const MAX_FRAMES = 200
/** Errors that are shown of a chain. */
const MAX_ERRORS = 20
/** Milliseconds for the variables of all frames. */
const MAX_TIME = 2000
/** Lines around the current one. */
const LINES_AROUND = 8
const LIBRARY_LINES_AROUND = 4
/** Characters of a line of source; a bundle may be one line. */
const MAX_LINE = 500

const CAUSE = 'Caused by'

const MEMBERS: ReadonlySet<string> = new Set([
  'message',
  'stack',
  'cause',
  'errors',
  'name',
  'error',
  'suppressed',
])

/** What is shown of a thrown value, with its causes and members. */
export function buildReport(thrown: unknown, finder: FrameFinder, options: ReportOptions): ReportParts {
  const errors: ReportedError[] = []
  const frames: LiveFrame[] = []
  const files: SourceFiles = new Map()
  const deadline = performance.now() + MAX_TIME
  const seen = new Set<unknown>()

  const number = (live: readonly LiveFrame[]): ReportedFrame[] =>
    live.slice(0, MAX_FRAMES - frames.length).map((frame) => {
      frames.push(frame)
      const variables = options.withVariables ? readVariables(frame, deadline) : null
      return {
        index: frames.length - 1,
        kind: frame.kind,
        functionName: frame.functionName,
        file: frame.shownFile ?? (frame.url === null ? null : shownUrl(frame.url, finder.folders)),
        url: frame.url,
        line: frame.line,
        column: frame.column,
        isAwaiting: frame.isAwaiting,
        package: frame.kind === 'library' && frame.url !== null ? packageOfUrl(frame.url) : null,
        source: excerptOf(frame, files),
        variables,
        hasConsole: options.withVariables && frame.evaluate !== null,
        note: noteOf(frame, options),
      }
    })

  const add = (error: unknown, relation: string, above: readonly LiveFrame[]): void => {
    if (seen.has(error) || errors.length >= MAX_ERRORS) return
    if (typeof error === 'object' && error !== null) seen.add(error)
    const found = findFrames(error, finder)
    const isForeign = relation === '' && !found.frames.some(({ kind }) => kind === 'application')
    const place = isForeign ? (options.placeWithoutFrames?.() ?? null) : null
    const known = place === null ? found.frames : [frameAt(place), ...found.frames]
    const live = borrowFrames(known, above, relation === CAUSE)
    errors.push({
      relation,
      type: typeName(error),
      message: messageOf(error),
      details: detailsOf(error),
      frames: number(live),
      madeAt: number(found.madeAt),
    })
    for (const [name, related] of relatedTo(error)) add(related, name, live)
  }
  add(thrown, '', [])
  return { report: { errors }, frames }
}

function frameAt(place: ErrorPlace): LiveFrame {
  const { url, line, column, content = null, functionName = MODULE_FRAME } = place
  return {
    kind: 'application',
    functionName,
    url,
    shownFile: null,
    line,
    column,
    isAwaiting: false,
    content,
    evaluate: null,
    read: null,
    scopes: [],
    isPlace: true,
  }
}

/** The causes and members of an error. */
function* relatedTo(error: unknown): Generator<[relation: string, error: unknown]> {
  if (!(error instanceof Error)) return
  const cause = ownValue(error, 'cause')
  if (cause !== undefined) yield [CAUSE, cause]
  const errors = ownValue(error, 'errors')
  if (Array.isArray(errors))
    for (const [index, member] of errors.entries()) yield [`errors[${index}]`, member]
  if (className(error) === 'SuppressedError') {
    yield ['error', ownValue(error, 'error')]
    yield ['suppressed', ownValue(error, 'suppressed')]
  }
}

function ownValue(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value
}

/** What an error is called: its class, or its `name` where that tells more. */
export function typeName(thrown: unknown): string {
  if (thrown === null) return 'null'
  if (typeof thrown !== 'object') return typeof thrown
  const name = className(thrown) || 'object'
  const own = thrown instanceof Error ? ownValue(thrown, 'name') : undefined
  return typeof own === 'string' && own !== '' ? own : name
}

export function messageOf(thrown: unknown): string {
  // The type says it.
  if (thrown === null || thrown === undefined) return ''
  if (!(thrown instanceof Error)) return lineOf(thrown)
  const message = safely(() => thrown.message)
  return typeof message === 'string' ? message : lineOf(message)
}

function safely(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return ''
  }
}

function detailsOf(error: unknown): Variable[] {
  if (!(error instanceof Error)) return []
  return (
    Object.keys(error)
      // What is not set says nothing.
      .filter((key) => !MEMBERS.has(key) && isTelling(ownValue(error, key), error))
      .slice(0, 50)
      .map((name) => ({ name, scope: '', value: inspectValue(ownValue(error, name), 0, name) }))
  )
}

/** What is not set says nothing, and what the message says need not be said twice. */
function isTelling(value: unknown, error: Error): boolean {
  return value !== null && value !== undefined && (value === '' || value !== safely(() => error.message))
}

function noteOf(
  { evaluate, read, kind, isAwaiting, isPlace }: LiveFrame,
  { withVariables }: ReportOptions,
): string | null {
  if (isPlace === true) return null
  if (evaluate !== null || read !== null || !withVariables || (kind !== 'application' && kind !== 'template'))
    return null
  return isAwaiting ? 'It was waiting: its variables are not kept.' : 'Its variables were not captured.'
}

/** The variables of a frame; null if it has no way to read them. */
function readVariables(frame: LiveFrame, deadline: number): Variable[] | null {
  const scopes = frame.scopes.filter(({ type }) => type !== 'module')
  const results = readFrame(frame, scopes)
  if (results === null) return null
  const variables: Variable[] = []
  const self = results.get('this')
  if (self !== undefined && 'value' in self && isOwnThis(self.value)) {
    variables.push({ name: 'this', scope: '', value: inspectValue(self.value) })
  }
  const seen = new Set<string>(HIDDEN)
  for (const { type, names } of scopes) {
    for (const name of names) {
      if (seen.has(name)) continue
      seen.add(name)
      const isLate = performance.now() > deadline
      const value = isLate
        ? missing('not read: the page took too long')
        : toTree(frame, name, results.get(name))
      if (value !== null) variables.push({ name, scope: type, value })
    }
  }
  return variables
}

const HIDDEN: ReadonlySet<string> = new Set([MARK, 'this', 'arguments'])

function isOwnThis(self: unknown): boolean {
  return typeof self === 'object' && self !== null && self !== globalThis
}

/** Null for names that the place does not know. */
function toTree({ isAwaiting }: LiveFrame, name: string, result: ReadResult | undefined): Tree | null {
  if (result === undefined) return null
  if ('value' in result) return inspectValue(result.value, 0, name)
  const message = messageOf(result.error)
  if (/before initialization/.test(message)) return missing('not initialised yet')
  if (/from debugger/.test(message)) return missing('optimised away')
  if (/is not defined/.test(message)) return isAwaiting ? null : missing('not kept by this function')
  return missing(message)
}

/** The lines around the current one. Only files that the error itself names are read. */
function excerptOf({ url, line, content, kind }: LiveFrame, files: SourceFiles): SourceExcerpt | null {
  if (line === null || (url === null && content === null)) return null
  const lines = content === null ? readSource(url!, files) : content.split('\n')
  if (lines === null || line > lines.length) return null
  const around = kind === 'application' || kind === 'template' ? LINES_AROUND : LIBRARY_LINES_AROUND
  const start = Math.max(1, line - around)
  const excerpt = lines.slice(start - 1, line + around).map(cutLine)
  return { start, lines: excerpt, language: kind === 'template' ? 'template' : 'javascript' }
}

function cutLine(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text
}

function readSource(url: string, files: SourceFiles): readonly string[] | null {
  let lines = files.get(url)
  if (lines === undefined) {
    lines = null
    const path = filePathOf(url)
    if (path !== null) {
      try {
        lines = readFileSync(path, 'utf8').split('\n')
      } catch {
        // Code that was never a file, or is gone.
      }
    }
    files.set(url, lines)
  }
  return lines
}
