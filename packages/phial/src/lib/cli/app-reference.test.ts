import { describe, expect, it } from 'vitest'
import { parseAppReference } from './app-reference.ts'
import { NoAppError } from './cli-error.ts'

describe('parseAppReference', () => {
  it.each<[text: string, module: string, name: string | null, args: unknown[] | null]>([
    ['hello', 'hello', null, null],
    ['src/hello.ts', 'src/hello.ts', null, null],
    ['hello:app', 'hello', 'app', null],
    ['hello:createApp()', 'hello', 'createApp', []],
    ["./src/hello.ts:createApp('dev', { n: 1 })", './src/hello.ts', 'createApp', ['dev', { n: 1 }]],
    ["hello:createApp(':')", 'hello', 'createApp', [':']],
    [' hello : app ', 'hello', 'app', null],
    ['C:\\sites\\hello.ts', 'C:\\sites\\hello.ts', null, null],
    ['C:/sites/hello.ts:app', 'C:/sites/hello.ts', 'app', null],
  ])('reads %s', (text, module, name, args) => {
    expect(parseAppReference(text)).toEqual({ text, module, name, args })
  })

  it.each([
    ['', 'names no module'],
    [':app', 'names no module'],
    ['hello:', "'' in 'hello:' is neither"],
    ['hello:a.b', "'a.b' in 'hello:a.b' is neither the name of an export nor a call of one"],
    ['hello:app[0]', 'is neither'],
    ['hello:createApp(', 'is neither'],
    ['hello:createApp()()', 'cannot be read: expected a literal'],
    ['hello:createApp(dev)', "cannot be read: 'dev' is no literal (character 1 of 'dev')"],
  ])('refuses %s', (text, message) => {
    expect(() => parseAppReference(text)).toThrow(NoAppError)
    expect(() => parseAppReference(text)).toThrow(message)
  })
})
