import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileStore, FileStoreFactory } from './file-store.ts'
import { MemoryFile } from './file-store.ts'
import { closeForm, type ParsedForm, parseForm, readForm } from './form-reader.ts'
import type { BodyLimits } from './limits.ts'
import { encodeMultipart } from './multipart-encoder.ts'

const URLENCODED = 'application/x-www-form-urlencoded'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function* chunks(body: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size)
}

/** The form by the way for memory and the one for streams, which must agree. */
async function read(
  body: string | Uint8Array,
  contentType: string | null,
  limits?: Partial<BodyLimits>,
): Promise<{ form: [string, string][]; files: [string, string | null, string][] }> {
  const content = typeof body === 'string' ? bytes(body) : body
  const options = limits === undefined ? {} : { limits }
  const outcomes = await Promise.allSettled([
    (async () => plain(parseForm(content, contentType, options)))(),
    (async () => plain(await readForm(content, contentType, options)))(),
    ...[1, 7, 65_536].map(async (size) => plain(await readForm(chunks(content, size), contentType, options))),
  ])
  const [first] = outcomes
  for (const outcome of outcomes) expect(outcome).toEqual(first)
  if (first!.status === 'rejected') throw first.reason
  return first!.value
}

async function plain(
  parsed: ParsedForm,
): Promise<{ form: [string, string][]; files: [string, string | null, string][] }> {
  const files: [string, string | null, string][] = []
  for (const [name, file] of parsed.files.items({ multi: true }))
    files.push([name, file.filename, await file.text()])
  return { form: [...parsed.form.items({ multi: true })], files }
}

const FORM = encodeMultipart(
  [
    { name: 'a', body: '1' },
    { name: 'f', filename: 'x.txt', headers: { 'Content-Type': 'text/Plain; Charset=utf-8' }, body: 'ü' },
    { name: 'a', body: '2' },
  ],
  'B',
)
const EMPTY = { form: [], files: [] }
const tooLarge = { name: 'RequestEntityTooLarge', code: 413 }

