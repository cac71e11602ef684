import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Environment } from '../../environment.ts'
import { TemplateNotFound, TemplatesNotFound } from '../../errors.ts'
import { ChoiceLoader } from '../choice-loader.ts'
import { DictLoader } from '../dict-loader.ts'
import { FetchLoader } from '../fetch-loader.ts'
import { FunctionLoader } from '../function-loader.ts'
import { PrefixLoader } from '../prefix-loader.ts'
import { FileSystemBytecodeCache } from './file-system-bytecode-cache.ts'
import { FileSystemLoader } from './file-system-loader.ts'

const root = mkdtempSync(join(tmpdir(), 'phial-environment-'))
let clock = Date.now()

function write(name: string, content: string): void {
  mkdirSync(join(root, name, '..'), { recursive: true })
  writeFileSync(join(root, name), content)
  // Two writes in one millisecond are two states all the same.
  clock += 2000
  utimesSync(join(root, name), new Date(clock), new Date(clock))
}

beforeEach(() => {
  rmSync(root, { recursive: true, force: true })
  write('base.html', '[{% block body %}{% endblock %}]')
  write(
    'page.html',
    '{% extends "base.html" %}{% block body %}{% include "sub/part.html" %}{{ x }}{% endblock %}',
  )
  write('sub/part.html', 'part ')
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('environments with files', () => {
  test('templates extend and include files, and are reloaded when a file changes', async () => {
    const environment = new Environment({ loader: new FileSystemLoader(root), autoescape: true })
    expect(environment.getTemplateSync('page.html').render({ x: '<' })).toBe('[part &lt;]')
    expect(await (await environment.getTemplate('page.html')).renderAsync({ x: '<' })).toBe('[part &lt;]')
    expect(environment.getTemplateSync('page.html')).toBe(environment.getTemplateSync('page.html'))
    write('sub/part.html', 'changed ')
    expect(environment.getTemplateSync('page.html').render({ x: 1 })).toBe('[changed 1]')
    write('page.html', 'new')
    expect((await environment.getTemplate('page.html')).render()).toBe('new')
    rmSync(join(root, 'page.html'))
    expect(() => environment.getTemplateSync('page.html')).toThrow(
      `'page.html' not found in search path: '${root}'`,
    )
    expect(await environment.listTemplates()).toEqual(['base.html', 'sub/part.html'])
  })

  test('without reloading, what was loaded stays', () => {
    const environment = new Environment({ loader: new FileSystemLoader(root), autoReload: false })
    environment.getTemplateSync('sub/part.html')
    write('sub/part.html', 'changed ')
    expect(environment.getTemplateSync('sub/part.html').render()).toBe('part ')
  })

  test('names in templates cannot leave the folder (S30)', () => {
    write('../phial-outside.txt', 'outside')
    const environment = new Environment({ loader: new FileSystemLoader(root) })
    for (const name of ['../phial-outside.txt', 'sub/../../phial-outside.txt', '/../phial-outside.txt']) {
      expect(() => environment.fromString('{% include name %}').render({ name }), name).toThrow(
        TemplateNotFound,
      )
      expect(environment.fromString('{% include name ignore missing %}').render({ name })).toBe('')
    }
    rmSync(join(root, '../phial-outside.txt'))
    const relative = new Environment({ loader: new FileSystemLoader(root), relativePaths: true })
    write('sub/other.html', '{% include "./part.html" %}{% include "../../etc/passwd" ignore missing %}')
    expect(relative.getTemplateSync('sub/other.html').render()).toBe('part ')
  })
})

describe('environments with several loaders', () => {
  const loader = new ChoiceLoader([
    new DictLoader({ a: '{% include "b" %}{% include "shop/c" %}' }),
    new FunctionLoader((name) => (name === 'b' ? 'B' : null)),
    new PrefixLoader({ shop: new DictLoader({ c: 'C' }) }),
  ])

  test('each template comes from the first that has it', () => {
    const environment = new Environment({ loader })
    expect(environment.getTemplateSync('a').render()).toBe('BC')
    expect(() => environment.getTemplateSync('shop/d')).toThrow(TemplateNotFound)
    expect(() => environment.selectTemplateSync(['x', 'shop/y'])).toThrow(TemplatesNotFound)
    expect(environment.selectTemplateSync(['x', 'shop/c']).render()).toBe('C')
  })

  test('a loader that takes time is for asynchronous use', async () => {
    const files: Record<string, string> = {
      page: '{% include "part" %}{% import "lib" as lib %}{{ lib.m() }}',
      part: 'P',
      lib: '{% macro m() %}M{% endmacro %}',
    }
    const environment = new Environment({
      loader: new FetchLoader('https://example.org/templates', {
        fetch: async (url) => {
          const source = files[url.pathname.slice('/templates/'.length)]
          return source === undefined ? new Response('', { status: 404 }) : new Response(source)
        },
      }),
    })
    expect(await (await environment.getTemplate('page')).renderAsync()).toBe('PM')
    await expect(environment.getTemplate('other')).rejects.toThrow(TemplateNotFound)
    expect(() => environment.getTemplateSync('part2')).toThrow('takes time')
  })
})

describe('environments with a cache of code (S85)', () => {
  const folder = join(root, '..', `phial-code-${process.pid}`)
  const files = (): string[] => readdirSync(folder)
  const page = (options = {}): string =>
    new Environment({
      loader: new DictLoader({ a: 'Hi {{ name }}' }),
      bytecodeCache: new FileSystemBytecodeCache(folder),
      ...options,
    })
      .getTemplateSync('a')
      .render({ name: '<' })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('other processes take the code, and settings are told apart', () => {
    expect(page()).toBe('Hi <')
    expect(files()).toHaveLength(1)
    const file = join(folder, files()[0]!)
    const before = readFileSync(file, 'utf8')
    expect(before).toContain('Hi ')
    // That the stored code runs is seen by changing it.
    writeFileSync(file, before.replace('Hi ', 'Ho '))
    expect(page()).toBe('Ho <')
    expect(page({ autoescape: true })).toBe('Hi &lt;')
    expect(files()).toHaveLength(2)
    expect(page({ loader: new DictLoader({ a: 'Other {{ name }}' }) })).toBe('Other <')
  })

  test('damaged files are made anew', () => {
    const file = join(folder, files()[0]!)
    const stored = readFileSync(file, 'utf8')
    writeFileSync(file, stored.slice(0, -20))
    expect(page()).toMatch(/^H[io] </)
    writeFileSync(file, 'something else')
    expect(page()).toMatch(/^H[io] </)
  })

  test('closures need no code', () => {
    rmSync(folder, { recursive: true })
    expect(page({ backend: 'closures' })).toBe('Hi <')
    expect(files()).toEqual([])
  })
})
