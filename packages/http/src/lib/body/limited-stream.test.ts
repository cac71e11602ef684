import { describe, expect, it } from 'vitest'
import { createInputStream, type InputStreamOptions, LimitedStream } from './limited-stream.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

async function* source(...pieces: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece
    yield new TextEncoder().encode(piece)
  }
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let result = ''
  for await (const chunk of chunks) result += text(chunk)
  return result
}

const disconnected = { name: 'ClientDisconnected', code: 400 }
const tooLarge = { name: 'RequestEntityTooLarge', code: 413 }

describe('LimitedStream', () => {
  it('ends at the announced length', async () => {
    expect(await all(new LimitedStream(source('01', '', '2345'), 4))).toBe('0123')
    expect(text(await new LimitedStream(source('0123'), 4).readAll())).toBe('0123')
    expect(text(await new LimitedStream(source('0123'), 0).readAll())).toBe('')
  })

  it('reads pieces of at most the size asked for', async () => {
    const stream = new LimitedStream(source('012', '345'), 5)
    const pieces: string[] = []
    for (const size of [2, 2, 0, 9, 1]) pieces.push(text(await stream.read(size)))
    expect(pieces).toEqual(['01', '2', '', '34', ''])
    expect([stream.position, stream.isExhausted]).toEqual([5, true])
    expect(await stream.readAll()).toHaveLength(0)
  })

  it('tells that the client went away before the announced length', async () => {
    await expect(all(new LimitedStream(source('01'), 4))).rejects.toMatchObject(disconnected)
    await expect(new LimitedStream(source('01'), 4).read()).rejects.toMatchObject(disconnected)
    const reset = new Error('reset')
    for (const isMax of [false, true]) {
      const stream = new LimitedStream(source('01', reset), 4, { isMax })
      await expect(all(stream)).rejects.toMatchObject({ ...disconnected, cause: reset })
    }
  })

  it('takes a body up to a maximum, and not a byte more', async () => {
    const read = (...pieces: string[]): Promise<string> =>
      all(new LimitedStream(source(...pieces), 4, { isMax: true }))
    expect(await read()).toBe('')
    expect(await read('01')).toBe('01')
    expect(await read('01', '23', '')).toBe('0123')
    await expect(read('01', '23', '4')).rejects.toMatchObject(tooLarge)
    await expect(read('01234')).rejects.toMatchObject(tooLarge)
  })

  it('gives all up to a maximum with one read, and an error with the next', async () => {
    const stream = new LimitedStream(source('01234'), 4, { isMax: true })
    expect(text(await stream.read())).toBe('0123')
    await expect(stream.read()).rejects.toMatchObject(tooLarge)
    await expect(stream.read(1)).rejects.toMatchObject(tooLarge)
  })

  it('can be told to do otherwise', async () => {
    class Lenient extends LimitedStream {
      protected override onDisconnect(): void {}
    }
    expect(await all(new Lenient(source('01', new Error('reset')), 4))).toBe('01')
  })

  it('ends its source', async () => {
    const inner = source('01', '23')
    for await (const chunk of new LimitedStream(inner, 9)) {
      expect(chunk).toHaveLength(2)
      break
    }
    expect(await inner.next()).toEqual({ done: true, value: undefined })
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('takes no limit of %s', (limit) => {
    expect(() => new LimitedStream(source(), limit)).toThrow(RangeError)
  })
})

describe('createInputStream', () => {
  const read = async (options: Partial<InputStreamOptions>): Promise<string> =>
    all(createInputStream(source('01234', '56789'), { contentLength: null, terminated: false, ...options }))

  it.each<[Partial<InputStreamOptions>, string]>([
    [{}, ''],
    [{ safeFallback: false }, '0123456789'],
    [{ contentLength: 0 }, ''],
    [{ contentLength: 3 }, '012'],
    [{ contentLength: 10, maxContentLength: 10 }, '0123456789'],
    [{ terminated: true }, '0123456789'],
    [{ terminated: true, contentLength: 3 }, '0123456789'],
    [{ terminated: true, maxContentLength: 10 }, '0123456789'],
    [{ maxContentLength: 5 }, ''],
  ])('%j gives %j', async (options, expected) => {
    expect(await read(options)).toBe(expected)
  })

  it('refuses a body that is too large, announced or not (L03)', async () => {
    expect(() =>
      createInputStream(source(), { contentLength: 6, terminated: false, maxContentLength: 5 }),
    ).toThrow(expect.objectContaining(tooLarge))
    await expect(read({ terminated: true, maxContentLength: 9 })).rejects.toMatchObject(tooLarge)
  })

  it('tells that the client went away', async () => {
    await expect(read({ contentLength: 100 })).rejects.toMatchObject(disconnected)
  })
})
