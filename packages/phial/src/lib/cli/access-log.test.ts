import { describe, expect, it } from 'vitest'
import { accessLine, createAccessLog } from './access-log.ts'
import { createPainter } from './painter.ts'

const plain = createPainter(false)
const record = {
  method: 'GET',
  target: '/',
  httpVersion: '1.1',
  remoteAddr: '127.0.0.1',
  status: 200,
  duration: 1,
  complete: true,
}

describe('accessLine', () => {
  it('is a line in the style of Apache', () => {
    expect(accessLine(record, '31/Dec/2026 23:59:59', plain)).toBe(
      '127.0.0.1 - - [31/Dec/2026 23:59:59] "GET / HTTP/1.1" 200 -',
    )
  })

  it('S23: escapes what would write lines or reach the terminal', () => {
    const line = accessLine({ ...record, target: '/\x1b[31m\n"\\\x9b\x00' }, 'now', plain)
    expect(line).toBe('127.0.0.1 - - [now] "GET /\\x1b[31m\\x0a\\"\\\\\\x9b\\x00 HTTP/1.1" 200 -')
  })

  it('S23: keeps secrets of the query out', () => {
    const target = '/a?token=abc&x=1&PASSWORD=p&q=token&access_token&code='
    expect(accessLine({ ...record, target }, 'now', plain)).toContain(
      '"GET /a?token=***&x=1&PASSWORD=***&q=token&access_token&code=*** HTTP/1.1"',
    )
  })

  it('tells of answers that were cut off and of clients without an address', () => {
    expect(accessLine({ ...record, complete: false, remoteAddr: null }, 'now', plain)).toBe(
      '- - - [now] "GET / HTTP/1.1" 200 - (not sent whole)',
    )
  })

  it.each([
    [200, ''],
    [304, '\x1b[36m'],
    [308, '\x1b[32m'],
    [404, '\x1b[33m'],
    [400, '\x1b[1m\x1b[31m'],
    [500, '\x1b[1m\x1b[35m'],
  ])('colours %d', (status, start) => {
    expect(accessLine({ ...record, status }, 'now', createPainter(true))).toContain(`[now] ${start}"GET`)
  })
})

describe('createAccessLog', () => {
  it('writes the lines of one turn together', async () => {
    const written: string[] = []
    const log = createAccessLog(
      (text) => written.push(text),
      plain,
      () => new Date(2026, 0, 2, 3, 4, 5),
    )
    log.record(record)
    log.record({ ...record, status: 404 })
    expect(written).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    const head = '127.0.0.1 - - [02/Jan/2026 03:04:05] "GET / HTTP/1.1"'
    expect(written).toEqual([`${head} 200 -\n${head} 404 -\n`])
    log.record(record)
    log.flush()
    expect(written).toHaveLength(2)
    log.flush()
    expect(written).toHaveLength(2)
  })
})
