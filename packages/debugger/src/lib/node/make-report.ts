import type { ErrorReport, Hint, Panel } from '../report.ts'
import { isSecretName } from '../secrets.ts'
import { buildReport, type ErrorPlace } from './build-report.ts'
import type { AppKnowledge, DebuggedRequest, DebuggerState } from './debugger-state.ts'
import { lineOf } from './inspect-value.ts'
import { knownHints } from './known-errors.ts'

/** What belongs to an error. */
export interface ErrorSetting {
  /** Null where nobody has asked for anything. */
  readonly request: DebuggedRequest | null
  readonly panels: readonly Panel[]
  /** Why the client gets no values; null if it gets them. */
  readonly reason: string | null
  readonly about: AppKnowledge
  /** What is likely wrong, beside what is known of the error itself. */
  readonly hints?: readonly Hint[]
  /** Whether those say all. */
  readonly isExplained?: boolean
  /** Where it is in the source, for errors whose stack does not say so. */
  readonly place?: ErrorPlace | null
}

/** Makes the report of an error, and keeps its frames if the client gets values. */
export function makeReport(error: unknown, setting: ErrorSetting, state: DebuggerState): ErrorReport {
  const { request, panels, reason, about, hints = [], isExplained = false, place = null } = setting
  const isOpen = reason === null
  const finder = { ...state, templates: about.templates ?? null }
  const parts = buildReport(error, finder, {
    withVariables: isOpen,
    placeWithoutFrames: () => place ?? viewPlace(setting, state),
  })
  const report: Omit<ErrorReport, 'id'> = {
    ...parts.report,
    time: new Date().toISOString(),
    request: request === null ? null : { method: request.method, url: shownUrl(request, isOpen) },
    panels,
    hints: [
      ...hints,
      ...(request === null ? [] : hintsOf(error, request, about)),
      ...(isExplained ? [] : knownHints(error)),
    ],
    notes: notesOf(reason, state),
    runtime: runtimeName(),
  }
  return isOpen ? state.held.add(report, parts.frames) : { ...report, id: null }
}

/** Where the view is that answers the request. */
function viewPlace({ request, about }: ErrorSetting, { capture, maps }: DebuggerState): ErrorPlace | null {
  if (request === null || capture === null) return null
  try {
    const view = about.viewOf?.(request)
    const found = capture.locate(view)
    if (found === null) return null
    const { url, line, column, content } = maps.original(found.url, found.line, found.column)
    return { url, line, column, content, functionName: (view as { name?: string }).name || null }
  } catch {
    return null
  }
}

function hintsOf(error: unknown, request: DebuggedRequest, about: AppKnowledge): ErrorReport['hints'] {
  try {
    return about.hints?.(error, request) ?? []
  } catch (failure) {
    return [{ title: 'The hints of the framework failed', text: lineOf(failure) }]
  }
}

function notesOf(reason: string | null, { capture, notes }: DebuggerState): string[] {
  if (reason !== null) return [`No variables and consoles: ${reason}`]
  const stoodDown = capture?.stoodDown ?? null
  return stoodDown === null ? [...notes] : [...notes, `No variables and consoles: ${stoodDown}`]
}

function runtimeName(): string {
  const { bun, deno, node } = process.versions
  return bun !== undefined ? `Bun ${bun}` : deno !== undefined ? `Deno ${deno}` : `Node ${node}`
}

/** The path with its query, in which secrets are hidden by their names; who gets the stack alone gets the path alone. */
function shownUrl({ url }: DebuggedRequest, isOpen: boolean): string {
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
  const question = target.indexOf('?')
  if (question === -1) return target
  if (!isOpen) return target.slice(0, question)
  const pairs = target.slice(question + 1).split('&')
  const shown = pairs.map((pair) => {
    const name = pair.split('=', 1)[0]!
    return pair.includes('=') && isSecretName(name) ? `${name}=***` : pair
  })
  return `${target.slice(0, question)}?${shown.join('&')}`
}
