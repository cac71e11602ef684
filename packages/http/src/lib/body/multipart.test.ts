import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import type { BodyLimits } from './limits.ts'
import { MultipartDecoder, type MultipartEvent } from './multipart-decoder.ts'
import { encodeMultipart, MultipartEncoder } from './multipart-encoder.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const text = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const FIELD = 'Content-Disposition: form-data; name="a"'
const unlimited: Partial<BodyLimits> = { maxFormMemorySize: null, maxFormParts: null, maxFiles: null }

interface Part {
  name: string | null
  filename: string | null
  headers: [string, string][]
  body: string
}

function feed(
  decoder: MultipartDecoder,
  body: Uint8Array,
  chunk: number,
  take: (event: MultipartEvent) => void,
) {
  for (let start = 0; start <= body.length; start += chunk) {
    decoder.receiveData(body.subarray(start, start + chunk))
    if (start + chunk > body.length) decoder.receiveData(null)
    for (let event = decoder.nextEvent(); event.type !== 'needData'; event = decoder.nextEvent()) take(event)
  }
}

function decode(
  body: string | Uint8Array,
  chunk = 1e9,
  boundary = 'B',
  limits?: Partial<BodyLimits>,
): Part[] {
  const parts: Part[] = []
  const seen: string[] = []
  const bytes = typeof body === 'string' ? latin1(body) : body
  feed(new MultipartDecoder(boundary, limits), bytes, chunk, (event) => {
    if (event.type === 'field' || event.type === 'file') {
      const filename = event.type === 'file' ? event.filename : null
      parts.push({ name: event.name, filename, headers: event.headers.toList(), body: '' })
    } else if (event.type === 'data') {
      parts.at(-1)!.body += text(event.data)
    }
    if (event.type !== 'data' || !event.moreData) seen.push(event.type)
  })
  expect(seen).toEqual([
    'preamble',
    ...parts.flatMap((part) => [part.filename === null ? 'field' : 'file', 'data']),
    'epilogue',
  ])
  return parts
}

const bodies = (parts: Part[]): string[] => parts.map((part) => part.body)

