import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Response } from '../response/response.ts'
import { RequestBuilder, type RequestOptions } from '../test/request-builder.ts'
import { type FileSource, type SendFromDirectoryOptions, sendFile, sendFromDirectory } from './send-file.ts'

let folder: string
let root: string
const changed = new Date('2024-05-06T07:08:09Z')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phial-send-file-'))
  root = join(folder, 'public')
  mkdirSync(join(root, 'sub'), { recursive: true })
  mkdirSync(join(root, '.git'))
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(root, 'page.html'), '<p>page</p>')
  writeFileSync(join(root, 'sub', 'data.bin'), 'binary')
  writeFileSync(join(root, 'archive.tar.gz'), 'zip')
  writeFileSync(join(root, '.env'), 'KEY=1')
  writeFileSync(join(root, '.git', 'config'), 'git')
  writeFileSync(join(root, 'naïve "name".txt'), 'text')
  utimesSync(join(root, 'page.html'), changed, changed)
  symlinkSync(join(folder, 'secret.txt'), join(root, 'out.txt'))
  symlinkSync(folder, join(root, 'outside'))
  symlinkSync(join(root, 'page.html'), join(root, 'inside.html'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const request = (options?: RequestOptions) => new RequestBuilder('/', options).toRequest()

/** Reads the response to its end, so that the file is closed again. */
async function read(pending: Promise<Response>): Promise<{ response: Response; text: string }> {
  const response = await pending
  const text = await response.text()
  response.close()
  return { response, text }
}

const send = (source: FileSource, options?: SendFromDirectoryOptions, asked?: RequestOptions) =>
  read(sendFile(source, request(asked), options))
const fromRoot = (path: string, options?: SendFromDirectoryOptions) =>
  read(sendFromDirectory(root, path, request(), options))

describe('sendFile', () => {
  it('tells type, size, time and tag of a file', async () => {
    const { response, text } = await send(join(root, 'page.html'))
    expect(text).toBe('<p>page</p>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Content-Disposition')).toBe('inline; filename=page.html')
    expect(response.contentLength).toBe(11)
    expect(response.lastModified).toEqual(changed)
    expect(response.getEtag()).not.toBeNull()
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
    expect((await send(pathToFileURL(join(root, 'page.html')))).text).toBe('<p>page</p>')
  })

  it('answers conditions', async () => {
    const { response } = await send(join(root, 'page.html'))
    const tag = response.headers.get('ETag')!
    const again = await send(join(root, 'page.html'), {}, { headers: { 'If-None-Match': tag } })
    expect([again.response.status, again.response.headers.has('Content-Length')]).toEqual([304, true])
    const since = { headers: { 'If-Modified-Since': changed.toUTCString() } }
    expect((await send(join(root, 'page.html'), {}, since)).response.status).toBe(304)
    const match = { headers: { 'If-Match': '"other"' } }
    expect((await send(join(root, 'page.html'), {}, match)).response.status).toBe(412)
    const whole = await send(
      join(root, 'page.html'),
      { conditional: false },
      { headers: { 'If-None-Match': tag } },
    )
    expect(whole.response.status).toBe(200)
  })

  it.each([
    ['bytes=0-2', '<p>', 'bytes 0-2/11'],
    ['bytes=3-', 'page</p>', 'bytes 3-10/11'],
    ['bytes=-4', '</p>', 'bytes 7-10/11'],
    ['bytes=9-100', 'p>', 'bytes 9-10/11'],
  ])('answers the range %s', async (range, expected, header) => {
    const { response, text } = await send(join(root, 'page.html'), {}, { headers: { Range: range } })
    expect([response.status, text, response.headers.get('Content-Range')]).toEqual([206, expected, header])
    expect(response.contentLength).toBe(expected.length)
  })

  it('refuses a range outside of the file', async () => {
    await expect(
      send(join(root, 'page.html'), {}, { headers: { Range: 'bytes=11-' } }),
    ).rejects.toMatchObject({
      code: 416,
    })
  })

  it('S22: writes names that need it in both forms, and cannot be split by them', async () => {
    const { response } = await send(join(root, 'naïve "name".txt'), { asAttachment: true })
    expect(response.headers.get('Content-Disposition')).toBe(
      'attachment; filename="naive \\"name\\".txt"; filename*=UTF-8\'\'na%C3%AFve%20%22name%22.txt',
    )
    await expect(
      send(new Uint8Array(1), { downloadName: 'a\r\nX: 1.txt', asAttachment: true }),
    ).rejects.toThrow(/without line ends/)
  })

  it('sends what is in memory, if it is told a type or a name', async () => {
    const { response, text } = await send(new TextEncoder().encode('{}'), { downloadName: 'a.json' })
    expect([text, response.contentType, response.getEtag()]).toEqual(['{}', 'application/json', null])
    expect((await send(new File(['f'], 'f.csv'))).response.contentType).toBe('text/csv; charset=utf-8')
    expect((await send(new Blob(['s']).stream(), { mimetype: 'text/plain' })).text).toBe('s')
    await expect(send(new Uint8Array(1))).rejects.toThrow(/downloadName.*mimetype/)
    await expect(send(new Uint8Array(1), { mimetype: 'text/plain', asAttachment: true })).rejects.toThrow(
      /needs a name/,
    )
  })

  it('lets caches keep a file for as long as it is told', async () => {
    const { response } = await send(join(root, 'page.html'), {
      maxAge: (path) => (path!.endsWith('.html') ? 60 : 0),
    })
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=60')
    expect(response.expires!.getTime()).toBeGreaterThan(Date.now())
  })

  it('lets browsers unpack a .gz that they show, not one that they save', async () => {
    expect((await send(join(root, 'archive.tar.gz'))).response.contentEncoding).toBe('gzip')
    const { response } = await send(join(root, 'archive.tar.gz'), { asAttachment: true })
    expect(response.contentEncoding).toBeNull()
  })

  it('finds no folders and nothing that is not there', async () => {
    // The path comes from the application, so this is its mistake and no 404.
    await expect(send(root)).rejects.toThrow(`There is no file to send at ${root}.`)
    await expect(send(join(root, 'missing'))).rejects.toThrow('There is no file to send at')
  })
})

describe('sendFromDirectory', () => {
  it('sends files of the folder', async () => {
    expect((await fromRoot('page.html')).text).toBe('<p>page</p>')
    expect((await fromRoot('sub/data.bin')).text).toBe('binary')
  })

  it.each([
    '',
    '.',
    'sub',
    'sub/',
    '..',
    '../secret.txt',
    'sub/../../secret.txt',
    '/etc/passwd',
    '//etc/passwd',
    '..\\secret.txt',
    'sub\\data.bin',
    'page.html\0.png',
    'page.html/x',
    '....//secret.txt',
    '%2e%2e/secret.txt',
  ])('S30: finds nothing at %j', async (path) => {
    await expect(fromRoot(path)).rejects.toMatchObject({ code: 404 })
  })

  it.each(['out.txt', 'outside/secret.txt'])(
    'S32: does not follow %j out of the folder unless told to',
    async (path) => {
      await expect(fromRoot(path)).rejects.toMatchObject({ code: 404 })
      expect((await fromRoot(path, { followLinks: true })).text).not.toBe('')
    },
  )

  it('S32: follows links inside of the folder', async () => {
    expect((await fromRoot('inside.html')).text).toBe('<p>page</p>')
  })

  it.each(['.env', '.git/config'])('S32: keeps %j to itself unless told not to', async (path) => {
    await expect(fromRoot(path)).rejects.toMatchObject({ code: 404 })
    expect((await fromRoot(path, { dotFiles: true })).text).not.toBe('')
  })
})
