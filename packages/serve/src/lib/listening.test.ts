import { describe, expect, it } from 'vitest'
import { serverUrl } from './listening.ts'

describe('the URL of a server', () => {
  it.each<[hostname: string, port: number, scheme: 'http' | 'https', url: string]>([
    ['127.0.0.1', 5000, 'http', 'http://127.0.0.1:5000'],
    ['localhost', 80, 'http', 'http://localhost'],
    ['localhost', 443, 'https', 'https://localhost'],
    ['localhost', 443, 'http', 'http://localhost:443'],
    ['0.0.0.0', 5000, 'http', 'http://127.0.0.1:5000'],
    ['::', 5000, 'http', 'http://[::1]:5000'],
    ['fe80::1%eth0', 5000, 'http', 'http://[fe80::1%25eth0]:5000'],
  ])('for %s:%i over %s', (hostname, port, scheme, url) => {
    expect(serverUrl({ scheme, hostname, port })).toBe(url)
  })
})