describe('a form', () => {
  it('is read from an urlencoded body', async () => {
    const expected = {
      form: [
        ['a', '1'],
        ['a', ' '],
        ['b', 'ü'],
      ],
      files: [],
    }
    expect(await read('a=1&b=%C3%BC&a=+', URLENCODED)).toEqual(expected)
    expect(await read('a=1&b=ü&a=+', `${URLENCODED.toUpperCase()}; charset=latin1`)).toEqual(expected)
  })

  it('is read from a multipart body', async () => {
    const expected = {
      form: [
        ['a', '1'],
        ['a', '2'],
      ],
      files: [['f', 'x.txt', 'ü']],
    }
    expect(await read(FORM.body, FORM.contentType)).toEqual(expected)
    expect(await read(FORM.body, 'Multipart/Form-Data; x=y; boundary="B"')).toEqual(expected)
  })

  it('is empty for other content types, whose body is not touched', async () => {
    for (const type of [
      null,
      '',
      'text/plain',
      'application/json',
      'multipart/mixed; boundary=B',
      'multipart/form-data2',
    ]) {
      expect(await read(FORM.body, type)).toEqual(EMPTY)
    }
    const source: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        throw new Error('touched')
      },
    }
    expect(await plain(await readForm(source, 'text/plain'))).toEqual(EMPTY)
  })

  it('is empty where the body is malformed, as in Flask (S11)', async () => {
    expect(await read(FORM.body, 'multipart/form-data')).toEqual(EMPTY)
    expect(await read(FORM.body, 'multipart/form-data', { maxFormMemorySize: 1 })).toEqual(EMPTY)
    expect(await read(FORM.body, 'multipart/form-data; boundary=WRONG')).toEqual(EMPTY)
    expect(await read(FORM.body.subarray(0, -5), FORM.contentType)).toEqual(EMPTY)
    expect(await read(Uint8Array.of(0x61, 0x3d, 0xff), URLENCODED)).toEqual(EMPTY)
    expect(await read('', URLENCODED)).toEqual(EMPTY)
    expect(await read('', FORM.contentType)).toEqual(EMPTY)
  })

  it('takes parts without a name as the field of no name', async () => {
    expect(await read('--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--', FORM.contentType)).toEqual({
      form: [['', 'x']],
      files: [],
    })
  })

  it.each([
    ['utf-8', [0xc3, 0xbc, 0xff], 'ü\ufffd'],
    ['iso-8859-1', [0xfc, 0x80], 'ü\x80'],
    ['US-ASCII', [0x61, 0xfc], 'a\ufffd'],
    ['windows-1252', [0xc3, 0xbc, 0x80], 'ü\ufffd'],
    ['utf-7', [0x2b, 0x41], '+A'],
  ])('reads a part that names the charset %s', async (charset, content, text) => {
    const part = {
      name: 'a',
      headers: { 'Content-Type': `text/plain; charset=${charset}` },
      body: Uint8Array.from(content),
    }
    const { body, contentType } = encodeMultipart([part])
    expect((await read(body, contentType)).form).toEqual([['a', text]])
  })

  it('keeps names of Object.prototype as data (S16)', async () => {
    const { body, contentType } = encodeMultipart([
      { name: '__proto__', body: 'x' },
      { name: 'a[b]', body: 'y' },
    ])
    expect((await read(body, contentType)).form).toEqual([
      ['__proto__', 'x'],
      ['a[b]', 'y'],
    ])
  })

  it('keeps file names as data (S14)', async () => {
    for (const filename of [
      '../../etc/passwd',
      'C:\\dir\\a.txt',
      'a\0b',
      'CON',
      '',
      '\u202egpj.exe',
      '.htaccess',
    ]) {
      const { body, contentType } = encodeMultipart([{ name: 'f', filename, body: 'x' }])
      expect((await read(body, contentType)).files).toEqual([['f', filename, 'x']])
    }
  })

  it('answers each malformed body with 400, 413 or a form, never with another error (S11)', async () => {
    const limits = {
      maxFormMemorySize: 70_000,
      maxFormParts: 3,
      maxFiles: 1,
      maxPreambleBytes: 10,
      maxPartHeaders: 2,
    }
    await fc.assert(
      fc.asyncProperty(
        fc.nat(FORM.body.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('flip', 'cut', 'double'),
        async (at, value, size, damage) => {
          const body =
            damage === 'cut'
              ? FORM.body.slice(0, at)
              : damage === 'flip'
                ? FORM.body.map((byte, i) => (i === at ? value : byte))
                : Uint8Array.from([...FORM.body.slice(0, at), ...FORM.body.slice(at >> 1)])
          const outcome = await readForm(chunks(body, size), FORM.contentType, { limits }).then(
            plain,
            (error) => {
              expect([400, 413]).toContain(error.code)
              return error.name
            },
          )
          let whole: unknown
          try {
            whole = await plain(parseForm(body, FORM.contentType, { limits }))
          } catch (error) {
            whole = (error as Error).name
          }
          expect(outcome).toEqual(whole)
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('a field or file that a view requires', () => {
  it("is the client's mistake when it is missing (REQ-06)", () => {
    for (const type of [FORM.contentType, URLENCODED, null]) {
      const { form, files } = parseForm(FORM.body, type)
      for (const dict of [form, files]) {
        expect(() => dict.require('missing')).toThrow(
          expect.objectContaining({ name: 'BadRequestKeyError', code: 400, key: 'missing' }),
        )
      }
    }
    expect(parseForm(FORM.body, FORM.contentType).form.require('a')).toBe('1')
  })
})

describe('limits of a form', () => {
  const field = (n: number): [Uint8Array, string] => {
    const { body, contentType } = encodeMultipart([{ name: 'a', body: 'x'.repeat(n) }], 'B')
    return [body, contentType]
  }
  const file = (n: number): [Uint8Array, string] => {
    const { body, contentType } = encodeMultipart([{ name: 'a', filename: 'f', body: 'x'.repeat(n) }], 'B')
    return [body, contentType]
  }
  const repeat = (n: number, filename: string | null): [Uint8Array, string] => {
    const { body, contentType } = encodeMultipart(Array(n).fill({ name: 'a', filename, body: '' }), 'B')
    return [body, contentType]
  }
  const query = (n: number): [Uint8Array, string] => [bytes(`a=${'x'.repeat(n - 2)}`), URLENCODED]
  const overhead = field(0)[0].length

  it.each<[string, number, (n: number) => [Uint8Array, string], Partial<BodyLimits>?]>([
    ['body (L03)', 100_000, (n) => file(n - file(0)[0].length), { maxContentLength: 100_000 }],
    ['urlencoded body (L03)', 1_048_576, query, { maxFormMemorySize: null }],
    ['urlencoded body and fields (L04)', 500_000, query],
    ['urlencoded fields (L05)', 1_000, (n) => [bytes('a&'.repeat(n)), URLENCODED]],
    ['fields (L04)', 500_000, field],
    ['parts (L05)', 1_000, (n) => repeat(n, null)],
    ['files (L07)', 100, (n) => repeat(n, 'f')],
    ['one file (L07)', 90_000, file, { maxFileSize: 90_000 }],
    ['a small form memory, of all bytes', 1_000, (n) => field(n - overhead), { maxFormMemorySize: 1_000 }],
    [
      'a small form memory, of files too',
      1_000,
      (n) => file(n - file(0)[0].length),
      { maxFormMemorySize: 1_000 },
    ],
  ])('of %s: at most %d', async (_name, most, make, limits) => {
    const expectOutcome = async (
      n: number,
      check: (outcome: Promise<unknown>) => Promise<void>,
    ): Promise<void> => {
      const [body, contentType] = make(n)
      const options = limits === undefined ? {} : { limits }
      await check((async () => parseForm(body, contentType, options))())
      await check(readForm(chunks(body, 1_000), contentType, options))
    }
    await expectOutcome(most, async (outcome) => {
      const { form, files } = (await outcome) as ParsedForm
      expect([...form.entries()].length + [...files.entries()].length).toBe(1)
    })
    for (const over of [most + 1, most * 4]) {
      await expectOutcome(over, (outcome) => expect(outcome).rejects.toMatchObject(tooLarge))
    }
  })

  it('stop reading at the byte over them, and end the source (L03)', async () => {
    let given = 0
    let ended = false
    const endless = (async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          given += 1_000
          yield new Uint8Array(1_000).fill(120)
        }
      } finally {
        ended = true
      }
    })()
    await expect(readForm(endless, URLENCODED)).rejects.toMatchObject(tooLarge)
    expect(given).toBe(501_000)
    expect(ended).toBe(true)
  })

  it.each(['x'.repeat(71), 'a\x01b'])('refuse the boundary %j (L11)', async (boundary) => {
    await expect(read(FORM.body, `multipart/form-data; boundary="${boundary}"`)).rejects.toMatchObject({
      name: 'BadRequest',
      code: 400,
    })
  })

  it('refuse more than 8 KiB before the first boundary (L11)', async () => {
    const body = (n: number): string =>
      `${'x'.repeat(n)}\r\n--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B--`
    expect((await read(body(8_192), FORM.contentType)).form).toEqual([['a', '1']])
    for (const n of [8_193, 100_000]) {
      await expect(read(body(n), FORM.contentType)).rejects.toMatchObject({ name: 'BadRequest', code: 400 })
    }
  })

  it.each(['10 potatoes', Number.NaN, -1, Number.POSITIVE_INFINITY, '1e9'])(
    'throw when one is %s',
    (value) => {
      expect(() =>
        parseForm(FORM.body, FORM.contentType, { limits: { maxFormParts: value as number } }),
      ).toThrow(/maxFormParts/)
    },
  )
})

describe('a store for files', () => {
  interface Log {
    events: string[]
    factory: FileStoreFactory
  }

  function logging(make: (log: string[]) => Partial<FileStore> = () => ({})): Log {
    const events: string[] = []
    const factory: FileStoreFactory = ({ filename, contentType }) => {
      events.push(`open ${filename} ${contentType}`)
      const file = new MemoryFile([], 0)
      file.close = () => {
        events.push(`close ${filename}`)
      }
      return {
        write: (chunk) => void events.push(`write ${filename} ${chunk.length}`),
        finish: () => {
          events.push(`finish ${filename}`)
          return file
        },
        discard: () => void events.push(`discard ${filename}`),
        ...make(events),
      }
    }
    return { events, factory }
  }

  const files = encodeMultipart(
    [
      { name: 'f', filename: '1', headers: { 'Content-Type': 'text/plain' }, body: 'x'.repeat(100) },
      { name: 'f', filename: '2', body: 'y'.repeat(100) },
    ],
    'B',
  )

  it('gets the bytes, and is closed with the form', async () => {
    const { events, factory } = logging()
    const form = await readForm(chunks(files.body, 1e9), files.contentType, { storeFactory: factory })
    await closeForm(form)
    expect(events).toEqual([
      'open 1 text/plain',
      'write 1 100',
      'finish 1',
      'open 2 null',
      'write 2 100',
      'finish 2',
      'close 1',
      'close 2',
    ])
  })

  it('slows the source down to its own pace (S13)', async () => {
    let open = 0
    let most = 0
    const { factory } = logging(() => ({
      write: () => {
        most = Math.max(most, ++open)
        return new Promise((resolve) => setTimeout(() => resolve(void open--), 1))
      },
    }))
    let ahead = 0
    const watched = (async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks(files.body, 50)) {
        ahead = Math.max(ahead, open)
        yield chunk
      }
    })()
    await readForm(watched, files.contentType, { storeFactory: factory })
    expect([most, ahead]).toEqual([1, 0])
  })

  it.each<[string, (body: Uint8Array) => AsyncGenerator<Uint8Array>, object | null]>([
    [
      'the source fails',
      async function* (body) {
        yield body.subarray(0, 300)
        throw new Error('gone')
      },
      { message: 'gone' },
    ],
    ['a limit is passed', (body) => chunks(body, 300), tooLarge],
    ['the body is malformed', (body) => chunks(body.subarray(0, 300), 300), null],
  ])('gives everything back when %s (S11, R02)', async (_name, source, error) => {
    const { events, factory } = logging()
    const limits = error === tooLarge ? { maxContentLength: 310 } : {}
    const reading = readForm(source(files.body), files.contentType, { storeFactory: factory, limits })
    if (error === null) expect(await plain(await reading)).toEqual(EMPTY)
    else await expect(reading).rejects.toMatchObject(error)
    expect(events).toContain('finish 1')
    expect(events).not.toContain('finish 2')
    expect(events.slice(-2).sort()).toEqual(['close 1', 'discard 2'])
  })

  it.each<[string, () => Partial<FileStore>]>([
    [
      'writing fails at once',
      () => ({
        write: () => {
          throw new Error('full')
        },
      }),
    ],
    [
      'writing fails later',
      () => ({
        write: async () => {
          throw new Error('full')
        },
      }),
    ],
    [
      'finishing fails',
      () => ({
        finish: async () => {
          throw new Error('full')
        },
      }),
    ],
  ])('passes its error on and ends the source when %s (S11)', async (_name, broken) => {
    const { events, factory } = logging(broken)
    let ended = false
    const source = (async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks(files.body, 64)
      } finally {
        ended = true
      }
    })()
    await expect(readForm(source, files.contentType, { storeFactory: factory })).rejects.toThrow('full')
    expect(ended).toBe(true)
    expect(events.at(-1)).toBe('discard 1')
  })
})

