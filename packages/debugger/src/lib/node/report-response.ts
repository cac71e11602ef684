import { randomBytes } from 'node:crypto'
import type { ReportForm } from '../accepted-form.ts'
import { editorLink } from '../editor.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { pagePolicy, renderPage } from '../render/page.ts'
import { renderText } from '../render/text.ts'
import type { ErrorReport } from '../report.ts'
import { readAsset } from './assets.ts'
import type { DebuggedRequest, DebuggerState } from './debugger-state.ts'

/** A report in a form. */
export function reportResponse(
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

/** Where the client reached the server. */
export function originOf({ url, headers }: DebuggedRequest): string {
  return `${/^[a-z]+/i.exec(url)?.[0] ?? 'http'}://${headers.get('host') ?? 'localhost'}`
}

/** An answer in JSON. */
export function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return respond(status, 'application/json', JSON.stringify(body), headers)
}

/** An answer in one line of text. */
export function text(status: number, body: string): Response {
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
