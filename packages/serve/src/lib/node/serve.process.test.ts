import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import { connect, createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Response } from '@phial/http'
import { afterAll, describe, expect, it } from 'vitest'
import { exchange, until } from '../../../test/raw-client.ts'
import { testServer } from '../../../test/test-server.ts'
import { type AccessRecord, ListenError, nodeListener, serve } from '../../index.ts'

const GET = 'GET /page HTTP/1.1\r\nHost: a.test\r\n\r\n'
const app = { fetch: () => new Response('hello') }
const directory = mkdtempSync(join(tmpdir(), 'phial-serve-'))
afterAll(() => rmSync(directory, { recursive: true }))

describe('a server', () => {
  it('says where it listens', async () => {
    const server = await serve(app, { port: 0 })
    expect(server.port).toBeGreaterThan(0)
    expect(server.hostname).toBe('127.0.0.1')
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect(await (await fetch(server.url)).text()).toBe('hello')
    await server.close({ grace: 0 })
    await server.closed
    expect(server.node.listening).toBe(false)
  })

  it('tells the application before it listens and when it has stopped', async () => {
    const seen: string[] = []
    const told = {
      ...app,
      startup: async () => {
        await Promise.resolve()
        seen.push('startup')
      },
      shutdown: async () => {
        await Promise.resolve()
        seen.push('shutdown')
      },
    }
    const server = await serve(told, { port: 0 })
    expect(seen).toEqual(['startup'])
    await expect(serve(told, { port: server.port! })).rejects.toThrow(ListenError)
    expect(seen).toEqual(['startup', 'startup', 'shutdown'])
    await server.close({ grace: 0 })
    expect(seen.slice(3)).toEqual(['shutdown'])
    const broken = { ...app, startup: () => Promise.reject(new Error('no database')) }
    await expect(serve(broken, { port: 0 })).rejects.toThrow('no database')
  })

  it('tells the application who asks', async () => {
    await using site = await testServer((request) =>
      Response.json({
        peer: request.remoteAddr,
        server: request.server,
        scheme: request.scheme,
        url: request.url,
      }),
    )
    expect(await (await fetch(`${site.server.url}/a?b`)).json()).toEqual({
      peer: '127.0.0.1',
      server: ['127.0.0.1', site.port],
      scheme: 'http',
      url: `${site.server.url}/a?b`,
    })
  })

  it('listens on a Unix socket, and takes over one that was left behind', async () => {
    const path = join(directory, 'app.sock')
    const left = spawnSync(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ])
    expect(left.signal).toBe('SIGKILL')
    expect(existsSync(path)).toBe(true)
    const server = await serve(app, { path })
    expect([server.url, server.port]).toEqual([`unix:${path}`, null])
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest({ socketPath: path }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve)
      })
        .on('error', reject)
        .end()
    })
    expect(text).toBe('hello')
    await expect(serve(app, { path })).rejects.toThrow(/another process uses this socket/)
    await server.close({ grace: 0 })
  })

  it('works as a listener of a server made by hand', async () => {
    const server = createServer(nodeListener(app)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const { responses } = await exchange(port, GET + GET)
    expect(responses.map((response) => response.body)).toEqual(['hello', 'hello'])
    server.close()
    server.closeAllConnections()
  })

  it('reports every answer', async () => {
    const records: AccessRecord[] = []
    await using site = await testServer(
      async (request) => new Response(await request.text(), { status: 201 }),
      {
        onAnswer: (record) => records.push(record),
      },
    )
    await fetch(`${site.server.url}/a?b`, { method: 'POST', body: 'x' })
    await until(() => records.length === 1)
    expect(records[0]).toMatchObject({
      method: 'POST',
      target: '/a?b',
      httpVersion: '1.1',
      remoteAddr: '127.0.0.1',
      status: 201,
      complete: true,
    })
    expect(records[0]!.duration).toBeGreaterThanOrEqual(0)
  })

  it('refuses connections over the limit with 503 (L23)', async () => {
    await using site = await testServer(app.fetch, { limits: { maxConnections: 1 } })
    const first = connect(site.port, '127.0.0.1', () => first.write(GET))
    await once(first, 'data')
    const { responses, closed } = await exchange(site.port, '')
    expect(responses.map((response) => [response.status, response.headers.get('retry-after')])).toEqual([
      [503, '1'],
    ])
    expect(closed).toBe(true)
    first.destroy()
    await until(() => first.destroyed)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await exchange(site.port, GET)).responses[0]!.status).toBe(200)
  })
})

