import { type Request, Response } from '@phial/http'
import { Forbidden, NotFound } from '@phial/http/exceptions'
import type { FetchAnswer, FetchApp } from '@phial/http/middleware'
import { LIVE_CLIENT } from './live-client.ts'
import { isOwnHost, isSameOrigin } from './own-host.ts'

export interface LiveReloadOptions {
  /** Where the script and the events are: a path that nobody can guess. */
  readonly path: string
  /** Which application this is; pages of another one load again. */
  readonly generation: number
  /** Names of the server besides `localhost` and addresses. */
  readonly hosts: readonly string[]
}

/** Makes browsers load pages again. */
export interface LiveReload {
  /** The application with the script in its pages. */
  readonly app: FetchApp
  /** Lets all pages load again. */
  refresh(): void
  /** Ends the connections of all pages. They come back, to whoever serves then. */
  close(): void
}

/** Milliseconds after which a page connects again. */
const RETRY = 20

/** A directive for scripts with a nonce in it, the more special one first. */
const NONCE: readonly RegExp[] = [
  /(?:^|;)\s*script-src-elem\s[^;]*'nonce-([\w+/=-]+)'/i,
  /(?:^|;)\s*script-src\s[^;]*'nonce-([\w+/=-]+)'/i,
  /(?:^|;)\s*default-src\s[^;]*'nonce-([\w+/=-]+)'/i,
]

/** Adds live reload to an application. */
export function withLiveReload(app: FetchApp, options: LiveReloadOptions): LiveReload {
  const { path, generation, hosts } = options
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>()
  let refreshes = 0
  const version = (): string => `${generation}.${refreshes}`
  const say = (page: ReadableStreamDefaultController<Uint8Array>): void =>
    page.enqueue(new TextEncoder().encode(`retry: ${RETRY}\ndata: ${version()}\n\n`))

  const events = (): Response => {
    let page: ReadableStreamDefaultController<Uint8Array>
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        page = controller
        pages.add(page)
        say(page)
      },
      cancel() {
        pages.delete(page)
      },
    })
    return new Response(stream, { contentType: 'text/event-stream', headers: NOT_FOR_OTHERS })
  }
  const ownAnswer = (request: Request): Response => {
    if (!isOwnHost(request, hosts) || !isSameOrigin(request)) return new Forbidden().getResponse() as Response
    switch (request.path.slice(path.length)) {
      case '/events':
        return events()
      case '/client.js':
        return new Response(LIVE_CLIENT, {
          contentType: 'text/javascript; charset=utf-8',
          headers: NOT_FOR_OTHERS,
        })
      default:
        return new NotFound().getResponse() as Response
    }
  }
  const tag = (nonce: string | null): string =>
    `<script src="${path}/client.js" data-version="${version()}"${nonce === null ? '' : ` nonce="${nonce}"`}></script>\n`

  return {
    app: {
      ...(app.requestClass === undefined ? {} : { requestClass: app.requestClass }),
      hasWebSockets: app.hasWebSockets === true,
      startup: () => app.startup?.(),
      shutdown: () => app.shutdown?.(),
      fetch(request) {
        if (request.path.startsWith(`${path}/`)) return ownAnswer(request)
        const answer = app.fetch(request)
        if (!wantsPage(request)) return answer
        return answer instanceof Promise
          ? answer.then((later: FetchAnswer) => addScript(later, tag))
          : addScript(answer as FetchAnswer, tag)
      },
    },
    refresh() {
      refreshes++
      for (const page of pages) say(page)
    },
    close() {
      for (const page of pages) page.close()
      pages.clear()
    },
  }
}

const NOT_FOR_OTHERS = { 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'same-origin' }

/** Whether the answer becomes the page of a window: not a part of one, nothing for a program, no answer to a form. */
function wantsPage(request: Request): boolean {
  if (request.method !== 'GET') return false
  const destination = request.header('Sec-Fetch-Dest')
  if (destination !== null) return destination === 'document' || destination === 'iframe'
  return (
    (request.header('Accept') ?? '').includes('text/html') &&
    request.header('X-Requested-With') === null &&
    request.header('HX-Request') === null
  )
}

/** The answer with the script at its end, if it is a page. Browsers take what follows `</html>` into the body. */
function addScript(answer: FetchAnswer, tag: (nonce: string | null) => string): FetchAnswer {
  if (!(answer instanceof Response)) return addToForeign(answer, tag)
  const { content, headers } = answer
  if (answer.mimetype !== 'text/html' || headers.get('Content-Encoding') || content === null) return answer
  const added = tag(nonceOf(headers.get('Content-Security-Policy')))
  if (typeof content === 'string') answer.content = content + added
  else if (content instanceof Uint8Array) answer.content = Buffer.concat([content, Buffer.from(added)])
  else answer.content = followedBy(content, added)
  // They are about the page without the script.
  for (const name of ['Content-Length', 'ETag', 'Last-Modified', 'Content-Range', 'Accept-Ranges'])
    headers.delete(name)
  return answer
}

/** A response of the runtime's own class, or of another copy of the framework. */
function addToForeign(answer: FetchAnswer, tag: (nonce: string | null) => string): FetchAnswer {
  if (!(answer instanceof globalThis.Response) || answer.body === null) return answer
  const { status, headers, body } = answer
  if (!/^text\/html\b/i.test(headers.get('Content-Type') ?? '') || headers.has('Content-Encoding'))
    return answer
  const init: [string, string][] = []
  for (const [name, value] of headers) {
    if (!/^(?:content-length|etag|last-modified)$/.test(name)) init.push([name, value])
  }
  const added = tag(nonceOf(headers.get('Content-Security-Policy')))
  return new Response(followedBy(body as ReadableStream<Uint8Array>, added), { status, headers: init })
}

type Streamed = Exclude<Response['content'], string | Uint8Array | null>

async function* followedBy(content: Streamed, added: string): AsyncGenerator<string | Uint8Array> {
  yield* content as AsyncIterable<string | Uint8Array>
  yield added
}

function nonceOf(policy: string | null): string | null {
  if (policy === null) return null
  for (const expression of NONCE) {
    const nonce = expression.exec(policy)?.[1]
    if (nonce !== undefined) return nonce
  }
  return null
}
