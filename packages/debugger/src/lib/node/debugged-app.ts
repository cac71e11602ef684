import { randomBytes } from 'node:crypto'
import { acceptedForm, type ReportForm } from '../accepted-form.ts'
import { editorLink } from '../editor.ts'
import { decideAccess, refuseCall, refusePage } from '../guard.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { pagePolicy, renderPage } from '../render/page.ts'
import { renderTerminal, renderText } from '../render/text.ts'
import type { ErrorReport, Panel } from '../report.ts'
import { isSecretName } from '../secrets.ts'
import { readAsset } from './assets.ts'
import { buildReport } from './build-report.ts'
import { runRequest } from './current-request.ts'
import { answerCall } from './debugger-calls.ts'
import type { AppKnowledge, DebuggedRequest, DebuggerState } from './debugger-state.ts'
import { lineOf } from './inspect-value.ts'
import { knownHints } from './known-errors.ts'
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
    const path = pathOf(request)
    if (path === state.path || path.startsWith(`${state.path}/`)) return answerOwn(request, path, state)
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
    const report = state.quietly(() => makeReport(error, request, panels, reason, about, state))
    const link = report.id === null ? null : `${originOf(request)}${state.path}/${report.id}`
    state.write(`${(state.colors ? renderTerminal : renderText)(report, { link })}\n`)
    return reportResponse(report, acceptedForm(request.headers.get('accept')), link, state, 500)
  } catch (failure) {
    // The error of the program counts, not that of its debugger.
    state.write(`The debugger failed on an error. Please report this:\n${stackOf(failure)}\n`)
    throw error
  }
}

/** @param reason why the client gets no values; null if it gets them. */
function makeReport(
  error: unknown,
  request: DebuggedRequest,
  panels: readonly Panel[],
  reason: string | null,
  about: AppKnowledge,
  state: DebuggerState,
): ErrorReport {
  const isOpen = reason === null
  const finder = { ...state, templates: about.templates ?? null }
  const parts = buildReport(error, finder, { withVariables: isOpen })
  const report: Omit<ErrorReport, 'id'> = {
    ...parts.report,
    time: new Date().toISOString(),
    request: { method: request.method, url: shownUrl(request, isOpen) },
    panels,
    hints: [...hintsOf(error, request, about), ...knownHints(error)],
    notes: notesOf(reason, state),
    runtime: runtimeName(),
  }
  return isOpen ? state.held.add(report, parts.frames) : { ...report, id: null }
}

function stackOf(failure: unknown): string {
  return failure instanceof Error && typeof failure.stack === 'string' ? failure.stack : lineOf(failure)
}

/** A report in a form. */
function reportResponse(
  report: ErrorReport,
  form: ReportForm,
  link: string | null,
  state: DebuggerState,
  status: number,
): Response {
  if (form === 'json')
    return respond(status, 'application/json', `${JSON.stringify({ ...report, link }, null, 2)}\n`)
  if (form === 'markdown') return respond(status, 'text/markdown; charset=utf-8', renderMarkdown(report))
  if (form === 'text') return respond(status, 'text/plain; charset=utf-8', renderText(report, { link }))
  const nonce = randomBytes(16).toString('base64')
  const page = state.quietly(() =>
    renderPage(report, {
      style: readAsset('page.css'),
      script: readAsset('page.js'),
      nonce,
      path: state.path,
      secret: report.id === null ? null : state.secret,
      editorLink: ({ url, line, column }) =>
        report.id === null ? null : editorLink(state.editor, url, line ?? 1, column ?? 1),
      searchUrl: state.searchUrl,
      asksPin: state.asksPin,
    }),
  )
  return respond(status, 'text/html; charset=utf-8', page, { 'Content-Security-Policy': pagePolicy(nonce) })
}

/** The debugger's own URLs: the page of an error that is kept, and the calls of pages. */
async function answerOwn(request: DebuggedRequest, path: string, state: DebuggerState): Promise<Response> {
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

function originOf({ url, headers }: DebuggedRequest): string {
  return `${/^[a-z]+/i.exec(url)?.[0] ?? 'http'}://${headers.get('host') ?? 'localhost'}`
}

function pathOf(request: DebuggedRequest): string {
  const { rawPath } = request as { rawPath?: unknown }
  return typeof rawPath === 'string' ? rawPath : new URL(request.url).pathname
}

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return respond(status, 'application/json', JSON.stringify(body), headers)
}

function text(status: number, body: string): Response {
  return respond(status, 'text/plain; charset=utf-8', `${body}\n`)
}

function respond(status: number, type: string, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Robots-Tag': 'noindex',
      ...headers,
    },
  })
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
