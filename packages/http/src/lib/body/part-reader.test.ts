import { describe, expect, it } from 'vitest'
import { encodeMultipart } from './multipart-encoder.ts'
import { type Part, readParts } from './part-reader.ts'

const FORM = encodeMultipart(
  [
    { name: 'a', body: 'one' },
    { name: 'f', filename: 'x.txt', headers: { 'Content-Type': 'text/plain' }, body: 'x'.repeat(1_000) },
    { name: 'b', body: 'ü' },
  ],
  'B',
)

/** Gives a body piece by piece and tells how much was taken. */
class Source implements AsyncIterable<Uint8Array> {
  given = 0
  ended = false
  readonly #body: Uint8Array
  readonly #size: number
  readonly #failure: Error | null

  constructor(body: Uint8Array, size: number, failure: Error | null) {
    this.#body = body
    this.#size = size
    this.#failure = failure
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      while (this.given < this.#body.length) {
        const chunk = this.#body.subarray(this.given, this.given + this.#size)
        this.given += chunk.length
        yield chunk
      }
      if (this.#failure !== null) throw this.#failure
    } finally {
      this.ended = true
    }
  }
}

function source(body: Uint8Array = FORM.body, size = 50, failure: Error | null = null): Source {
  return new Source(body, size, failure)
}

async function all(parts: AsyncIterable<Part>): Promise<[string | null, string][]> {
  const result: [string | null, string][] = []
  for await (const part of parts) result.push([part.name, await part.text()])
  return result
}

describe('readParts', () => {
  it.each([1, 2, 3, 7, 64, 1e9])('gives parts in order, from pieces of %d bytes', async (size) => {
    const body = source(FORM.body, size)
    expect(await all(readParts(body, FORM.contentType))).toEqual([
      ['a', 'one'],
      ['f', 'x'.repeat(1_000)],
      ['b', 'ü'],
    ])
    expect(body.ended).toBe(true)
  })

  it('takes bytes too', async () => {
    expect(await all(readParts(FORM.body, FORM.contentType))).toHaveLength(3)
  })

  it('tells what a part is', async () => {
    const seen: unknown[] = []
    for await (const { name, filename, contentType, headers } of readParts(source(), FORM.contentType)) {
      seen.push([name, filename, contentType, headers.get('content-disposition')])
    }
    expect(seen).toEqual([
      ['a', null, null, 'form-data; name="a"'],
      ['f', 'x.txt', 'text/plain', 'form-data; name="f"; filename="x.txt"'],
      ['b', null, null, 'form-data; name="b"'],
    ])
  })

  it('reads no further than the part that is read (S13)', async () => {
    const body = source()
    const parts = readParts(body, FORM.contentType)
    await parts.next()
    const { value: part } = await parts.next()
    expect(body.given).toBeLessThan(250)
    const reader = part!.stream().getReader()
    let total = 0
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      total += read.value.length
      expect(body.given - total).toBeLessThan(350)
    }
    expect(total).toBe(1_000)
    await parts.return()
    expect(body.ended).toBe(true)
  })

  it('skips what is not read, read in part, or read without waiting', async () => {
    const names: (string | null)[] = []
    let open: Promise<Uint8Array> | null = null
    for await (const part of readParts(source(), FORM.contentType)) {
      names.push(part.name)
      if (part.name === 'a') await part.chunks().next()
      if (part.name === 'f') open = part.bytes()
      open?.catch(() => {})
    }
    expect(names).toEqual(['a', 'f', 'b'])
    await expect(open).rejects.toThrow(/"f" was skipped/)
  })

  it('says so when a part is read twice or too late', async () => {
    const kept: Part[] = []
    for await (const part of readParts(source(), FORM.contentType)) {
      kept.push(part)
      if (part.name !== 'a') continue
      await part.text()
      await expect(part.text()).rejects.toThrow(/"a" was read already/)
    }
    await expect(kept[1]!.bytes()).rejects.toThrow(/"f" was skipped/)
    for await (const part of readParts(source(), FORM.contentType)) {
      kept.push(part)
      break
    }
    await expect(kept.at(-1)!.bytes()).rejects.toThrow(/"a" was skipped/)
  })

  it.each([null, 'text/plain', 'application/x-www-form-urlencoded'])(
    'wants multipart, not %s (415)',
    async (type) => {
      await expect(all(readParts(source(), type))).rejects.toMatchObject({
        name: 'UnsupportedMediaType',
        code: 415,
      })
    },
  )

  it.each([
    ['no boundary', 'multipart/form-data', FORM.body],
    ['a boundary too long', `multipart/form-data; boundary=${'x'.repeat(71)}`, FORM.body],
    ['the wrong boundary', 'multipart/form-data; boundary=C', FORM.body],
    ['an end too soon', FORM.contentType, FORM.body.subarray(0, 300)],
    ['nothing', FORM.contentType, new Uint8Array(0)],
  ])('refuses a body with %s (400)', async (_name, type, body) => {
    await expect(all(readParts(source(body), type))).rejects.toMatchObject({ name: 'BadRequest', code: 400 })
    const skipping = async (): Promise<void> => {
      for await (const part of readParts(source(body), type)) expect(part).toBeDefined()
    }
    await expect(skipping()).rejects.toMatchObject({ name: 'BadRequest', code: 400 })
  })

  it.each([{ maxContentLength: 500 }, { maxFileSize: 500 }, { maxFormParts: 2 }, { maxFormMemorySize: 4 }])(
    'keeps to %j (413)',
    async (limits) => {
      const body = source()
      await expect(all(readParts(body, FORM.contentType, { limits }))).rejects.toMatchObject({ code: 413 })
      expect(body.ended).toBe(true)
    },
  )

  it('passes an error of the source on, also past a reader that swallowed it (S11)', async () => {
    const gone = new Error('gone')
    const body = source(FORM.body.subarray(0, 300), 50, gone)
    const reading = (async () => {
      for await (const part of readParts(body, FORM.contentType)) await part.bytes().catch(() => {})
    })()
    await expect(reading).rejects.toBe(gone)
  })
})