describe.concurrent('a slow client (L22, R01)', () => {
  it('is refused when its headers take too long, and others are not kept waiting', async () => {
    await using site = await testServer(app.fetch, { timeouts: { headers: 0.3, request: 0.6 } })
    const slow = Array.from({ length: 50 }, () =>
      exchange(site.port, 'GET / HTTP/1.1\r\nHost: a.test\r\nX: ', { quiet: 2000 }),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    const start = performance.now()
    expect(
      (await exchange(site.port, GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))).responses[0]!
        .status,
    ).toBe(200)
    expect(performance.now() - start).toBeLessThan(200)
    for (const { responses, closed } of await Promise.all(slow)) {
      expect({ codes: responses.map((response) => response.status), closed }).toEqual({
        codes: [408],
        closed: true,
      })
    }
  })

  it('is refused when its body takes too long', async () => {
    await using site = await testServer(async (request) => new Response(await request.text()), {
      timeouts: { headers: 0.3, request: 0.4 },
    })
    const { responses, closed } = await exchange(
      site.port,
      'POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nabc',
      { quiet: 2000 },
    )
    expect({ codes: responses.map((response) => response.status), closed }).toEqual({
      codes: [408],
      closed: true,
    })
  })

  it('loses a connection that it does not use', async () => {
    await using site = await testServer(app.fetch, { timeouts: { keepAlive: 0.2 } })
    const { responses, closed } = await exchange(site.port, GET, { quiet: 3000 })
    expect([responses.length, closed]).toEqual([1, true])
  })

  it('tells how long a connection may wait', async () => {
    await using site = await testServer(app.fetch, { timeouts: { keepAlive: 7 } })
    const { responses } = await exchange(site.port, GET)
    expect(responses[0]!.headers.get('keep-alive')).toBe('timeout=7')
  })

  it('keeps a connection whose answer takes its time, or whose requests come one after the other', async () => {
    const slow = async (): Promise<Response> => {
      await sleep(500)
      return new Response('late')
    }
    await using site = await testServer(slow, { timeouts: { keepAlive: 0.3 } })
    const socket = connect(site.port, '127.0.0.1')
    const answer = async (): Promise<string> => String((await once(socket, 'data'))[0])
    for (let i = 0; i < 3; i++) {
      socket.write(GET)
      expect(await answer()).toMatch(/late$/)
      await sleep(100)
    }
    const start = performance.now()
    await once(socket, 'close')
    expect(performance.now() - start).toBeGreaterThan(150)
  })

  it.each([-3_600_000, 3_600_000])('R16: does not feel a clock that jumps by %d ms', async (jump) => {
    await using site = await testServer(app.fetch, { timeouts: { keepAlive: 0.6 } })
    const socket = connect(site.port, '127.0.0.1')
    socket.write(GET)
    await once(socket, 'data')
    const now = Date.now
    Date.now = () => now() + jump
    try {
      await sleep(300)
      socket.write(GET)
      expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /)
      const start = performance.now()
      await once(socket, 'close')
      expect(performance.now() - start).toBeLessThan(3000)
    } finally {
      Date.now = now
    }
  })

  it('waits longer for a request whose head is arriving', async () => {
    await using site = await testServer(app.fetch, { timeouts: { keepAlive: 0.3 } })
    const socket = connect(site.port, '127.0.0.1')
    socket.write(GET)
    await once(socket, 'data')
    // One piece after the other, for longer than the connection may wait.
    for (const piece of GET.match(/.{1,4}/gs)!.slice(0, 6)) {
      socket.write(piece)
      await sleep(100)
    }
    socket.write(GET.slice(24))
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /)
    socket.destroy()
  })
})

describe.concurrent('an address that cannot be used (R18)', () => {
  it('is in use', async () => {
    const other = createNetServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const error = await serve(app, { port }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ListenError)
    expect(error).toMatchObject({ code: 'EADDRINUSE' })
    expect((error as Error).message).toBe(
      `Cannot listen on 127.0.0.1:${port}: port ${port} is in use by another program. Stop that program or choose another port (0 takes a free one).`,
    )
    expect((error as Error).cause).toBeInstanceOf(Error)
    other.close()
  })

  it.each<[hostname: string, message: RegExp]>([
    ['192.0.2.1', /192\.0\.2\.1 is no address of this machine/],
    ['no-such-host.invalid', /the name "no-such-host\.invalid" has no address|the system says/],
  ])('is %s', async (hostname, message) => {
    await expect(serve(app, { hostname, port: 0 })).rejects.toThrow(message)
  })

  it('is a socket in a directory that does not exist', async () => {
    const path = join(directory, 'none', 'app.sock')
    await expect(serve(app, { path })).rejects.toBeInstanceOf(ListenError)
  })
})