describe('FileStorage', () => {
  it('tells what the client said and gives the content in every form', async () => {
    const { files } = parseForm(FORM.body, FORM.contentType)
    const file = files.get('f')!
    expect(file).toMatchObject({
      name: 'f',
      filename: 'x.txt',
      contentType: 'text/Plain; Charset=utf-8',
      type: 'text/Plain; Charset=utf-8',
      mimetype: 'text/plain',
      size: 2,
      isEmpty: false,
    })
    expect(file.mimetypeParams.get('charset')).toBe('utf-8')
    expect(file.headers.get('content-disposition')).toBe('form-data; name="f"; filename="x.txt"')
    expect(await file.bytes()).toEqual(bytes('ü'))
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes('ü'))
    expect((await file.arrayBuffer()).byteLength).toBe(2)
    expect(await file.text()).toBe('ü')
    for (let i = 0; i < 2; i++) expect(await new globalThis.Response(file.stream()).text()).toBe('ü')
    const fetchFile = await file.toFile()
    expect([fetchFile.name, fetchFile.size, await fetchFile.text()]).toEqual(['x.txt', 2, 'ü'])
  })

  it('knows a field in which no file was chosen', () => {
    const { body, contentType } = encodeMultipart([{ name: 'f', filename: '', body: '' }])
    const file = parseForm(body, contentType).files.get('f')!
    expect(file).toMatchObject({
      filename: '',
      size: 0,
      isEmpty: true,
      contentType: null,
      type: '',
      mimetype: '',
    })
  })
})
