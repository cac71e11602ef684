import { describe, expect, it } from 'vitest'
import { isLoopback, reachableUrls, socketPath } from './host.ts'

describe('hosts', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost', 'LOCALHOST'])('%s is this machine alone', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each(['0.0.0.0', '::', '', '192.168.1.1', '127.0.0.1.example.com', 'example.com'])(
    '%s may be reached by others',
    (host) => {
      expect(isLoopback(host)).toBe(false)
    },
  )

  it('reads the path of a socket', () => {
    expect(socketPath('unix:///tmp/a.sock')).toBe('/tmp/a.sock')
    expect(socketPath('127.0.0.1')).toBeNull()
  })

  it('names the URL of the server, and of all addresses first that of this machine', () => {
    const url = 'http://127.0.0.1:5000'
    expect(reachableUrls({ hostname: '127.0.0.1', port: 5000, url })).toEqual([url])
    const [first, ...others] = reachableUrls({ hostname: '0.0.0.0', port: 5000, url })
    expect(first).toBe(url)
    for (const other of others) expect(other).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:5000$/)
  })
})
