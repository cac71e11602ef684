import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TemplateError, TemplateNotFound } from '../../errors.ts'
import type { Bucket } from '../bytecode-cache.ts'
import { FileSystemBytecodeCache } from './file-system-bytecode-cache.ts'
import { FileSystemLoader } from './file-system-loader.ts'
import { PackageLoader } from './package-loader.ts'

let root: string
const at = (...parts: string[]): string => join(root, ...parts)

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(at(path), '..'), { recursive: true })
  writeFileSync(at(path), content)
}

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'phial-loaders-')))
  write('one/a.html', 'A1')
  write('one/sub/b.html', 'B')
  write('two/a.html', 'A2')
  write('two/c.html', 'C')
  write('one-secret/key', 'secret')
  write('secret', 'secret')
  symlinkSync(at('secret'), at('one/link.html'))
  symlinkSync(at('one-secret'), at('one/linked'))
  symlinkSync(at('one'), at('one/sub/loop'))
  symlinkSync(at('one/a.html'), at('one/alias.html'))
  symlinkSync(at('two'), at('alias-of-two'))
  symlinkSync(at('nowhere'), at('one/dangling'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

async function bothWays(loader: FileSystemLoader, name: string): Promise<string> {
  const loaded = loader.getSource(name)
  expect(await loader.getSourceAsync(name)).toMatchObject({
    source: loaded.source,
    filename: loaded.filename,
  })
  return loaded.source
}

async function missing(loader: FileSystemLoader, name: string): Promise<void> {
  expect(() => loader.getSource(name), name).toThrow(TemplateNotFound)
  await expect(loader.getSourceAsync(name), name).rejects.toThrow(TemplateNotFound)
}

describe('FileSystemLoader', () => {
  test('reads files below its folders, the first one that has it', async () => {
    const loader = new FileSystemLoader([at('one'), pathToFileURL(at('two/'))])
    expect(await bothWays(loader, 'a.html')).toBe('A1')
    expect(await bothWays(loader, 'sub/b.html')).toBe('B')
    expect(await bothWays(loader, 'c.html')).toBe('C')
    expect(loader.getSource('c.html').filename).toBe(at('two/c.html'))
    expect(new FileSystemLoader(at('one')).searchPath).toEqual([at('one')])
  })

  test('says where it looked', () => {
    const message = (folders: string[]): string => {
      try {
        new FileSystemLoader(folders).getSource('x.html')
        return ''
      } catch (error) {
        return (error as TemplateNotFound).message
      }
    }
    expect(message(['/a'])).toBe("'x.html' not found in search path: '/a'")
    expect(message(['/a', '/b'])).toBe("'x.html' not found in search paths: '/a', '/b'")
  })

  test('no name leads out of the folders (S30)', async () => {
    const loader = new FileSystemLoader(at('one'))
    for (const name of [
      '../secret',
      'sub/../../secret',
      '..',
      '..\\secret',
      '../one-secret/key',
      at('secret'),
      `/${at('secret')}`,
      'a.html\0',
      'sub',
      '',
      '/',
      '.',
      'C:\\secret',
      'a.html/x',
      'x'.repeat(5000),
      '%2e%2e/secret',
    ]) {
      await missing(loader, name)
    }
  })

  test('symbolic links stay inside unless they may leave (S30)', async () => {
    const strict = new FileSystemLoader(at('one'))
    expect(await bothWays(strict, 'alias.html')).toBe('A1')
    expect(await bothWays(strict, 'sub/loop/a.html')).toBe('A1')
    await missing(strict, 'link.html')
    await missing(strict, 'linked/key')
    await missing(strict, 'dangling')
    const free = new FileSystemLoader(at('one'), { followLinks: true })
    expect(await bothWays(free, 'link.html')).toBe('secret')
    expect(await bothWays(free, 'linked/key')).toBe('secret')
    await missing(free, 'dangling')
    // The folder itself is the developer's choice.
    expect(await bothWays(new FileSystemLoader(at('alias-of-two')), 'c.html')).toBe('C')
  })

  test('lists all files once, links only if they are followed', () => {
    expect(new FileSystemLoader([at('one'), at('two'), at('missing')]).list()).toEqual([
      'a.html',
      'c.html',
      'sub/b.html',
    ])
    expect(new FileSystemLoader(at('one'), { followLinks: true }).list()).toEqual([
      'a.html',
      'alias.html',
      'link.html',
      'linked/key',
      'sub/b.html',
    ])
  })

  test('notices a changed and a deleted file', () => {
    write('three/x.html', 'X')
    const loaded = new FileSystemLoader(at('three')).getSource('x.html')
    expect(loaded.isUpToDate!()).toBe(true)
    utimesSync(at('three/x.html'), new Date(), new Date(Date.now() + 5000))
    expect(loaded.isUpToDate!()).toBe(false)
    rmSync(at('three/x.html'))
    expect(loaded.isUpToDate!()).toBe(false)
  })

  test('decodes, and names the file where that fails (R21)', async () => {
    write('three/latin.html', Uint8Array.of(0xe9))
    write('three/bom.html', '\ufeffx')
    expect(await bothWays(new FileSystemLoader(at('three'), { encoding: 'latin1' }), 'latin.html')).toBe('é')
    expect(await bothWays(new FileSystemLoader(at('three')), 'bom.html')).toBe('x')
    const loader = new FileSystemLoader(at('three'))
    expect(() => loader.getSource('latin.html')).toThrow(TemplateError)
    expect(() => loader.getSource('latin.html')).toThrow(
      `the template 'latin.html' is not utf-8: ${at('three/latin.html')}`,
    )
    await expect(loader.getSourceAsync('latin.html')).rejects.toThrow('is not utf-8')
    expect(() => new FileSystemLoader('.', { encoding: 'klingon' })).toThrow(RangeError)
  })
})

describe('PackageLoader', () => {
  beforeAll(() => {
    write('app/package.json', '{"name": "own-app"}')
    write('app/templates/own.html', 'own')
    write('app/src/main.ts', '')
    write('app/node_modules/theme/package.json', '{"name": "theme", "exports": {"./x": "./x.js"}}')
    write('app/node_modules/theme/templates/t.html', 'theme')
    write('app/node_modules/@scope/theme/views/v.html', 'view')
  })

  test('finds templates of an installed package, whatever it exports', async () => {
    const loader = new PackageLoader('theme', 'templates', { from: at('app/src') })
    expect(loader.getSource('t.html').source).toBe('theme')
    expect((await loader.getSourceAsync('t.html')).source).toBe('theme')
    expect(loader.list()).toEqual(['t.html'])
    const scoped = new PackageLoader('@scope/theme', 'views', {
      from: pathToFileURL(at('app/src/main.ts')).href,
    })
    expect(scoped.getSource('v.html').source).toBe('view')
  })

  test('finds those of the own package', () => {
    const loader = new PackageLoader('own-app', undefined, { from: pathToFileURL(at('app/src/main.ts')) })
    expect(loader.getSource('own.html').source).toBe('own')
  })

  test('says what is missing', () => {
    const from = at('app')
    expect(() => new PackageLoader('nothing', 'templates', { from })).toThrow(
      `the package "nothing" is not installed where ${from} would find it`,
    )
    expect(() => new PackageLoader('theme', 'views', { from })).toThrow('has no folder "views"')
    expect(() => new PackageLoader('theme', '../theme/templates', { from })).toThrow('has no folder')
    expect(() => new PackageLoader('../app', 'templates', { from })).toThrow('is not installed')
  })
})

describe('FileSystemBytecodeCache (S85)', () => {
  const bucketIn = (cache: FileSystemBytecodeCache, source = 's'): Bucket =>
    cache.getBucket('a.html', null, source) as Bucket

  test('keeps code in private files, replaced as a whole', () => {
    const cache = new FileSystemBytecodeCache(at('cache'))
    const bucket = bucketIn(cache)
    expect(bucket.code).toBeNull()
    bucket.code = 'code'
    cache.dumpBytecode(bucket)
    cache.dumpBytecode(bucket)
    expect(bucketIn(new FileSystemBytecodeCache(at('cache'))).code).toBe('code')
    expect(bucketIn(cache, 'other').code).toBeNull()
    expect(readdirSync(at('cache'))).toEqual([`__jinja2_${bucket.key}.cache`])
    if (process.getuid !== undefined) {
      expect(statSync(at('cache')).mode & 0o777).toBe(0o700)
      expect(statSync(at('cache', `__jinja2_${bucket.key}.cache`)).mode & 0o777).toBe(0o600)
    }
    write('cache/other.txt', '')
    cache.clear()
    expect(readdirSync(at('cache'))).toEqual(['other.txt'])
    expect(bucketIn(cache).code).toBeNull()
  })

  test('does not run code from a folder of somebody else', () => {
    mkdirSync(at('open'))
    chmodSync(at('open'), 0o777)
    if (process.getuid !== undefined) {
      expect(() => new FileSystemBytecodeCache(at('open'))).toThrow('can be written to by other users')
    }
    symlinkSync(at('cache'), at('cache-link'))
    expect(() => new FileSystemBytecodeCache(at('cache-link'))).toThrow('is not a folder')
  })

  test('a pattern names one file', () => {
    expect(new FileSystemBytecodeCache(at('cache'), '%s.js').pattern).toBe('%s.js')
    for (const pattern of ['x', '../%s', '%s/%s', 'a\\%s', '%s%s']) {
      expect(() => new FileSystemBytecodeCache(at('cache'), pattern), pattern).toThrow('the pattern')
    }
  })

  test('goes on where it cannot write', () => {
    const cache = new FileSystemBytecodeCache(at('gone'))
    rmSync(at('gone'), { recursive: true })
    const bucket = bucketIn(cache)
    bucket.code = 'code'
    cache.dumpBytecode(bucket)
    expect(bucketIn(cache).code).toBeNull()
  })
})
