import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TemplateError, TemplateNotFound } from '../errors.ts'
import type { EnvironmentView } from '../runtime-interface.ts'
import { Bucket, BytecodeCache, MemcachedBytecodeCache } from './bytecode-cache.ts'
import { ChoiceLoader } from './choice-loader.ts'
import { DictLoader } from './dict-loader.ts'
import { FetchLoader } from './fetch-loader.ts'
import { FunctionLoader } from './function-loader.ts'
import { GlobLoader } from './glob-loader.ts'
import type { LoadedSource, Loader } from './loader.ts'
import { PrefixLoader } from './prefix-loader.ts'
import { sha1 } from './sha1.ts'
import { splitTemplatePath } from './template-path.ts'

/** The loaders of this room do not look at it. */
const environment = {} as EnvironmentView

function sourceOf(loader: Loader, name: string): string | null {
  const loaded = loader.getSource(name, environment)
  if (loaded instanceof Promise) throw new Error('a sync loader gave a promise')
  return loaded?.source ?? null
}

describe('DictLoader', () => {
  test('finds templates by name, and lists them', () => {
    const loader = new DictLoader({ b: 'B', a: 'A' })
    expect(sourceOf(loader, 'a')).toBe('A')
    expect(sourceOf(loader, 'c')).toBeNull()
    expect(loader.list()).toEqual(['a', 'b'])
    expect(sourceOf(new DictLoader(new Map([['x', 'X']])), 'x')).toBe('X')
  })

  test('notices changes', () => {
    const mapping: Record<string, string> = { a: 'A' }
    const loader = new DictLoader(mapping)
    const loaded = loader.getSource('a')!
    expect(loaded.isUpToDate!()).toBe(true)
    mapping.a = 'changed'
    expect(loaded.isUpToDate!()).toBe(false)
    delete mapping.a
    expect(loaded.isUpToDate!()).toBe(false)
  })

  test('names of Object.prototype are no templates (S74)', () => {
    const loader = new DictLoader({})
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']) {
      expect(sourceOf(loader, name), name).toBeNull()
    }
  })
})

describe('FunctionLoader', () => {
  test('takes text, a source with more, or nothing', () => {
    const isUpToDate = (): boolean => false
    const loader = new FunctionLoader((name) => {
      if (name === 'text') return 'T'
      if (name === 'more') return { source: 'M', filename: '/m', isUpToDate }
      return name === 'null' ? null : undefined
    })
    expect(loader.getSource('text')).toEqual({ source: 'T', filename: null, isUpToDate: null })
    expect(loader.getSource('more')).toEqual({ source: 'M', filename: '/m', isUpToDate })
    expect(loader.getSource('null')).toBeNull()
    expect(loader.getSource('other')).toBeNull()
  })

  test('takes a promise', async () => {
    const loader = new FunctionLoader(async (name) => `of ${name}`)
    expect(await loader.getSource('a')).toMatchObject({ source: 'of a' })
  })
})

describe('ChoiceLoader', () => {
  test('asks one after the other', () => {
    const loader = new ChoiceLoader([new DictLoader({ a: '1' }), new DictLoader({ a: '2', b: '2' })])
    expect(sourceOf(loader, 'a')).toBe('1')
    expect(sourceOf(loader, 'b')).toBe('2')
    expect(sourceOf(loader, 'c')).toBeNull()
    expect(loader.list()).toEqual(['a', 'b'])
  })

  test('a loader that throws TemplateNotFound has nothing, other errors are errors', () => {
    const missing = new FunctionLoader((name) => {
      throw new TemplateNotFound(name)
    })
    const broken = new FunctionLoader(() => {
      throw new RangeError('broken')
    })
    expect(sourceOf(new ChoiceLoader([missing, new DictLoader({ a: 'A' })]), 'a')).toBe('A')
    expect(() => sourceOf(new ChoiceLoader([broken, new DictLoader({ a: 'A' })]), 'a')).toThrow('broken')
  })

  test('mixes loaders with promises and without', async () => {
    const absent = new FunctionLoader(async () => null)
    const failing = new FunctionLoader(async (name) => {
      throw new TemplateNotFound(name)
    })
    const loader = new ChoiceLoader([new DictLoader({ x: 'X' }), absent, failing, new DictLoader({ a: 'A' })])
    expect(sourceOf(loader, 'x')).toBe('X')
    expect(await loader.getSource('a', environment)).toMatchObject({ source: 'A' })
    expect(await loader.getSourceAsync('a', environment)).toMatchObject({ source: 'A' })
    expect(await loader.getSource('b', environment)).toBeNull()
  })

  test('a compiled template counts only if no earlier loader has the source', () => {
    const compiled: Loader = {
      getSource: () => null,
      getCompiled: (name) => ({ filename: name, module: {} }),
    }
    const loader = new ChoiceLoader([new DictLoader({ a: 'A' }), compiled])
    expect(loader.getCompiled('a', environment)).toBeNull()
    expect(loader.getCompiled('b', environment)).toMatchObject({ filename: 'b' })
    expect(new ChoiceLoader([new DictLoader({})]).getCompiled('b', environment)).toBeNull()
  })
})

