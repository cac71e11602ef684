import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Phial, request, type ServerSentEvent, sse } from '../index.ts'

function createApp(source: Parameters<typeof sse>[0], options?: Parameters<typeof sse>[1]): Phial {
  const app = new Phial('test', { staticFolder: null })
  app.get('/', () => sse(source, options))
  return app
}

/** The events as they are sent. */
async function textOf(...events: (ServerSentEvent | string)[]): Promise<string> {
  const app = createApp(async function* () {
    yield* events
  })
  return (await app.testClient().get('/')).text
}

describe('server-sent events', () => {
  it.each<[ServerSentEvent | string, string]>([
    ['hello', 'data: hello\n\n'],
    [{ data: { n: 1 } }, 'data: {"n":1}\n\n'],
    [{ data: '', event: 'ping', id: 7, retry: 100.5 }, 'event: ping\nid: 7\nretry: 100\ndata: \n\n'],
    ['two\nlines', 'data: two\ndata: lines\n\n'],
  ])('of %j are written as %j', async (event, text) => {
    expect(await textOf(event)).toBe(text)
  })

  it('S94: cannot be broken by what they hold', async () => {
    expect(await textOf('a\rdata: b\r\nevent: c\n\nid: 1')).toBe(
      'data: a\ndata: data: b\ndata: event: c\ndata: \ndata: id: 1\n\n',
    )
    for (const bad of ['x\ndata: y', 'x\ry', 'x\0']) {
      await expect(textOf({ data: '', event: bad })).rejects.toThrow(
        /The event of a server-sent event is one line/,
      )
      await expect(textOf({ data: '', id: bad })).rejects.toThrow(/The id of a server-sent event is one line/)
    }
  })

  it('come as a stream that nobody keeps, and begin where the browser stopped', async () => {
    const app = createApp(async function* ({ lastEventId }) {
      await sleep(1)
      yield `${request.path} after ${lastEventId}`
    })
    const response = await app.testClient().get('/', { headers: { 'Last-Event-ID': '41' } })
    expect([response.text, response.contentType, response.headers.get('Cache-Control')]).toEqual([
      'data: / after 41\n\n',
      'text/event-stream',
      'no-cache',
    ])
  })

  it('keep the connection busy while nothing happens', async () => {
    const app = createApp(
      async function* () {
        await sleep(50)
        yield 'late'
      },
      { heartbeat: 0.02 },
    )
    const { text } = await app.testClient().get('/')
    expect(text).toMatch(/^(?:: still here\n\n)+data: late\n\n$/)
  })

  it('R03: end when the client leaves', async () => {
    const seen: string[] = []
    const app = createApp(async function* () {
      try {
        for (;;) {
          yield 'x'
          await sleep(1)
        }
      } finally {
        seen.push('ended')
      }
    })
    const response = await app.fetch(new globalThis.Request('http://localhost/'))
    const reader = response.body!.getReader()
    await reader.read()
    await reader.cancel()
    expect(seen).toEqual(['ended'])
  })
})
