import { acceptedForm, type ReportForm } from '../accepted-form.ts'
import { refuseCall, refusePage } from '../guard.ts'
import { answerCall } from './debugger-calls.ts'
import type { DebuggedRequest, DebuggerState } from './debugger-state.ts'
import { json, originOf, reportResponse, text } from './report-response.ts'

/** The path of a request to the debugger itself; null for any other. */
export function ownPath(request: DebuggedRequest, state: DebuggerState): string | null {
  const path = pathOf(request)
  return path === state.path || path.startsWith(`${state.path}/`) ? path : null
}

/** The debugger's own URLs: the page of an error that is kept, and the calls of pages. */
export async function answerOwn(
  request: DebuggedRequest,
  path: string,
  state: DebuggerState,
): Promise<Response> {
  const name = path.slice(state.path.length + 1)
  if (name === '' && request.method === 'POST') {
    const refusal = refuseCall(request, state.rules)
    if (refusal !== null) return json(refusal.status, { error: refusal.message })
    const { status, body, headers } = await answerCall(request, state)
    return json(status, body, headers)
  }
  const refusal = refusePage(request, state.rules)
  if (refusal !== null) return text(refusal.status, refusal.message)
  const id = name === 'last' ? state.held.last : name
  const traceback = id === null ? null : state.held.get(id)
  if (traceback === null)
    return text(404, 'There is no such error, or it is not kept any more. Load the page again that failed.')
  const link = `${originOf(request)}${state.path}/${id}`
  return reportResponse(traceback.report, askedForm(request), link, state, 200)
}

function askedForm(request: DebuggedRequest): ReportForm {
  const asked = /[?&]as=(html|json|markdown|text)(?:&|$)/.exec(request.url)?.[1]
  return (asked as ReportForm | undefined) ?? acceptedForm(request.headers.get('accept'))
}

function pathOf(request: DebuggedRequest): string {
  const { rawPath } = request as { rawPath?: unknown }
  return typeof rawPath === 'string' ? rawPath : new URL(request.url).pathname
}
