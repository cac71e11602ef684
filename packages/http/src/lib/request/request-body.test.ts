import { describe, expect, it } from 'vitest'
import { BadRequestKeyError, Request } from '../../index.ts'

const FORM = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }

function request(init: RequestInit): Request {
  return Request.from(new globalThis.Request('http://localhost/', init))
}

describe('the body of a request', () => {
  it.each<[string, RequestInit]>([
    ['without a body', {}],
    ['with JSON', { method: 'POST', body: '{"name":"x"}', headers: { 'Content-Type': 'application/json' } }],
    ['with an empty form', { ...FORM, body: '' }],
  ])('%s has no fields and no files; requiring one is the mistake of the client', async (_what, init) => {
    const given = request(init)
    const form = await given.form()
    const files = await given.files()
    expect([form.size, files.size]).toEqual([0, 0])
    expect(() => form.require('name')).toThrow(BadRequestKeyError)
    expect(() => files.require('file')).toThrow(BadRequestKeyError)
  })

  it('is kept for whoever reads it later; for getData it is empty once it was a form', async () => {
    const first = request({ ...FORM, body: 'a=1' })
    expect((await first.form()).get('a')).toBe('1')
    expect([
      await first.text(),
      await first.getData({ asText: true }),
      (await first.getData()).length,
    ]).toEqual(['a=1', '', 0])

    const second = request({ ...FORM, body: 'a=1' })
    expect(await second.getData({ asText: true })).toBe('a=1')
    expect([(await second.form()).get('a'), await second.getData({ asText: true })]).toEqual(['1', 'a=1'])
  })
})
