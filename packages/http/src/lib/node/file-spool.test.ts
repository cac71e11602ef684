import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FileStorage } from '../body/file-storage.ts'
import { closeForm, readForm } from '../body/form-reader.ts'
import { encodeMultipart } from '../body/multipart-encoder.ts'
import { createFileSpool } from './file-spool.ts'
import { saveFile, saveFileIn } from './save-file.ts'

let root = ''
let spool = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'phial-test-'))
  spool = await mkdtemp(join(root, 'spool-'))
})
afterAll(() => rm(root, { recursive: true }))

const LARGE = crypto.getRandomValues(new Uint8Array(60_000))
const FORM = encodeMultipart([
  { name: 'small', filename: 's', body: 'x'.repeat(1_000) },
  { name: 'large', filename: '../../l', body: LARGE },
])

async function* chunks(body: Uint8Array, size = 4_096): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size)
}

const read = (body = FORM.body, directory = spool, limits = {}) =>
  readForm(chunks(body), FORM.contentType, {
    limits,
    storeFactory: createFileSpool({ threshold: 1_000, directory }),
  })

describe('createFileSpool', () => {
  it('keeps small files in memory and puts large ones on disk until the form is closed (S13)', async () => {
    const form = await read()
    const small = form.files.get('small')!
    const large = form.files.get('large')!
    expect([small.stored.path, small.size]).toEqual([null, 1_000])
    expect(large.size).toBe(LARGE.length)
    const path = large.stored.path!
    expect(await readdir(spool)).toEqual([path.slice(spool.length + 1)])
    expect(await large.bytes()).toEqual(Buffer.from(LARGE))
    expect(new Uint8Array(await new globalThis.Response(large.stream()).arrayBuffer())).toEqual(LARGE)
    await closeForm(form)
    await closeForm(form)
    expect(await readdir(spool)).toEqual([])
    await expect(large.bytes()).rejects.toThrow(/removed when its request was over/)
    await expect(new globalThis.Response(large.stream()).text()).rejects.toThrow()
  })

  it('names its files at random, for this user only (S14)', async () => {
    const [a, b] = [await read(), await read()]
    const paths = [a, b].map((form) => form.files.get('large')!.stored.path!)
    expect(paths[0]).not.toBe(paths[1])
    for (const path of paths) {
      expect(path).toMatch(/phial-upload-[0-9a-f]{32}$/)
      if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
    }
    await Promise.all([closeForm(a), closeForm(b)])
  })

  it('leaves nothing behind when the body is bad, too large or its sender gone (L07, R02)', async () => {
    await expect(read(FORM.body, spool, { maxFileSize: 50_000 })).rejects.toMatchObject({ code: 413 })
    expect([...(await read(FORM.body.subarray(0, -9))).files.entries()]).toEqual([])
    const gone = (async function* (): AsyncGenerator<Uint8Array> {
      yield* chunks(FORM.body.subarray(0, 40_000))
      throw new Error('gone')
    })()
    const storeFactory = createFileSpool({ threshold: 0, directory: spool })
    await expect(readForm(gone, FORM.contentType, { storeFactory })).rejects.toThrow('gone')
    expect(await readdir(spool)).toEqual([])
  })

  it('leaves nothing behind after many aborts (R02)', async () => {
    const storeFactory = createFileSpool({ threshold: 100, directory: spool })
    const aborts = Array.from({ length: 100 }, async (_, i) => {
      const body = (async function* (): AsyncGenerator<Uint8Array> {
        yield* chunks(FORM.body.subarray(0, 1_000 + i * 500), 2_000)
        throw new Error('gone')
      })()
      await expect(readForm(body, FORM.contentType, { storeFactory })).rejects.toThrow('gone')
    })
    await Promise.all(aborts)
    expect(await readdir(spool)).toEqual([])
  })

  it('answers 503 when it cannot write', async () => {
    await expect(read(FORM.body, join(root, 'missing'))).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      code: 503,
      cause: { code: 'ENOENT' },
    })
  })

  it.each([-1, Number.NaN, '1' as never])('takes no threshold of %s', (threshold) => {
    expect(() => createFileSpool({ threshold })).toThrow(/threshold/)
  })
})

describe('saveFile', () => {
  it('writes files from memory and from disk', async () => {
    const form = await read()
    for (const name of ['small', 'large']) {
      const file = form.files.get(name)!
      const path = join(root, name)
      await saveFile(file, path)
      expect(await readFile(path)).toEqual(Buffer.from(await file.bytes()))
    }
    await closeForm(form)
    expect((await stat(join(root, 'large'))).size).toBe(LARGE.length)
  })

  it('replaces a file, or does not', async () => {
    const path = join(root, 'there')
    await writeFile(path, 'old content')
    const file = new FileStorage(new TextEncoder().encode('new'), { filename: 'x' })
    await expect(saveFile(file, path, { overwrite: false })).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(path, 'utf8')).toBe('old content')
    await saveFile(file, path)
    expect(await readFile(path, 'utf8')).toBe('new')
  })

  it('writes an empty file', async () => {
    await saveFile(new FileStorage(new Uint8Array(0)), join(root, 'empty'))
    expect((await stat(join(root, 'empty'))).size).toBe(0)
  })

  it('wants a path, not a directory (S14)', async () => {
    await expect(saveFile(new FileStorage(LARGE, { filename: 'x' }), root)).rejects.toThrow(/saveFileIn/)
  })

  it('removes what it began when the content fails', async () => {
    const file = new FileStorage({
      size: 2,
      path: null,
      bytes: () => LARGE,
      close: () => {},
      chunks: async function* () {
        yield Uint8Array.of(1)
        throw new Error('unreadable')
      },
    })
    for (const overwrite of [true, false]) {
      await expect(saveFile(file, join(root, 'begun'), { overwrite })).rejects.toThrow('unreadable')
      await expect(stat(join(root, 'begun'))).rejects.toMatchObject({ code: 'ENOENT' })
    }
  })
})

describe('saveFileIn', () => {
  const file = (filename: string | null): FileStorage => new FileStorage(Uint8Array.of(1), { filename })

  it.each([
    ['../../etc/passwd', 'etc_passwd'],
    ['/abs/x.txt', 'abs_x.txt'],
    ['a b\u0000c.txt', 'a_bc.txt'],
    ['.htaccess', 'htaccess'],
  ])('puts %j into the directory as %s (S14)', async (filename, name) => {
    const directory = await mkdtemp(join(root, 'in-'))
    const path = await saveFileIn(file(filename), directory)
    expect(path).toBe(join(directory, name))
    expect(await readdir(directory)).toEqual([name])
    await expect(saveFileIn(file(filename), directory)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await saveFileIn(file(filename), directory, { overwrite: true })).toBe(path)
  })

  it.each([null, '', '..', '/', '\u0000'])(
    'throws for %j, of which nothing is left (S14)',
    async (filename) => {
      const directory = await mkdtemp(join(root, 'in-'))
      await expect(saveFileIn(file(filename), directory)).rejects.toThrow(/No file can be named after/)
      expect(await readdir(directory)).toEqual([])
    },
  )
})
