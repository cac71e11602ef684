import { describe, expect, it } from 'vitest'
import { guessType } from './mime-types.ts'
import { STATUS_NAMES, statusName } from './status.ts'

describe('guessType', () => {
  it.each([
    ['index.html', 'text/html', null],
    ['INDEX.HTML', 'text/html', null],
    ['dir.d/a.js', 'application/javascript', null],
    ['a.tar.gz', 'application/x-tar', 'gzip'],
    ['a.Tgz', 'application/x-tar', 'gzip'],
    ['a.svgz', 'image/svg+xml', 'gzip'],
    ['a.Z', null, 'compress'],
    ['dir.html/a', null, null],
    ['.html', null, null],
    ['a.constructor', null, null],
    ['', null, null],
  ])('of %s is %s, %s', (name, type, encoding) => {
    expect(guessType(name)).toEqual([type, encoding])
  })
})

describe('statusName', () => {
  it.each([
    [200, 'OK'],
    [404, 'Not Found'],
    [413, 'Request Entity Too Large'],
    [422, 'Unprocessable Entity'],
    [599, 'Unknown'],
  ])('of %i is %s', (code, name) => {
    expect(statusName(code)).toBe(name)
    expect(STATUS_NAMES.get(code) ?? 'Unknown').toBe(name)
  })
})
