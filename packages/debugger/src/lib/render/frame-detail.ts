import { html, Markup } from '@phial/markup'
import type { ReportedFrame, Variable } from '../report.ts'
import { highlightLines } from './highlight.ts'
import { placeText } from './text.ts'
import { renderTree } from './tree-html.ts'

/** One frame: where it is, its source, its variables, its console. */
export function renderDetail(frame: ReportedFrame, editorLink: string | null): Markup {
  const { index, kind, functionName, isAwaiting, note, hasConsole } = frame
  const place =
    editorLink === null
      ? html`<span class="place">${placeText(frame)}</span>`
      : html`<a class="place" href="${editorLink}" title="Open in the editor">${placeText(frame)}</a>`
  const badges = [
    isAwaiting ? 'awaiting' : null,
    kind === 'template' ? 'template' : null,
    kind === 'library' ? (frame.package ?? 'library') : null,
  ]
  return html`<article class="frame ${kind}" id="f${index}" data-frame="${index}">
<header><h3>${functionName ?? (kind === 'template' ? frame.file! : '(anonymous)')}</h3>${place}${badges.map((badge) => (badge === null ? '' : html`<em>${badge}</em>`))}</header>
${renderSource(frame)}
${hasConsole ? renderConsole(frame) : ''}${renderVariables(frame.variables)}${note === null ? '' : html`<p class="note">${note}</p>`}
</article>`
}

function renderSource({ source, line, column }: ReportedFrame): Markup {
  if (source === null || line === null) return html`<p class="none">Its source is not at hand.</p>`
  const lines = highlightLines(source, line, column).map((code, offset) => {
    const number = source.start + offset
    const current = number === line ? ' class="current" aria-current="true"' : ''
    return `<span${current}><b>${number}</b>${code || ' '}\n</span>`
  })
  return html`<pre class="source" tabindex="0"><code>${new Markup(lines.join(''))}</code></pre>`
}

function renderConsole({ index, functionName, kind, file }: ReportedFrame): Markup {
  const where = functionName ?? (kind === 'template' ? file : null) ?? 'this frame'
  return html`<div class="console" hidden><div class="log" role="log" aria-live="polite"></div><div class="input"><label for="c${index}">❯</label><textarea id="c${index}" rows="1" spellcheck="false" autocomplete="off" autocapitalize="off" aria-label="Evaluate in ${where}" placeholder="evaluate in ${where}"></textarea></div></div>`
}

function renderVariables(variables: readonly Variable[] | null): Markup {
  if (variables === null) return html``
  if (variables.length === 0) return html`<p class="none">It has no variables.</p>`
  const rows: Markup[] = []
  let scope = ''
  for (const { name, scope: own, value } of variables) {
    if (own !== scope && (own === 'closure' || scope === 'closure')) {
      rows.push(html`<tr class="scope"><th colspan="2">${own}</th></tr>`)
    }
    scope = own
    rows.push(html`<tr><th scope="row">${name}</th><td>${renderTree(value, name)}</td></tr>`)
  }
  return html`<table class="variables"><caption>Variables</caption>${rows}</table>`
}
