import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../../tests/linear-time.ts'
import { createExclude } from './exclude-patterns.ts'

describe('exclude patterns', () => {
  it.each([
    ['*.tmp', '/app/a.tmp', true],
    ['*.tmp', '/app/deep/er/a.tmp', true],
    ['*.tmp', '/app/a.tmp.ts', false],
    ['data/*', '/app/data/a/b.csv', true],
    ['data/*', '/app/other/data/a', false],
    ['*/data/*', '/app/other/data/a', true],
    ['/app/a.ts', '/app/a.ts', true],
    ['a?.ts', '/app/ab.ts', true],
    ['a?.ts', '/app/a.ts', false],
    ['[ab].ts', '/app/b.ts', true],
    ['[!ab].ts', '/app/b.ts', false],
    ['[!ab].ts', '/app/c.ts', true],
    ['[.ts', '/app/[.ts', true],
    ['a+(b).ts', '/app/a+(b).ts', true],
    ['a.ts', '/app/axts', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(createExclude([pattern], '/app')(path)).toBe(expected)
  })

  it('none exclude nothing, and one of several is enough', () => {
    expect(createExclude([], '/app')('/app/a')).toBe(false)
    expect(createExclude(['x', '*.b'], '/app')('/app/a.b')).toBe(true)
  })

  it('takes many stars together for one', () => {
    const isExcluded = createExclude([`${'*'.repeat(50)}x`], '/app')
    expect(growthOf((n) => isExcluded(`/${'a'.repeat(n)}`))).toBeLessThan(1.7)
  })
})
