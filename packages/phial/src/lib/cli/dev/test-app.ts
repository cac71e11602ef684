import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { isSecretName } from '@phial/debugger'
import { type Request, Response } from '@phial/http'
import { html, type Markup } from '@phial/markup'
import { versionText } from '../version.ts'

/**
 * An application that shows in what it runs: the runtime, the packages of the project, the request as it arrived. It
 * tells whether a server, a proxy or a container is set up as was thought; it is not for the public.
 *
 * ```ts
 * await runSimple('localhost', 5000, testApp)
 * ```
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/ (`werkzeug.testapp`)
 */
export const testApp: { fetch(request: Request): Response } = {
  fetch(request) {
    const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Phial's test application</title><style>${STYLE}</style></head><body>
<h1>It works</h1>
<p>This page shows what the application runs in. Values that are secrets by their names are hidden.</p>
${table('Runtime', runtimeRows())}
${table('Request', requestRows(request))}
${table(
  'Headers',
  Array.from(request.headers, ([name, value]) => [name, hidden(name, value)]),
)}
${table('Packages', packageRows(process.cwd()))}
</body></html>
`
    return new Response(page.toString(), {
      contentType: 'text/html; charset=utf-8',
      headers: { 'Cache-Control': 'no-store' },
    })
  },
}

type Row = readonly [name: string, value: string]

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;' +
  'border-top:1px solid #8884}th{width:14rem;font-weight:500}td{font-family:ui-monospace,monospace;overflow-wrap:anywhere}'

function table(title: string, rows: readonly Row[]): Markup {
  if (rows.length === 0) return html``
  return html`<h2>${title}</h2>
<table>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table>`
}

function runtimeRows(): Row[] {
  return [
    ['Versions', versionText().trim().replace('\n', ', ')],
    ['Program', process.execPath],
    ['Options', process.execArgv.join(' ') || 'none'],
    ['System', `${process.platform} ${process.arch}`],
    ['Processors, memory', `${availableParallelism()}, ${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['Folder', process.cwd()],
    ['NODE_ENV', process.env['NODE_ENV'] ?? 'not set'],
  ]
}

function requestRows(request: Request): Row[] {
  return [
    ['Method', request.method],
    ['URL', request.url],
    ['Path', request.rawPath],
    ['Client', request.remoteAddr ?? 'unknown'],
    ['Scheme', request.scheme],
    ...Array.from(request.args.entries(), ([name, value]): Row => [`?${name}`, hidden(name, value)]),
  ]
}

function hidden(name: string, value: string): string {
  return isSecretName(name) ? '••••••' : value
}

/** The packages that the project names, with the versions that are installed. */
function packageRows(folder: string): Row[] {
  const file = join(folder, 'package.json')
  const { dependencies = {}, devDependencies = {} } = readJson(file)
  const require = createRequire(file)
  return Object.keys({ ...dependencies, ...devDependencies }).map((name): Row => {
    const found = require.resolve.paths(name)?.map((place) => readJson(join(place, name, 'package.json')))
    return [name, found?.find(({ version }) => version !== undefined)?.version ?? 'not installed']
  })
}

interface PackageFile {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function readJson(file: string): PackageFile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PackageFile
  } catch {
    return {}
  }
}
