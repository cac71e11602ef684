import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findDefaultFile, findModuleFile, shownPath } from './app-file.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function folderWith(...files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'phial-files-'))
  folders.push(folder)
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  return folder
}

describe('findDefaultFile', () => {
  it.each([
    [['wsgi.ts', 'app.js', 'app.ts'], 'app.ts'],
    [['wsgi.ts', 'app.mts', 'app.mjs'], 'app.mjs'],
    [['src/app.ts', 'wsgi.js'], 'wsgi.js'],
    [['src/wsgi.ts', 'app.txt', 'app.ts/x'], 'src/wsgi.ts'],
  ])('of %j takes %s', (files, expected) => {
    const folder = folderWith(...files)
    expect(findDefaultFile(folder)).toBe(join(folder, expected))
  })
})

describe('findModuleFile', () => {
  it.each([
    ['hello', ['hello.ts', 'hello.js'], 'hello.ts'],
    ['./hello.js', ['hello.ts', 'hello.js'], 'hello.js'],
    ['hello', ['hello/index.ts'], 'hello/index.ts'],
    ['site', ['site/app.js'], 'site/app.js'],
    ['site.v2', ['site.v2.ts'], 'site.v2.ts'],
  ])('finds %s of %j', (module, files, expected) => {
    const folder = folderWith(...files)
    expect(findModuleFile(module, folder)).toBe(join(folder, expected))
  })

  it('says what it has tried', () => {
    const folder = folderWith()
    expect(() => findModuleFile('hello', folder)).toThrow(
      `There is no module 'hello' in ${folder}. Tried hello.ts, hello.js, hello.mjs, hello.mts, and index and app in a folder hello. Check --app or PHIAL_APP.`,
    )
    expect(() => findModuleFile('hello.ts', folder)).toThrow(
      `There is no module 'hello.ts' in ${folder}. Check --app or PHIAL_APP.`,
    )
  })
})

describe('shownPath', () => {
  it('is short below the folder', () => {
    expect(shownPath('/site/src/app.ts', '/site')).toBe(join('src', 'app.ts'))
    expect(shownPath('/other/app.ts', '/site')).toBe('/other/app.ts')
  })
})
