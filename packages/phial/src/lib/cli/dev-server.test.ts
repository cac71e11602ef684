import { Request as ServerRequest, Response as ServerResponse } from '@phial/http'
import type { AccessRecord } from '@phial/serve'
import { describe, expect, it } from 'vitest'
import { DevServer } from './dev-server.ts'
import { createPainter } from './painter.ts'
import type { ServedApp } from './served-app.ts'

const RECORD: AccessRecord = {
  method: 'GET',
  target: '/a',
  httpVersion: '1.1',
  remoteAddr: '127.0.0.1',
  status: 200,
  duration: 1,
  complete: true,
}

/** A server of a class, and what it has written. */
function serve(serverClass: typeof DevServer, app: ServedApp): { site: DevServer; lines(): string[] } {
  let out = ''
  const site = new serverClass(app, {
    write: (text) => {
      out += text
    },
    painter: createPainter(false),
  })
  const lines = (): string[] => {
    site.flush()
    return out.split('\n').slice(0, -1)
  }
  return { site, lines }
}

const hello: ServedApp = { fetch: () => new ServerResponse('hello') }
const request = (): ServerRequest => ServerRequest.from(new Request('http://localhost/a'))

describe('DEV-01 a server class of one’s own', () => {
  it('names clients in the log, and leaves lines out', () => {
    class Quiet extends DevServer {
      override addressString({ remoteAddr }: AccessRecord): string {
        return `[${remoteAddr}]`
      }

      override logRequest(record: AccessRecord): void {
        if (record.status !== 304) super.logRequest(record)
      }
    }
    const { site, lines } = serve(Quiet, hello)
    site.logRequest(RECORD)
    site.logRequest({ ...RECORD, status: 304 })
    expect(lines()).toEqual([
      expect.stringMatching(/^\[127\.0\.0\.1\] - - \[.+\] "GET \/a HTTP\/1\.1" 200 -$/),
    ])
  })

  it('changes what the application is given', async () => {
    class Renaming extends DevServer {
      override makeRequest(received: ServerRequest): ServerRequest {
        return ServerRequest.from(new Request(received.url, { headers: { 'X-Server': 'renamed' } }))
      }
    }
    const { site } = serve(Renaming, {
      fetch: (given: ServerRequest) => new ServerResponse(given.headers.get('X-Server')!),
    })
    expect(await (site.fetch(request()) as ServerResponse).text()).toBe('renamed')
  })

  it.each<[string, () => unknown]>([
    ['an answer', () => new ServerResponse('x')],
    ['a promise', () => Promise.resolve(new ServerResponse('x'))],
    ['an answer that cannot be changed', () => Response.redirect('http://localhost/b')],
  ])('says what it is in %s', async (_what, answer) => {
    class Named extends DevServer {
      override readonly serverVersion = 'Shop/1.0'
    }
    const { site } = serve(Named, { fetch: answer as ServedApp['fetch'] })
    const { headers } = (await site.fetch(request())) as Response
    expect(headers.get('Server')).toBe('Shop/1.0')
  })

  it('says nothing of itself by default, and passes answers on as they are', () => {
    const answer = new ServerResponse('x')
    const { site } = serve(DevServer, { fetch: () => answer })
    expect(site.fetch(request())).toBe(answer)
    expect(answer.headers.has('Server')).toBe(false)
  })
})
