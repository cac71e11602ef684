import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { exchange } from '../../../test/raw-client.ts'
import { Outgoing } from './outgoing.ts'

const GET = 'GET / HTTP/1.1\r\nHost: a.test\r\n\r\n'

describe('Outgoing', () => {
  it('ends with a text in one write, and is needed where Node takes two', async () => {
    const written: number[] = []
    let turn = 0
    const server = createServer({ ServerResponse: Outgoing }, (incoming, outgoing) => {
      const write = vi.spyOn(incoming.socket, 'write')
      outgoing.on('finish', () => void written.push(write.mock.calls.length))
      outgoing.writeHead(200, ['Content-Length', '5'])
      if (turn++ === 0) outgoing.endWith('hello', true)
      else outgoing.end('world')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const responses = [...(await exchange(port, GET)).responses, ...(await exchange(port, GET)).responses]
    await new Promise((resolve) => server.close(resolve))
    expect(responses.map(({ body }) => body)).toEqual(['hello', 'world'])
    expect([written[0], Outgoing.isNeeded()]).toEqual([1, written[1] === 2])
  })

  it('emits what any response emits, once', async () => {
    const seen: string[] = []
    const server = createServer({ ServerResponse: Outgoing }, (_incoming, outgoing) => {
      for (const name of ['prefinish', 'finish', 'close']) outgoing.on(name, () => void seen.push(name))
      outgoing.writeHead(200, ['Content-Length', '1'])
      outgoing.endWith('x', true)
      expect([outgoing.writableEnded, outgoing.headersSent]).toEqual([true, true])
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await exchange(port, GET)
    await new Promise((resolve) => server.close(resolve))
    expect(seen).toEqual(['prefinish', 'finish', 'close'])
  })

  it('would not be used with a Node that ends messages in another way', () => {
    const { end } = ServerResponse.prototype
    try {
      ServerResponse.prototype.end = function (this: ServerResponse) {
        return this
      } as typeof end
      expect(Outgoing.isNeeded()).toBe(false)
    } finally {
      ServerResponse.prototype.end = end
    }
    expect(new Outgoing(new IncomingMessage(new Socket()))).toBeInstanceOf(ServerResponse)
  })
})
