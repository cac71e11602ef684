import { acceptedForm } from '../accepted-form.ts'
import { decideAccess } from '../guard.ts'
import { renderTerminal, renderText } from '../render/text.ts'
import type { Panel } from '../report.ts'
import { runRequest } from './current-request.ts'
import type { AppKnowledge, DebuggedRequest, DebuggerState } from './debugger-state.ts'
import { lineOf } from './inspect-value.ts'
import { makeReport } from './make-report.ts'
import { answerOwn, ownPath } from './own-pages.ts'
import { originOf, reportResponse } from './report-response.ts'
import { type PanelValues, requestPanels, toPanel } from './request-panels.ts'

/** An application: anything with a fetch handler. */
export interface AnyApp {
  fetch(request: never, env?: unknown, context?: unknown): unknown
  /** The class of requests that the application works with, for gateways that make their requests of it. */
  readonly requestClass?: unknown
  readonly hasWebSockets?: boolean
  startup?(): unknown
  shutdown?(): unknown
}

/** An application with the debugger around it. */
export interface DebuggedApp<App extends AnyApp> {
  fetch(
    request: Parameters<App['fetch']>[0],
    env?: unknown,
    context?: unknown,
  ): ReturnType<App['fetch']> | Response | Promise<Response>
  readonly requestClass: App['requestClass']
  readonly hasWebSockets: boolean
  startup(): unknown
  shutdown(): unknown
}

/** Milliseconds that the framework has to tell what it knows of a request. */
const MAX_PANEL_TIME = 1000

/** Puts the debugger around an application. */
export function debuggedApp<App extends AnyApp>(
  app: App,
  about: AppKnowledge,
  state: DebuggerState,
): DebuggedApp<App> {
  const fetch = (request: DebuggedRequest, env?: unknown, context?: unknown): unknown => {
    const path = ownPath(request, state)
    if (path !== null) return answerOwn(request, path, state)
    return runRequest({}, () => {
      try {
        const answer = app.fetch(request as never, env, context)
        if (!isPromise(answer)) return answer
        return answer.then(undefined, (error: unknown) => showError(error, request, about, state))
      } catch (error) {
        return showError(error, request, about, state)
      }
    })
  }
  return {
    fetch,
    requestClass: app.requestClass,
    hasWebSockets: app.hasWebSockets === true,
    startup: () => app.startup?.(),
    shutdown: () => app.shutdown?.(),
  } as unknown as DebuggedApp<App>
}

/** The answer to an error: a page, or what the client can read. Throws it on where nothing may be shown. */
async function showError(
  error: unknown,
  request: DebuggedRequest,
  about: AppKnowledge,
  state: DebuggerState,
): Promise<Response> {
  if (about.ignores?.(error) === true) throw error
  const { access, reason } = decideAccess(request, state.rules)
  if (access === 'nothing') {
    state.write(`The debugger shows nothing of this error to the client. ${reason}\n`)
    throw error
  }
  try {
    const panels = access === 'all' ? await panelsOf(error, request, about) : []
    const setting = { request, panels, reason, about }
    const report = state.quietly(() => makeReport(error, setting, state))
    const link = report.id === null ? null : `${originOf(request)}${state.path}/${report.id}`
    state.write(`${(state.colors ? renderTerminal : renderText)(report, { link })}\n`)
    return reportResponse(report, acceptedForm(request.headers.get('accept')), link, state, 500)
  } catch (failure) {
    // The error of the program counts, not that of its debugger.
    state.write(`The debugger failed on an error. Please report this:\n${stackOf(failure)}\n`)
    throw error
  }
}

function stackOf(failure: unknown): string {
  return failure instanceof Error && typeof failure.stack === 'string' ? failure.stack : lineOf(failure)
}

async function panelsOf(error: unknown, request: DebuggedRequest, about: AppKnowledge): Promise<Panel[]> {
  let own: readonly PanelValues[] = []
  try {
    const told = about.panels?.(request, error) ?? []
    own = (told instanceof Promise ? await soon(told) : told) ?? []
  } catch (failure) {
    own = [{ title: 'Application', values: { 'could not be told': failure } }]
  }
  const isFolded = (panel: PanelValues): boolean => panel.isFolded === true
  const [first, last] = [own.filter((panel) => !isFolded(panel)), own.filter(isFolded)]
  return [...first, ...requestPanels(request), ...last].map(toPanel)
}

async function soon<Value>(pending: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), MAX_PANEL_TIME)
  })
  return Promise.race([pending, late]).finally(() => clearTimeout(timer))
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
