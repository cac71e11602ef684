import { once } from 'node:events'
import { type RequestOptions, request } from 'node:https'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { Response } from '@phial/http'
import { describe, expect, it } from 'vitest'
import { hasOpenssl, makeCertificate } from '../../../test/certificates.ts'
import { testServer } from '../../../test/test-server.ts'

describe.runIf(hasOpenssl)('a server with TLS', () => {
  const tls = hasOpenssl ? makeCertificate('localhost') : { key: '', cert: '' }

  /** The text of a page, or the code of the error. */
  function get(port: number, options: RequestOptions = {}): Promise<string> {
    return new Promise((resolve) => {
      request({ port, host: '127.0.0.1', path: '/a', ca: tls.cert, servername: 'localhost', ...options })
        .on('response', (answer) => answer.setEncoding('utf8').on('data', resolve))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? String(error)))
        .end()
    })
  }

  /** Connects and never begins the handshake. */
  function connectOnly(port: number): Socket {
    return connect(port, '127.0.0.1').on('error', () => undefined)
  }

  it('serves HTTPS', async () => {
    await using site = await testServer((asked) => new Response(asked.url), { tls })
    expect(await get(site.port)).toBe(`https://127.0.0.1:${site.port}/a`)
  })

  it('lets nobody in without a certificate that `ca` has signed', async () => {
    const [known, unknown] = [makeCertificate('known'), makeCertificate('unknown')]
    await using site = await testServer(() => new Response('secret'), { tls: { ...tls, ca: known.cert } })
    expect(await get(site.port, known)).toBe('secret')
    expect(await get(site.port)).not.toBe('secret')
    expect(await get(site.port, unknown)).not.toBe('secret')
  })

  it('closes though somebody has not finished the handshake (R10)', async () => {
    const site = await testServer(() => new Response('x'), { tls })
    const silent = connectOnly(site.port)
    const started = connectOnly(site.port)
    // The beginning of a ClientHello.
    started.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]))
    const gone = Promise.all([once(silent, 'close'), once(started, 'close')])
    await sleep(50)
    const start = performance.now()
    await site.server.close({ grace: 0.3 })
    await gone
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('answers what is under way when it closes (R10)', async () => {
    const site = await testServer(() => sleep(300).then(() => new Response('done')), { tls })
    const answer = get(site.port)
    await sleep(100)
    await site.server.close({ grace: 5 })
    expect(await answer).toBe('done')
  })

  it('ends a handshake that takes longer than the headers of a request may (L23)', async () => {
    await using site = await testServer(() => new Response('x'), { tls, timeouts: { headers: 0.2 } })
    const start = performance.now()
    await once(connectOnly(site.port).resume(), 'close')
    expect(performance.now() - start).toBeLessThan(5000)
    expect(await get(site.port)).toBe('x')
  })

  it('bounds the connections that have not finished the handshake (L23)', async () => {
    await using site = await testServer(() => new Response('x'), { tls, limits: { maxConnections: 2 } })
    const waiting = Array.from({ length: 4 }, () => connectOnly(site.port))
    await Promise.all(waiting.map((socket) => once(socket, 'connect')))
    await sleep(50)
    await once(connectOnly(site.port).resume(), 'close')
    for (const socket of waiting) socket.destroy()
    await sleep(50)
    const other = connectTls({ port: site.port, host: '127.0.0.1', ca: tls.cert, servername: 'localhost' })
    await once(other, 'secureConnect')
    expect(await get(site.port)).toBe('x')
    other.destroy()
  })
})
