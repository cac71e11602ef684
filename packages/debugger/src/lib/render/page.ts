import { escapeToString, html, Markup } from '@phial/markup'
import type { ErrorReport, Hint, Panel, ReportedError, ReportedFrame } from '../report.ts'
import { renderDetail } from './frame-detail.ts'
import { renderMarkdown } from './markdown.ts'
import { groupFrames, placeText, renderText } from './text.ts'
import { renderTree } from './tree-html.ts'

/** What the page is made with, beside the report. */
export interface PageOptions {
  /** The style sheet and the script, which are part of the page. */
  readonly style: string
  readonly script: string
  /** Allows both, and nothing else, in the page's content security policy. */
  readonly nonce: string
  /** The path under which the page sends its calls. */
  readonly path: string
  /** Known to pages of this process alone; null where there are no consoles. */
  readonly secret: string | null
  /** Gives the link that opens a frame in the editor, or null. */
  readonly editorLink: (frame: ReportedFrame) => string | null
  /** What an address begins with that searches for a text; null for none. */
  readonly searchUrl: string | null
  /** Whether consoles ask for a PIN. */
  readonly asksPin: boolean
}

/** A report as a page of HTML that stands alone. All of it can be read without script. */
export function renderPage(report: ErrorReport, options: PageOptions): string {
  const [main] = report.errors
  const title = main === undefined ? 'Error' : headline(main)
  const data = { id: report.id, secret: options.secret, path: options.path, asksPin: options.asksPin }
  const body = html`${renderTop(report, options)}
<main>
<nav class="frames" aria-label="Frames">${report.errors.map((error) => renderFrameList(error, report.errors.length > 1))}
<p class="switch"><label><input type="checkbox" id="all-frames"> Show library frames</label></p></nav>
<div class="details">${report.errors.map((error) => [...error.frames, ...error.madeAt].map((frame) => renderDetail(frame, options.editorLink(frame))))}</div>
</main>
${renderPanels(report.panels)}
${renderFooter(report)}
${renderHelp()}
<template id="as-text">${renderText(report)}</template>
<template id="as-markdown">${renderMarkdown(report)}</template>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${escapeToString(oneLine(title))}</title>
<link rel="icon" href="data:,"><style nonce="${options.nonce}">${options.style}</style></head>
<body>${body.toString()}
<script type="application/json" id="data">${jsonText(data)}</script><script nonce="${options.nonce}">${options.script}</script></body></html>
`
}

/** Characters from which a message is set smaller. */
const LONG = 110

/** The policy that goes with a page: what is not its own style and script does not load, nobody frames it. */
export function pagePolicy(nonce: string): string {
  return (
    `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  )
}

function renderTop(
  { errors, request, hints, notes, id }: ErrorReport,
  { searchUrl, path }: PageOptions,
): Markup {
  const [main, ...others] = errors
  if (main === undefined) return html``
  const search =
    searchUrl === null ? null : searchUrl + encodeURIComponent(oneLine(headline(main)).slice(0, 200))
  return html`<header class="top">
<p class="kind"><span class="type">${main.type}</span>${request === null ? '' : html` <span class="request"><b>${request.method}</b> ${request.url}</span>`}</p>
<h1${main.message.length > LONG ? new Markup(' class="long"') : ''}>${main.message === '' ? main.type : main.message}</h1>
${main.details.length === 0 ? '' : html`<dl class="facts">${main.details.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value.text}</dd></div>`)}</dl>`}
${others.length === 0 ? '' : html`<ol class="chain">${others.map((error) => html`<li><a href="#f${error.frames[0]?.index ?? ''}"><b>${error.relation}</b> <span class="type">${error.type}</span> ${oneLine(error.message).slice(0, 200)}</a></li>`)}</ol>`}
${hints.map(renderHint)}
${notes.map((note) => html`<p class="note">${note}</p>`)}
<p class="actions"><button type="button" data-copy="as-text">Copy text</button><button type="button" data-copy="as-markdown">Copy Markdown</button>${
    search === null
      ? ''
      : html`<a href="${search}" target="_blank" rel="noreferrer noopener">Search the web</a>`
  }${id === null ? '' : html`<a href="${path}/${id}?as=json">JSON</a>`}<button type="button" data-help>Keys <kbd>?</kbd></button></p>
</header>`
}