describe('MultipartDecoder', () => {
  it('tells of preamble, parts, their data and the end', () => {
    const decoder = new MultipartDecoder('B')
    decoder.receiveData(latin1(`pre\r\n--B\r\n${FIELD}\r\n\r\nx\r\n--B--\r\nrest`))
    decoder.receiveData(null)
    expect(decoder.nextEvent()).toEqual({ type: 'preamble', data: latin1('pre') })
    expect(decoder.nextEvent()).toMatchObject({ type: 'field', name: 'a' })
    expect(decoder.nextEvent()).toEqual({ type: 'data', data: latin1('x'), moreData: false })
    expect(decoder.nextEvent()).toEqual({ type: 'epilogue' })
    expect(decoder.nextEvent()).toEqual({ type: 'needData' })
  })

  it('gives data as it comes, but for what may be a boundary', () => {
    const decoder = new MultipartDecoder('BOUND')
    const next = (bytes: string): MultipartEvent => {
      decoder.receiveData(latin1(bytes))
      return decoder.nextEvent()
    }
    next('--BOUND\r\n')
    next(`${FIELD}\r\n\r\n`)
    expect(next('0123456789')).toEqual({ type: 'data', data: latin1('01'), moreData: true })
    expect(next('')).toEqual({ type: 'needData' })
    expect(next('0123456789')).toEqual({ type: 'data', data: latin1('2345678901'), moreData: true })
    expect(next('\r\n--BOUND')).toEqual({ type: 'data', data: latin1('23456789'), moreData: true })
    expect(next('x')).toEqual({ type: 'data', data: latin1('\r\n'), moreData: true })
  })

  describe.each([1, 2, 3, 7, 1e9])('fed with %d bytes at a time', (chunk) => {
    it.each<[string, string[]]>([
      [`--B\r\n${FIELD}\r\n\r\nx\r\n--B--\r\n`, ['x']],
      [`--B\r\n${FIELD}\r\n\r\nx\r\n--B--`, ['x']],
      [`--B\r\n${FIELD}\r\n\r\nx\r\n--B-- \t garbage`, ['x']],
      [`--B\n${FIELD}\n\nx\n--B--\n`, ['x']],
      [`--B\r${FIELD}\r\rx\r--B--\r`, ['x']],
      [`--B\r\n${FIELD}\n\nx\r--B \t\r\n${FIELD}\r\n\r\ny\n--B--`, ['x', 'y']],
      [`\r\n--B\r\n${FIELD}\r\n\r\nx\r\n--B--\r\n`, ['x']],
      [`one\r\n--B2\r\ntwo--B\r\n${FIELD}\r\n\r\nx\r\n--B--\r\n`, ['x']],
      [`--B\r\n${FIELD}\r\n\r\n\r\n--B--\r\n`, ['']],
      [`--B\r\n${FIELD}\r\n\r\n--B--\r\n`, ['']],
      [`--B\n${FIELD}\n\n--B--\n`, ['']],
      [`--B\r\n${FIELD}\r\n\r\n\r\n\r\n--B--\r\n`, ['\r\n']],
      [`--B\r\n${FIELD}\r\n\r\n\r\r\r\n--B--\r\n`, ['\r\r']],
      [`--B\r\n${FIELD}\r\n\r\nx\r\r\n--B--\r\n`, ['x\r']],
      [
        `--B\r\n${FIELD}\r\n\r\nx--B--\r\ny\r\n-B\r\n--Bx\r\n--B-x\r\n--B x\r\n--\r\n--B--`,
        ['x--B--\r\ny\r\n-B\r\n--Bx\r\n--B-x\r\n--B x\r\n--'],
      ],
      [`--B\r\n${FIELD}\r\n\r\n--B\r\n${FIELD}\r\n\r\n--B--`, ['', '']],
      ['--B--', []],
      ['--B--\r\n', []],
    ])('reads %j', (body, expected) => {
      expect(bodies(decode(body, chunk))).toEqual(expected)
    })

    it.each([
      '',
      '\r\n',
      'garbage',
      '--B',
      '--B\r\n',
      '--B\r\n\r\nno headers\r\n--B--\r\n',
      `--B\r\n\r\nx\r\n--B\r\n${FIELD}\r\n\r\ny\r\n--B--\r\n`,
      `--B\r\nX: y\r\n\r\nx\r\n--B--\r\n`,
      `--B\r\n${FIELD}`,
      `--B\r\n${FIELD}\r\n\r\n`,
      `--B\r\n${FIELD}\r\n\r\nx`,
      `--B\r\n${FIELD}\r\n\r\nx\r\n--B`,
      `--B\r\n${FIELD}\r\n\r\nx\r\n--B-`,
      `--B\r\n${FIELD}\r\n\r\nx\r\n--B  `,
      `--B\r\n${FIELD}; filename="\xff"\r\n\r\nx\r\n--B--\r\n`,
      `--B${' '.repeat(1025)}\r\n${FIELD}\r\n\r\nx\r\n--B--`,
    ])('calls %j malformed, and does so again', (body) => {
      const decoder = new MultipartDecoder('B')
      const run = (): void => feed(decoder, latin1(body), chunk, () => {})
      expect(run).toThrow(expect.objectContaining({ name: 'MultipartError', kind: 'malformed' }))
      expect(() => decoder.nextEvent()).toThrow(expect.objectContaining({ kind: 'malformed' }))
    })

    it('joins continued header lines and keeps all others', () => {
      const head =
        'Content-Disposition: form-data;\r\n name="a"; \r\n\tfilename="b"\nX-A : 1\rx-a:2\r\nempty:\r\nodd'
      expect(decode(`--B\r\n${head}\r\n\r\nx\r\n--B--`, chunk)[0]).toEqual({
        name: 'a',
        filename: 'b',
        headers: [
          ['Content-Disposition', 'form-data; name="a";  filename="b"'],
          ['X-A', '1'],
          ['x-a', '2'],
          ['empty', ''],
          ['odd', ''],
        ],
        body: 'x',
      })
    })

    it('does not see the next part in the data (S11)', () => {
      const data = `\r\n--${'B'.repeat(9)}\r\n--\r\n-\r\n--${'B'.repeat(10)}y`.repeat(20)
      const boundary = 'B'.repeat(10)
      const body = `--${boundary}\r\n${FIELD}\r\n\r\n${data}x\r\n--${boundary}--`
      expect(bodies(decode(body, chunk, boundary))).toEqual([`${data}x`])
    })

    it('reads random parts that the encoder wrote', () => {
      const byte = fc.constantFrom(13, 10, 45, 66, 0, 255)
      const part = fc.record({
        name: fc.string({ unit: 'binary' }),
        filename: fc.option(fc.string({ unit: 'binary' })),
        body: fc
          .uint8Array({ maxLength: 40 })
          .chain((any) => fc.array(byte, { maxLength: 40 }).map((odd) => Uint8Array.from([...any, ...odd]))),
      })
      fc.assert(
        fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
          // Line ends and `%22` cannot be told in a name.
          const clean = parts.map((one) => ({
            name: tellable(one.name),
            filename: one.filename === null ? null : tellable(one.filename),
            body: one.body,
          }))
          const { body } = encodeMultipart(clean, 'BOUNDARY')
          expect(decode(body, chunk, 'BOUNDARY').map(({ headers, ...rest }) => rest)).toEqual(
            clean.map((one) => ({ ...one, body: text(one.body) })),
          )
        }),
        { numRuns: 25 },
      )
    })
  })

  it('ends, with events or an error, for a body cut or flipped at any byte (S11)', () => {
    const body = latin1(
      `pre\r\n--BND\r\n${FIELD}\r\n\r\none\r\n--BND\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\nContent-Type: text/plain\r\n\r\n\0\xff\r\n--BN\r\n\r\n--BND--\r\n`,
    )
    const outcome = (bytes: Uint8Array, chunk: number): string => {
      let log = ''
      try {
        feed(new MultipartDecoder('BND'), bytes, chunk, (event) => {
          if (event.type === 'data') log += text(event.data) + (event.moreData ? '' : '|')
          else log += `<${event.type}>`
        })
        expect(log).toMatch(/<epilogue>$/)
        return log
      } catch (error) {
        expect(error).toMatchObject({ name: 'MultipartError' })
        return (error as Error).message
      }
    }
    for (let cut = 0; cut < body.length; cut++) {
      const flipped = body.slice()
      flipped[cut]! ^= 1 << (cut % 8)
      for (const bytes of [body.subarray(0, cut), flipped]) {
        const whole = outcome(bytes, 1e9)
        for (let chunk = 1; chunk <= 7; chunk++) expect(outcome(bytes, chunk)).toBe(whole)
      }
    }
  })

  describe('is linear (S12)', () => {
    const boundary = 'b'.repeat(30)
    const pieces: [string, string][] = [
      ['text', 'x'],
      ['CR', '\r'],
      ['LF', '\n'],
      ['CR LF', '\r\n'],
      ['dashes', '-'],
      ['most of a boundary', `\r\n--${'b'.repeat(29)}`],
      ['a boundary that goes on', `\r\n--${boundary}x`],
      ['the end of a boundary', 'b'],
      ['a boundary, white space and more', `\r\n--${boundary} \t x`],
    ]
    const cases = pieces.flatMap(([name, piece]) => [1, 65_536].map((chunk) => [name, chunk, piece] as const))
    it.each(cases)('for %s in pieces of %d bytes', (_name, chunk, piece) => {
      expect(
        growthOf((n) => {
          const body = latin1(`--${boundary}\r\n${FIELD}\r\n\r\n${piece.repeat(n / piece.length)}`)
          try {
            feed(new MultipartDecoder(boundary, unlimited), body, chunk, () => {})
          } catch (error) {
            expect(error).toMatchObject({ kind: 'malformed' })
          }
        }),
      ).toBeLessThan(1.7)
    })

    it.each([1, 65_536])('for headers without limit in pieces of %d bytes', (chunk) => {
      expect(
        growthOf((n) => {
          const limits = { maxPartHeaders: null, maxPartHeaderBytes: null }
          const body = latin1(`--B\r\n${FIELD}\r\n${'x:\r\n '.repeat(n / 5)}\r\n\r\n\r\n--B--`)
          feed(new MultipartDecoder('B', limits), body, chunk, () => {})
        }),
      ).toBeLessThan(1.7)
    })
  })

  describe('keeps to the limits', () => {
    const part = (name: string, body: string, filename?: string): string =>
      `--B\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n${body}\r\n`
    const head = (headers: string): string => `--B\r\n${FIELD}${headers}\r\n\r\nx\r\n`
    const umlauts = (n: number): string => '\xc3\xbc'.repeat(n)
    const filler = (n: number): string => `\r\nX:${'y'.repeat(n - FIELD.length - 4)}`

    it.each<[string, keyof BodyLimits, number, (n: number) => string, string]>([
      [
        'fields together (L04)',
        'maxFormMemorySize',
        20,
        (n) => part('a', 'x'.repeat(10)) + part('b', 'x'.repeat(n - 10)),
        'too-large',
      ],
      [
        'parts (L05)',
        'maxFormParts',
        4,
        (n) => part('a', '') + part('f', '', 'g').repeat(n - 1),
        'too-large',
      ],
      ['headers of a part (L06)', 'maxPartHeaders', 16, (n) => head('\r\nx: y'.repeat(n - 1)), 'too-large'],
      ['header bytes of a part (L06)', 'maxPartHeaderBytes', 8192, (n) => head(filler(n)), 'too-large'],
      ['name (L06)', 'maxNameBytes', 1024, (n) => part(`${umlauts(1)}${'x'.repeat(n - 2)}`, ''), 'too-large'],
      [
        'file name (L06)',
        'maxFilenameBytes',
        1024,
        (n) => part('f', '', `${umlauts(1)}${'x'.repeat(n - 2)}`),
        'too-large',
      ],
      ['files (L07)', 'maxFiles', 3, (n) => part('a', '') + part('f', '', 'g').repeat(n), 'too-large'],
      ['one file (L07)', 'maxFileSize', 50, (n) => part('f', 'x'.repeat(n), 'g'), 'too-large'],
      ['preamble (L11)', 'maxPreambleBytes', 8192, (n) => `${'x'.repeat(n)}\r\n${part('a', '')}`, 'refused'],
    ])('of %s: %s', (_name, limit, most, make, kind) => {
      for (const chunk of [1, 7, 1e9]) {
        for (const limits of [{ [limit]: most }, { ...unlimited, [limit]: null }]) {
          expect(decode(`${make(most)}--B--`, chunk, 'B', limits)).not.toEqual([])
        }
        for (const over of [most + 1, most * 10]) {
          expect(() => decode(`${make(over)}--B--`, chunk, 'B', { [limit]: most })).toThrow(
            expect.objectContaining({ name: 'MultipartError', kind }),
          )
        }
      }
    })

    it('refuses a file before its end has come (L07)', () => {
      const decoder = new MultipartDecoder('B', { maxFileSize: 100 })
      decoder.receiveData(latin1(part('f', 'x'.repeat(200), 'g')))
      expect(() => {
        for (;;) if (decoder.nextEvent().type === 'needData') break
      }).toThrow(/A file has more than 100 bytes/)
    })

    it.each(['', 'x'.repeat(71), 'ü', 'a\nb', '\0'])('refuses the boundary %j (L11)', (boundary) => {
      expect(() => new MultipartDecoder(boundary)).toThrow(
        expect.objectContaining({ name: 'MultipartError', kind: 'refused' }),
      )
    })

    it('takes a boundary of 70 characters', () => {
      const boundary = "=_a '()+,-./:?0".padEnd(70, 'x')
      expect(bodies(decode(`--${boundary}\r\n${FIELD}\r\n\r\nx\r\n--${boundary}--`, 5, boundary))).toEqual([
        'x',
      ])
    })
  })

  it('takes no data after the end', () => {
    const decoder = new MultipartDecoder('B')
    decoder.receiveData(null)
    expect(() => decoder.receiveData(latin1('x'))).toThrow(/ended with null/)
  })
})

