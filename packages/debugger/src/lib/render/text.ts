import type { ErrorReport, ReportedError, ReportedFrame } from '../report.ts'

/** Colours of a text; each function gives the text as it is where there are none. */
export interface TextStyle {
  readonly heading: (text: string) => string
  readonly file: (text: string) => string
  readonly dim: (text: string) => string
  readonly current: (text: string) => string
}

export interface TextOptions {
  /** Where the page with the consoles is; it is named at the end. */
  readonly link?: string | null
  /** Lines of source around the current one. Default 2. */
  readonly context?: number
}

const PLAIN: TextStyle = { heading: same, file: same, dim: same, current: same }

const TERMINAL: TextStyle = {
  heading: (text) => `\x1b[1;31m${text}\x1b[0m`,
  file: (text) => `\x1b[36m${text}\x1b[0m`,
  dim: (text) => `\x1b[2m${text}\x1b[0m`,
  current: (text) => `\x1b[1m${text}\x1b[0m`,
}

/** A report as plain text: what is copied into a mail, what `curl` gets. */
export function renderText(report: ErrorReport, options: TextOptions = {}): string {
  return render(report, options, PLAIN)
}

/** A report for a terminal, in colours. */
export function renderTerminal(report: ErrorReport, options: TextOptions = {}): string {
  return render(report, options, TERMINAL)
}

function render(report: ErrorReport, { link = null, context = 2 }: TextOptions, style: TextStyle): string {
  const parts = report.errors.map((error) => renderError(error, context, style))
  const { request } = report
  if (request !== null) parts.push(style.dim(`${clean(request.method)} ${clean(request.url)}`))
  for (const { title, text } of report.hints)
    parts.push(`${style.current(`Hint: ${clean(title)}`)}\n${clean(text)}`)
  for (const note of report.notes) parts.push(style.dim(`Note: ${clean(note)}`))
  if (link !== null) parts.push(`${style.dim('Debug it:')} ${style.file(link)}`)
  return `${parts.join('\n\n')}\n`
}

function renderError(error: ReportedError, context: number, style: TextStyle): string {
  const { relation, type, message, details, frames, madeAt } = error
  const prefix = relation === '' ? '' : `${relation}: `
  const lines = [style.heading(clean(`${prefix}${type}${message === '' ? '' : `: ${message}`}`))]
  for (const { name, value } of details) lines.push(style.dim(`  ${clean(name)}: ${clean(value.text)}`))
  lines.push(...renderFrames(frames, context, style))
  if (madeAt.length > 0) {
    lines.push(style.dim('  The error object was made elsewhere:'), ...renderFrames(madeAt, 0, style))
  }
  return lines.join('\n')
}

function renderFrames(frames: readonly ReportedFrame[], context: number, style: TextStyle): string[] {
  const lines: string[] = []
  for (const group of groupFrames(frames)) {
    if (group.folded !== null) {
      lines.push(style.dim(`  … ${clean(group.folded)}`))
      continue
    }
    for (const frame of group.frames) lines.push(...renderFrame(frame, context, style))
  }
  return lines
}

function renderFrame(frame: ReportedFrame, context: number, style: TextStyle): string[] {
  const waiting = frame.isAwaiting ? style.dim(' (awaiting)') : ''
  const name = frame.functionName === null ? '' : ` in ${clean(frame.functionName)}`
  const lines = [`  ${style.file(clean(placeText(frame)))}${name}${waiting}`]
  if (frame.source === null || frame.line === null || context === 0) return lines
  const { start, lines: source } = frame.source
  const width = String(frame.line + context).length
  for (const [index, text] of source.entries()) {
    const number = start + index
    if (Math.abs(number - frame.line) > context) continue
    const isCurrent = number === frame.line
    const line = `  ${isCurrent ? '>' : ' '} ${String(number).padStart(width)} | ${clean(text)}`
    lines.push(isCurrent ? style.current(line) : style.dim(line))
  }
  return lines
}

/** Frames that are shown one by one, or folded together: those of libraries, and calls that repeat. */
export interface FrameGroup {
  /** What stands for the frames while they are folded, or null. */
  readonly folded: string | null
  readonly frames: readonly ReportedFrame[]
}

/** Calls of the same place that are shown before the rest of a recursion is folded. */
const SHOWN_REPEATS = 2

/** Groups frames so that those that say little can be folded. If the application has none, libraries are shown. */
export function groupFrames(frames: readonly ReportedFrame[]): FrameGroup[] {
  const isOwn = ({ kind }: ReportedFrame): boolean => kind === 'application' || kind === 'template'
  const foldsLibraries = frames.some(isOwn)
  const groups: { kind: 'shown' | 'library' | 'repeated'; frames: ReportedFrame[] }[] = []
  let repeats = 0
  for (const [index, frame] of frames.entries()) {
    repeats = index > 0 && isSamePlace(frame, frames[index - 1]!) ? repeats + 1 : 0
    const isFolded = foldsLibraries && !isOwn(frame)
    const kind = isFolded ? 'library' : repeats >= SHOWN_REPEATS ? 'repeated' : 'shown'
    const last = groups.at(-1)
    if (last?.kind === kind) last.frames.push(frame)
    else groups.push({ kind, frames: [frame] })
  }
  return groups.map(({ kind, frames: group }) => ({
    frames: group,
    folded: kind === 'shown' ? null : kind === 'library' ? libraryText(group) : repeatText(group),
  }))
}

function isSamePlace(one: ReportedFrame, other: ReportedFrame): boolean {
  return one.url !== null && one.url === other.url && one.line === other.line && one.column === other.column
}

function repeatText(frames: readonly ReportedFrame[]): string {
  const name = frames[0]!.functionName ?? 'the same function'
  return `${frames.length} more call${frames.length === 1 ? '' : 's'} of ${name}`
}

/** `3 frames in express, node`. */
function libraryText(frames: readonly ReportedFrame[]): string {
  const packages = [...new Set(frames.map((frame) => frame.package ?? 'node'))]
  const names = packages.length > 3 ? `${packages.slice(0, 3).join(', ')}, …` : packages.join(', ')
  return `${frames.length} frame${frames.length === 1 ? '' : 's'} in ${names}`
}

/** `app/views.ts:12:5`. */
export function placeText({ file, line, column }: ReportedFrame): string {
  if (file === null) return '(native)'
  return line === null ? file : `${file}:${line}${column === null ? '' : `:${column}`}`
}

/** Control characters as escapes: text from a request must not obey a terminal. Line ends and tabs stay. */
function clean(text: string): string {
  return text.replace(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

function same(text: string): string {
  return text
}