function renderHint({ title, text }: Hint): Markup {
  const paragraphs = text.split(/\n\n+/).map((part) => html`<p>${withCode(part)}</p>`)
  return html`<aside class="hint"><h2>${title}</h2>${paragraphs}</aside>`
}

/** Text with what is in backquotes as code. */
function withCode(text: string): Markup[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}

function renderFrameList(error: ReportedError, isOneOfMany: boolean): Markup {
  const { relation, type, message, frames, madeAt } = error
  const head = isOneOfMany
    ? html`<h2>${relation === '' ? 'Thrown' : relation}: <span class="type">${type}</span> <small>${oneLine(message).slice(0, 120)}</small></h2>`
    : html``
  const made = madeAt.length === 0 ? '' : html`<h3>The error object was made at</h3>${renderGroups(madeAt)}`
  const none = frames.length === 0 && madeAt.length === 0 ? html`<p class="none">It has no stack.</p>` : ''
  return html`<section>${head}${renderGroups(frames)}${made}${none}</section>`
}

function renderGroups(frames: readonly ReportedFrame[]): Markup[] {
  return groupFrames(frames).map(({ folded, frames: group }) => {
    const items = group.map(
      (frame) =>
        html`<li><a href="#f${frame.index}" class="${frame.kind}"><b>${frameName(frame)}</b>${frame.isAwaiting ? html`<em title="It waited for the frame above">awaiting</em>` : ''}${frame.kind === 'template' ? html`<em>template</em>` : ''}<span>${placeText(frame)}</span></a></li>`,
    )
    if (folded === null) return html`<ol>${items}</ol>`
    return html`<details class="folded"><summary>${folded}</summary><ol>${items}</ol></details>`
  })
}

export function frameName({ functionName, kind, file }: ReportedFrame): string {
  if (functionName !== null) return functionName
  return kind === 'template' ? (file ?? 'template') : '(anonymous)'
}

function renderPanels(panels: readonly Panel[]): Markup {
  if (panels.length === 0) return html``
  return html`<section class="panels"><h2>Request</h2><div>${panels.map(({ title, rows, isFolded }) => {
    const body =
      rows.length === 0
        ? html`<p class="none">empty</p>`
        : html`<table>${rows.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${renderTree(value, null)}</td></tr>`)}</table>`
    return html`<details class="panel"${isFolded ? '' : new Markup(' open')}><summary>${title}<small>${rows.length}</small></summary>${body}</details>`
  })}</div></section>`
}

function renderFooter({ runtime, time }: ErrorReport): Markup {
  return html`<footer><p>${runtime} · ${time} · shown because the application runs in development mode. Never turn it on where others reach the server.</p></footer>`
}

function renderHelp(): Markup {
  const keys = [
    ['↑ ↓ or k j', 'the frame above, the frame below'],
    ['/ or Enter', 'to the console of the frame'],
    ['Esc', 'out of the console'],
    ['a', 'show or fold the frames of libraries'],
    ['e', 'open the place in the editor'],
    ['c, m', 'copy the error as text, as Markdown'],
    ['s', 'search the web for the message'],
    ['?', 'this list'],
  ]
  const inConsole = [
    ['Enter', 'evaluate; Shift+Enter for a new line'],
    ['↑ ↓', 'what was typed before'],
    ['Tab', 'complete a name'],
    ['Ctrl+L', 'clear'],
  ]
  const list = (rows: string[][]): Markup =>
    html`<dl>${rows.map(([key, text]) => html`<div><dt>${key!}</dt><dd>${text!}</dd></div>`)}</dl>`
  return html`<dialog id="help"><h2>Keys</h2>${list(keys)}<h2>In a console</h2>${list(inConsole)}<form method="dialog"><button>Close</button></form></dialog>`
}

function headline({ type, message }: ReportedError): string {
  return message === '' ? type : `${type}: ${message}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** JSON that no parser of HTML takes for an end of the script. */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
