import * as entry from '@phial/jinja/runtime'
import { expect, test } from 'vitest'
import { runtimeLibrary } from './library.ts'

test('precompiled templates find everything that generated code calls', () => {
  for (const [name, value] of Object.entries(runtimeLibrary)) {
    expect([name, (entry as Record<string, unknown>)[name]]).toEqual([name, value])
  }
})
