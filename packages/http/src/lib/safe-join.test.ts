import { describe, expect, it } from 'vitest'
import { safeJoin } from './safe-join.ts'
import { secureFilename } from './secure-filename.ts'

describe('safeJoin', () => {
  it.each([
    [['a', 'b'], '/base/a/b'],
    [['a/../b'], '/base/b'],
    [['./a//b/'], '/base/a/b'],
    [['a/..'], '/base/.'],
    [[''], '/base'],
    [[], '/base'],
    [['..a'], '/base/..a'],
    [['CON'], '/base/CON'],
    [['a\\..\\b'], '/base/a\\..\\b'],
  ])('joins %j', (parts, expected) => {
    expect(safeJoin('/base', parts)).toBe(expected)
  })

  it.each([['..'], ['../a'], ['a/../../b'], ['/a'], ['//a'], ['a\0b'], ['\0']])(
    'refuses %j (S30)',
    (part) => {
      expect(safeJoin('/base', ['ok', part])).toBeNull()
      expect(safeJoin('/base', [part], { platform: 'windows' })).toBeNull()
    },
  )

  it.each([
    'a\\b',
    '..\\a',
    'C:a',
    'c:\\a',
    'a:b',
    'CON',
    'con.txt',
    'a/aux ',
    'b/NUL.tar.gz',
    'COM1',
    'com¹',
    'LPT9.x',
    'conin$',
  ])('refuses %j on Windows (S33)', (part) => {
    expect(safeJoin('C:/base', [part], { platform: 'windows' })).toBeNull()
  })

  it('keeps the form of the directory', () => {
    expect(safeJoin('', ['a'])).toBe('./a')
    expect(safeJoin('/', ['a'])).toBe('/a')
    expect(safeJoin('..', ['a'])).toBe('../a')
    expect(safeJoin('C:/base', ['a/b.txt'], { platform: 'windows' })).toBe('C:/base/a/b.txt')
  })
})

describe('secureFilename', () => {
  it.each([
    ['My cool movie.mov', 'My_cool_movie.mov'],
    ['../../../etc/passwd', 'etc_passwd'],
    ['i contain cool ümläuts.txt', 'i_contain_cool_umlauts.txt'],
    ['..', ''],
    ['日本語.txt', 'txt'],
    ['a\0b\r\n.txt', 'ab_.txt'],
    ['a/b\\c', 'a_bc'],
    ['con.txt', 'con.txt'],
  ])('of %j is %j (S14)', (name, expected) => {
    expect(secureFilename(name)).toBe(expected)
  })

  it.each([
    ['a/b\\c', 'a_b_c'],
    ['con.txt', '_con.txt'],
    ['COM¹', '_COM1'],
    ['console.txt', 'console.txt'],
    ['..', ''],
  ])('of %j on Windows is %j (S33)', (name, expected) => {
    expect(secureFilename(name, { platform: 'windows' })).toBe(expected)
  })
})