describe('PrefixLoader', () => {
  test('tells loaders apart by the first part of the name', () => {
    const loader = new PrefixLoader({ a: new DictLoader({ 'x/y': 'AX' }), b: new DictLoader({ x: 'BX' }) })
    expect(sourceOf(loader, 'a/x/y')).toBe('AX')
    expect(sourceOf(loader, 'b/x')).toBe('BX')
    for (const name of ['x', 'c/x', 'a', 'a/z', '__proto__/x'])
      expect(sourceOf(loader, name), name).toBeNull()
    expect(loader.list()).toEqual(['a/x/y', 'b/x'])
  })

  test('takes another delimiter', () => {
    const loader = new PrefixLoader({ a: new DictLoader({ x: 'AX' }) }, ':')
    expect(sourceOf(loader, 'a:x')).toBe('AX')
    expect(sourceOf(loader, 'a/x')).toBeNull()
  })

  test('reports the whole name', async () => {
    const missing = new FunctionLoader((name) => {
      throw new TemplateNotFound(name)
    })
    const later = new FunctionLoader(async (name) => {
      throw new TemplateNotFound(name)
    })
    const loader = new PrefixLoader({ a: missing, b: later })
    expect(() => loader.getSource('a/x', environment)).toThrow(expect.objectContaining({ message: 'a/x' }))
    await expect(loader.getSource('b/x', environment)).rejects.toMatchObject({ message: 'b/x' })
  })

  test('lists of promises become a promise', async () => {
    const later: Loader = { getSource: () => null, list: async () => ['x'] }
    expect(await new PrefixLoader({ a: later }).list()).toEqual(['a/x'])
    expect(await new ChoiceLoader([later, new DictLoader({ w: '' })]).list()).toEqual(['w', 'x'])
  })
})

describe('GlobLoader', () => {
  test('takes texts, modules and imports', async () => {
    const loader = new GlobLoader({
      './templates/a.html': 'A',
      './templates/sub/b.html': { default: 'B' },
      './templates/c.html': async () => ({ default: 'C' }),
      './templates/d.html': async () => 'D',
    })
    expect(sourceOf(loader, 'a.html')).toBe('A')
    expect(sourceOf(loader, 'sub/b.html')).toBe('B')
    expect(await loader.getSource('c.html')).toMatchObject({ source: 'C' })
    expect(await loader.getSource('d.html')).toMatchObject({ source: 'D' })
    expect(loader.getSource('constructor')).toBeNull()
    expect(loader.list()).toEqual(['a.html', 'c.html', 'd.html', 'sub/b.html'])
  })

  test('takes another base', () => {
    const loader = new GlobLoader({ '/src/pages/a.html': 'A' }, { base: '/src/pages' })
    expect(sourceOf(loader, 'a.html')).toBe('A')
    expect(() => new GlobLoader({ '/src/a.html': 'A' }, { base: '/other' })).toThrow(
      'the path "/src/a.html" does not begin with the base "/other/"',
    )
    expect(() => new GlobLoader({ './pages/a.html': 'A' })).toThrow('give the option `base`')
  })

  test('says what to do where the bundler gave no text', () => {
    const loader = new GlobLoader({ './templates/a.html': { default: 5 as unknown as string } })
    expect(() => loader.getSource('a.html')).toThrow("call import.meta.glob with { query: '?raw'")
  })
})

