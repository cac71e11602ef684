import { describe, expect, it } from 'vitest'
import { kindOfUrl, packageOfUrl, shownUrl } from './project.ts'

const folders = { root: 'file:///shop/', libraries: ['file:///shop/vendor/'] }

describe('whose code a script is', () => {
  it.each([
    ['file:///shop/app.ts', 'application', 'app.ts'],
    ['file:///shop/a%20b/x.ts', 'application', 'a b/x.ts'],
    ['file:///shop/node_modules/@a/b/index.js', 'library', '@a/b/index.js'],
    ['file:///shop/vendor/x.js', 'library', 'vendor/x.js'],
    ['file:///elsewhere/packages/phial/src/x.ts', 'library', 'phial/src/x.ts'],
    ['file:///shopping/app.ts', 'library', '/shopping/app.ts'],
    ['node:fs', 'runtime', 'node:fs'],
    ['evalmachine.<anonymous>', 'runtime', 'evalmachine.<anonymous>'],
  ])('%s', (url, kind, shown) => {
    expect([kindOfUrl(url, folders), shownUrl(url, folders)]).toEqual([kind, shown])
  })

  it('names packages', () => {
    expect(packageOfUrl('file:///shop/node_modules/a/node_modules/@b/c/x.js')).toBe('@b/c')
    expect(packageOfUrl('file:///w/packages/phial/dist/x.js')).toBe('phial')
    expect(packageOfUrl('node:internal/x')).toBe('node')
  })
})
