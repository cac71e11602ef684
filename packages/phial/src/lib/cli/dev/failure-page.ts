import { stripVTControlCharacters } from 'node:util'
import { type Request, Response } from '@phial/http'
import type { FetchApp } from '@phial/http/middleware'
import { escapeToString } from '@phial/markup'
import { isOwnHost } from './own-host.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'"

/**
 * Answers in place of an application that could not be loaded, with what the terminal says.
 *
 * @param hosts names of the server besides `localhost` and addresses; others learn nothing.
 */
export function failurePage(text: string, hosts: readonly string[]): FetchApp {
  const message = stripVTControlCharacters(text).trim()
  return {
    fetch(request: Request) {
      const shown = isOwnHost(request, hosts) ? message : 'The terminal of the server says why.'
      const init = {
        status: 500,
        headers: { 'Cache-Control': 'no-store', 'Content-Security-Policy': POLICY },
      }
      return (request.header('Accept') ?? '').includes('text/html')
        ? new Response(page(shown), { ...init, mimetype: 'text/html' })
        : new Response(`The application cannot be served.\n\n${shown}\n`, { ...init, mimetype: 'text/plain' })
    },
  }
}

function page(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The application cannot be served</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 3rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem }
pre { overflow-x: auto; padding: 1rem; border-left: .25rem solid #c33; background: #8881; font: .9rem/1.5 ui-monospace, monospace }
</style>
<h1>The application cannot be served</h1>
<pre>${escapeToString(message)}</pre>
<p>This page loads again when a file is saved.</p>
`
}
