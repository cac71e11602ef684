import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = `
import { Headers, Response } from '@phial/http'
const isLoaded = () => process.moduleLoadList.includes('NativeModule internal/deps/undici/undici')
const response = new Response('x')
const headers = new Headers()
const before = isLoaded()
const isResponse = response instanceof globalThis.Response
const { get, value, writable } = Object.getOwnPropertyDescriptor(globalThis, 'Response')
globalThis.Headers = class {}
console.log(before, isResponse, isLoaded(), get, value.name, writable, headers instanceof globalThis.Headers)
`

it("Node's classes of Fetch are loaded when a program reads their names, and have our objects as instances then", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(stdout).toBe('false true true undefined Response true false\n')
})
