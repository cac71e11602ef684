import { acceptedForm } from '../accepted-form.ts'
import { decideAccess } from '../guard.ts'
import type { ErrorReport, Hint } from '../report.ts'
import type { ErrorPlace } from './build-report.ts'
import type { AnyApp, DebuggedApp } from './debugged-app.ts'
import type { DebuggedRequest, DebuggerState } from './debugger-state.ts'
import { makeReport } from './make-report.ts'
import { answerOwn, ownPath } from './own-pages.ts'
import { originOf, reportResponse } from './report-response.ts'

/** What is known of an error beside itself. */
export interface ErrorNotes {
  readonly hints?: readonly Hint[]
  /** Whether these say all there is to say, so that what is known of such errors in general is left out. Default false. */
  readonly isExplained?: boolean
  /** Where it is in the source, for errors whose stack does not say so, such as those of syntax. */
  readonly place?: ErrorPlace | null
}

/**
 * Shows one error to whoever asks for anything, for an application that could not be loaded.
 *
 * @param otherwise what answers where nothing may be shown.
 */
export function errorApp<App extends AnyApp>(
  error: unknown,
  otherwise: App,
  notes: ErrorNotes,
  state: DebuggerState,
): DebuggedApp<App> {
  // Its frames are taken with the first report; all requests show that one.
  let held: ErrorReport | null = null
  const fetch = (request: DebuggedRequest, env?: unknown, context?: unknown): unknown => {
    const path = ownPath(request, state)
    if (path !== null) return answerOwn(request, path, state)
    const { access, reason } = decideAccess(request, state.rules)
    if (access === 'nothing') return otherwise.fetch(request as never, env, context)
    const make = (): ErrorReport =>
      state.quietly(() =>
        makeReport(error, { request: null, panels: [], reason, about: {}, ...notes }, state),
      )
    const report = access === 'all' ? (held ??= make()) : make()
    const link = report.id === null ? null : `${originOf(request)}${state.path}/${report.id}`
    return reportResponse(report, acceptedForm(request.headers.get('accept')), link, state, 500)
  }
  return {
    fetch,
    requestClass: otherwise.requestClass,
    hasWebSockets: false,
    startup: () => undefined,
    shutdown: () => undefined,
  } as unknown as DebuggedApp<App>
}