describe.concurrent('a server that closes (R10)', () => {
  it('answers what is under way, ends connections with it, and takes no new ones', async () => {
    let release = (): void => undefined
    const site = await testServer(
      () =>
        new Promise((resolve) => {
          release = () => resolve(new Response('done'))
        }),
    )
    const idle = once(connect(site.port, '127.0.0.1'), 'close')
    const answer = exchange(site.port, GET, { quiet: 2000 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closing = site.server.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const refused = connect(site.port, '127.0.0.1')
    const [error] = await once(refused, 'error')
    expect((error as { code?: string }).code).toBe('ECONNREFUSED')
    await idle
    release()
    const { responses, closed } = await answer
    expect(responses.map((response) => [response.body, response.headers.get('connection')])).toEqual([
      ['done', 'close'],
    ])
    expect(closed).toBe(true)
    await closing
    await site.server.closed
  })

  it('aborts and cuts what is not done in time', async () => {
    let aborted: unknown = null
    const site = await testServer(
      (request) =>
        new Promise(() => {
          request.signal.addEventListener('abort', () => {
            aborted = request.signal.reason
          })
        }),
    )
    const answer = exchange(site.port, GET, { quiet: 2000 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const start = performance.now()
    await site.server.close({ grace: 0.1 })
    expect(performance.now() - start).toBeLessThan(1000)
    expect(await answer).toMatchObject({ responses: [], closed: true })
    expect((aborted as Error).message).toBe('The server is closing.')
  })

  it('ends a connection after a streamed answer that began before', async () => {
    let release = (): void => undefined
    const site = await testServer(
      () =>
        new Response(
          (async function* () {
            yield 'a'
            await new Promise<void>((resolve) => {
              release = resolve
            })
            yield 'b'
          })(),
        ),
    )
    const answer = exchange(site.port, GET, { quiet: 2000 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closing = site.server.close()
    release()
    expect((await answer).responses).toMatchObject([{ body: 'ab', complete: true }])
    const start = performance.now()
    await closing
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('closes by a signal of the caller', async () => {
    const controller = new AbortController()
    const server = await serve(app, { port: 0, signal: controller.signal })
    controller.abort()
    await server.closed
    await expect(serve(app, { port: 0, signal: controller.signal })).rejects.toThrow()
  })

  it('loses no request under load', async () => {
    const site = await testServer(app.fetch)
    let stopped = false
    const outcomes: string[] = []
    const clients = Array.from({ length: 8 }, async () => {
      while (!stopped) {
        outcomes.push(
          await fetch(`${site.server.url}/`).then(
            (answer) => answer.text(),
            (error: Error) => String(error.cause),
          ),
        )
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const closing = site.server.close()
    await closing
    stopped = true
    await Promise.all(clients)
    const bad = outcomes.filter((outcome) => outcome !== 'hello' && !outcome.includes('ECONNREFUSED'))
    // A client may have chosen an idle connection in the moment in which it was closed; nothing was begun on it.
    expect(
      bad.filter((outcome) => !outcome.includes('other side closed') && !outcome.includes('ECONNRESET')),
    ).toEqual([])
    expect(outcomes.filter((outcome) => outcome === 'hello').length).toBeGreaterThan(10)
  })
})

describe('a process with `signals: true` (R10)', () => {
  const program = join(directory, 'program.mts')
  const source = (entry: string): string => `
    import { serve } from ${JSON.stringify(entry)}
    const server = await serve({ fetch: () => new Promise(() => {}) }, { port: 0, signals: true, grace: 30 })
    console.log(server.port)
  `

  async function start(): Promise<{ child: ReturnType<typeof spawn>; port: number }> {
    writeFileSync(program, source(new URL('../../index.ts', import.meta.url).href))
    const child = spawn(
      process.execPath,
      ['--conditions=phial-source', '--import', import.meta.resolve('tsx'), program],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = await once(child.stdout!, 'data')
    return { child, port: Number(String(line)) }
  }

  it('ends at SIGTERM with 0 when nothing is under way', async () => {
    const { child } = await start()
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('ends at once at the second signal', async () => {
    const { child, port } = await start()
    const socket = connect(port, '127.0.0.1', () => socket.write(GET))
    socket.on('error', () => undefined)
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(child.exitCode).toBe(null)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([130, null])
  })
})