describe('FetchLoader', () => {
  function server(answer: (url: URL, headers: Headers) => Response): {
    loader: FetchLoader
    asked: string[]
  } {
    const asked: string[] = []
    const loader = new FetchLoader('https://example.org/t?x#y', {
      init: { headers: { authorization: 'token' } },
      revalidate: true,
      fetch: async (url, init) => {
        asked.push(url.href)
        return answer(url, new Headers(init.headers))
      },
    })
    return { loader, asked }
  }

  test('fetches below its base', async () => {
    const { loader, asked } = server((_, headers) => new Response(headers.get('authorization')))
    expect(await loader.getSource('a b/c?d#é.html')).toMatchObject({
      source: 'token',
      filename: 'https://example.org/t/a%20b/c%3Fd%23%C3%A9.html',
    })
    expect(asked).toEqual(['https://example.org/t/a%20b/c%3Fd%23%C3%A9.html'])
  })

  test('never asks outside of it (S30)', async () => {
    const { loader, asked } = server(() => new Response(''))
    for (const name of ['../x', 'a/../../x', '..\\x', 'a\0', 'c:/x', '', '.', '/']) {
      expect(await loader.getSource(name), name).toBeNull()
    }
    expect(asked).toEqual([])
    await loader.getSource('//evil.example/x')
    await loader.getSource('https:x')
    expect(asked).toEqual(['https://example.org/t/evil.example/x', 'https://example.org/t/https%3Ax'])
  })

  test('tells missing templates from failures', async () => {
    expect(await server(() => new Response('', { status: 404 })).loader.getSource('a')).toBeNull()
    expect(await server(() => new Response('', { status: 410 })).loader.getSource('a')).toBeNull()
    await expect(server(() => new Response('', { status: 500 })).loader.getSource('a')).rejects.toThrow(
      TemplateError,
    )
  })

  test('asks whether a template has changed', async () => {
    let tag = '"1"'
    const { loader } = server((_, headers) =>
      headers.get('if-none-match') === tag
        ? new Response(null, { status: 304 })
        : new Response('x', { headers: { etag: tag } }),
    )
    const loaded = (await loader.getSource('a'))!
    expect(await loaded.isUpToDate!()).toBe(true)
    tag = '"2"'
    expect(await loaded.isUpToDate!()).toBe(false)
    const untagged = (await server(() => new Response('x')).loader.getSource('a'))!
    expect(await untagged.isUpToDate!()).toBe(false)
    const quiet = new FetchLoader('https://example.org/', { fetch: async () => new Response('x') })
    expect((await quiet.getSource('a'))!.isUpToDate).toBeNull()
  })
})

describe('splitTemplatePath (S30)', () => {
  test.each<[string, string[] | undefined, string[] | undefined]>([
    // name, parts, parts on Windows
    ['a.html', ['a.html'], ['a.html']],
    ['a/b.html', ['a', 'b.html'], ['a', 'b.html']],
    ['/a//b/./c', ['a', 'b', 'c'], ['a', 'b', 'c']],
    ['..', undefined, undefined],
    ['../a', undefined, undefined],
    ['a/../b', undefined, undefined],
    ['a/..', undefined, undefined],
    ['a\\b', undefined, undefined],
    ['..\\a', undefined, undefined],
    ['a\0.html', undefined, undefined],
    ['C:/a', undefined, undefined],
    ['c:a', undefined, undefined],
    ['', undefined, undefined],
    ['/', undefined, undefined],
    ['.', undefined, undefined],
    ['%2e%2e/a', ['%2e%2e', 'a'], ['%2e%2e', 'a']],
    ['...', ['...'], undefined],
    ['.. /a', ['.. ', 'a'], undefined],
    ['.hidden', ['.hidden'], ['.hidden']],
    ['a/con', ['a', 'con'], undefined],
    ['NUL.html', ['NUL.html'], undefined],
    ['com1.txt', ['com1.txt'], undefined],
    ['console.html', ['console.html'], ['console.html']],
    ['a.html::$DATA', ['a.html::$DATA'], undefined],
    ['a.html.', ['a.html.'], undefined],
  ])('%j', (name, parts, onWindows) => {
    expect(splitTemplatePath(name)).toEqual(parts)
    expect(splitTemplatePath(name, true)).toEqual(onWindows)
  })
})

