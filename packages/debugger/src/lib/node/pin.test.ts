import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COOKIE_NAME, loadPin, PinGate } from './pin.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phial-pin-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('S120 the PIN', () => {
  it('is random where it cannot be kept', () => {
    const pins = new Set(Array.from({ length: 20 }, () => loadPin(undefined, folder).text))
    expect(pins.size).toBe(20)
    for (const pin of pins) expect(pin).toMatch(/^\d{3}-\d{3}-\d{3}$/)
  })

  it('stays the same in a project, in a file for the user alone', () => {
    mkdirSync(join(folder, 'node_modules'))
    const first = loadPin(undefined, folder)
    expect(loadPin(undefined, folder)).toEqual(first)
    const file = join(folder, 'node_modules/.cache/phial/debugger.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // One that others can read was perhaps read.
    writeFileSync(file, JSON.stringify({ pin: '000-000-000', salt: 'x'.repeat(22) }))
    rmSync(file)
    writeFileSync(file, JSON.stringify({ pin: '000-000-000', salt: 'x'.repeat(22) }), { mode: 0o644 })
    expect(loadPin(undefined, folder).text).not.toBe('000-000-000')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('may be set, and turned off', () => {
    expect(loadPin('123-456-789', folder).text).toBe('123-456-789')
    expect(new PinGate(loadPin('123-456-789', folder)).checkPin(' 123456789 ')).toBe('right')
    expect(loadPin('off', folder).text).toBeNull()
    expect(new PinGate(loadPin('off', folder)).checkCookie(null)).toBe('right')
    expect(() => loadPin('abc', folder)).toThrow(/at least four digits \(or is "off"\), got "abc"/)
  })

  it('locks after ten wrong ones, for the right one too', () => {
    const gate = new PinGate({ text: '123-456-789', salt: 'x' })
    expect(gate.delay).toBe(500)
    for (let i = 0; i < 10; i++) expect(gate.checkPin(String(i))).toBe('wrong')
    expect(gate.delay).toBe(5000)
    expect([gate.checkPin('123-456-789'), gate.checkCookie(null), gate.isLocked]).toEqual([
      'locked',
      'locked',
      true,
    ])
  })

  it('counts wrong cookies as wrong PINs', () => {
    const gate = new PinGate({ text: '123-456-789', salt: 'x' })
    expect(gate.checkCookie('a=b')).toBe('missing')
    for (let i = 0; i < 10; i++) expect(gate.checkCookie(`${COOKIE_NAME}=${i}`)).toBe('wrong')
    expect(gate.checkPin('123-456-789')).toBe('locked')
  })

  it('is remembered by a cookie that only the debugger gets and no script reads', () => {
    const gate = new PinGate({ text: '123-456-789', salt: 'x' })
    const header = gate.setCookie('/__debugger__')
    expect(header).toMatch(
      /^__phial_debugger=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/__debugger__; Max-Age=604800$/,
    )
    expect(gate.checkCookie(`x=y; ${header.split(';')[0]}`)).toBe('right')
    expect(new PinGate({ text: '123-456-789', salt: 'y' }).checkCookie(header.split(';')[0]!)).toBe('wrong')
  })
})