describe('MultipartEncoder', () => {
  it('writes what browsers write', () => {
    const { contentType, body } = encodeMultipart(
      [
        { name: 'a "b"\r\n\\', body: 'ü' },
        { name: 'f', filename: 'x.txt', headers: { 'Content-Type': 'text/plain' }, body: latin1('\0') },
      ],
      'BOUND',
    )
    expect(contentType).toBe('multipart/form-data; boundary=BOUND')
    expect(text(body)).toBe(
      '--BOUND\r\nContent-Disposition: form-data; name="a %22b%22%0D%0A\\\\"\r\n\r\n\xc3\xbc\r\n' +
        '--BOUND\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\nContent-Type: text/plain\r\n\r\n\0\r\n' +
        '--BOUND--\r\n',
    )
  })

  it('writes a form without parts', () => {
    expect(decode(encodeMultipart([], 'B').body)).toEqual([])
  })

  it('makes a new boundary each time', () => {
    const [a, b] = [new MultipartEncoder(), new MultipartEncoder()]
    expect(a.boundary).not.toBe(b.boundary)
    expect(() => new MultipartDecoder(a.boundary)).not.toThrow()
  })

  it.each(['', 'a b', 'a"', 'a\r\nb', 'x'.repeat(71)])('refuses the boundary %j', (boundary) => {
    expect(() => new MultipartEncoder(boundary)).toThrow(/multipart boundary/)
  })

  it('refuses headers that would break out of their line', () => {
    expect(() => new MultipartEncoder().start({ name: 'a', headers: { X: 'a\r\nb' } })).toThrow(TypeError)
  })

  it('says what is called in the wrong order', () => {
    const encoder = new MultipartEncoder()
    expect(() => encoder.data('x')).toThrow(/call start/)
    encoder.end()
    expect(() => encoder.end()).toThrow(/was ended/)
  })
})

function tellable(name: string): string {
  return name.replaceAll(/[\r\n\u0085\u2028\u2029]|%22/g, '_')
}