describe('sha1', () => {
  test('is the one of everybody else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        const bytes = new TextEncoder().encode(text)
        expect(sha1(text)).toBe(createHash('sha1').update(bytes).digest('hex'))
      }),
    )
    for (let length = 50; length < 130; length++) {
      const text = 'a'.repeat(length)
      expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'))
    }
  })
})

describe('BytecodeCache', () => {
  class MemoryCache extends BytecodeCache {
    readonly stored = new Map<string, string>()

    loadBytecode(bucket: Bucket): void {
      const text = this.stored.get(bucket.key)
      if (text !== undefined) bucket.loadText(text)
    }

    dumpBytecode(bucket: Bucket): void {
      this.stored.set(bucket.key, bucket.toText())
    }
  }

  function bucketOf(cache: BytecodeCache, ...args: Parameters<BytecodeCache['getBucket']>): Bucket {
    return cache.getBucket(...args) as Bucket
  }

  test('finds code for the same name, settings and source only', () => {
    const cache = new MemoryCache()
    const bucket = bucketOf(cache, 'a.html', '/a.html', 'source', 'settings')
    expect(bucket.code).toBeNull()
    expect(() => bucket.toText()).toThrow('the bucket is empty')
    bucket.code = 'return 1\n2'
    void cache.setBucket(bucket)
    expect(bucketOf(cache, 'a.html', '/a.html', 'source', 'settings').code).toBe('return 1\n2')
    expect(bucketOf(cache, 'b.html', '/a.html', 'source', 'settings').code).toBeNull()
    expect(bucketOf(cache, 'a.html', null, 'source', 'settings').code).toBeNull()
    expect(bucketOf(cache, 'a.html', '/a.html', 'other', 'settings').code).toBeNull()
    expect(bucketOf(cache, 'a.html', '/a.html', 'source', 'other').code).toBeNull()
  })

  test('does not take what something else wrote', () => {
    const bucket = new Bucket('k', 'c')
    for (const stored of ['', 'code', 'phial-jinja 0 c\ncode', 'phial-jinja 1 d\ncode', 'phial-jinja 1 c']) {
      bucket.loadText(stored)
      expect(bucket.code, stored).toBeNull()
    }
    bucket.code = 'x'
    bucket.reset()
    expect(bucket.code).toBeNull()
  })

  test('a server keeps code for several processes', async () => {
    const stored = new Map<string, unknown>()
    const cache = new MemcachedBytecodeCache(
      {
        get: async (key) => stored.get(key),
        set: async (key, value, { expires }) =>
          stored.set(key, new TextEncoder().encode(value)).set('e', expires),
      },
      { prefix: 'p/', timeout: 60 },
    )
    const bucket = await cache.getBucket('a', null, 's')
    bucket.code = 'code'
    await cache.setBucket(bucket)
    expect((await cache.getBucket('a', null, 's')).code).toBe('code')
    expect(stored.get('e')).toBe(60)
    expect([...stored.keys()][0]).toBe(`p/${bucket.key}`)
  })

  test('a failing server is like an empty one, unless asked', async () => {
    const client = {
      get: async (): Promise<unknown> => {
        throw new Error('gone')
      },
      set: async (): Promise<unknown> => {
        throw new Error('gone')
      },
    }
    const bucket = await new MemcachedBytecodeCache(client).getBucket('a', null, 's')
    expect(bucket.code).toBeNull()
    bucket.code = 'code'
    await new MemcachedBytecodeCache(client).setBucket(bucket)
    await expect(
      new MemcachedBytecodeCache(client, { ignoreErrors: false }).getBucket('a', null, 's'),
    ).rejects.toThrow('gone')
  })
})

test('a loader needs one method only', () => {
  const loader: Loader = {
    getSource: (name): LoadedSource => ({ source: name, filename: null, isUpToDate: null }),
  }
  expect(sourceOf(new ChoiceLoader([loader]), 'x')).toBe('x')
  expect(new ChoiceLoader([loader]).list()).toEqual([])
})
