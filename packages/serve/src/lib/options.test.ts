import { describe, expect, it } from 'vitest'
import { serve } from '../index.ts'

const app = { fetch: () => new Response('x') }

describe('serve', () => {
  it.each<[name: string, options: Record<string, unknown>, message: RegExp]>([
    [
      'a port that is text',
      { port: '5000' },
      /port must be a whole number from 0 to 65535, got string "5000"/,
    ],
    ['a port that is too large', { port: 65536 }, /port .* got 65536/],
    ['a port with a fraction', { port: 1.5 }, /port .* got 1\.5/],
    ['a limit that is NaN', { limits: { maxHeaderCount: Number.NaN } }, /limits\.maxHeaderCount .* got NaN/],
    ['a limit below 1', { limits: { maxTargetBytes: 0 } }, /limits\.maxTargetBytes .* got 0/],
    ['a negative limit', { limits: { maxHeaderBytes: -1 } }, /limits\.maxHeaderBytes .* got -1/],
    [
      'an infinite limit',
      { limits: { maxHeaderLineBytes: Infinity } },
      /limits\.maxHeaderLineBytes .* got Infinity/,
    ],
    [
      'a limit that is text',
      { limits: { maxConnections: '10' } },
      /limits\.maxConnections .* got string "10"/,
    ],
    ['a limit that there is not', { limits: { maxHeaders: 1 } }, /limits has no member "maxHeaders"/],
    ['a timeout of 0', { timeouts: { headers: 0 } }, /timeouts\.headers .* got 0/],
    ['a timeout that is NaN', { timeouts: { request: Number.NaN } }, /timeouts\.request .* got NaN/],
    ['an infinite timeout', { timeouts: { keepAlive: Infinity } }, /timeouts\.keepAlive .* got Infinity/],
    ['a timeout that is text', { timeouts: { idle: '5s' } }, /timeouts\.idle .* got string "5s"/],
    ['a timeout that there is not', { timeouts: { keepalive: 5 } }, /timeouts has no member "keepalive"/],
    [
      'a head that may take longer than the request',
      { timeouts: { headers: 10, request: 5 } },
      /must not be above/,
    ],
    ['a grace that is negative', { grace: -1 }, /grace .* got -1/],
  ])('refuses %s', async (_name, options, message) => {
    await expect(serve(app, { port: 0, ...options })).rejects.toThrow(message)
  })

  it.each([[undefined], [null], [{}], ['app'], [{ fetch: 1 }]])('refuses the application %j', async (bad) => {
    await expect(serve(bad as never, { port: 0 })).rejects.toThrow(
      /An application is an object with a method fetch\(request\)/,
    )
  })
})
