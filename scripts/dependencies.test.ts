import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string): { dependencies?: Record<string, string>; scripts?: Record<string, string> } =>
  JSON.parse(readFileSync(new URL(`../packages/${name}/package.json`, import.meta.url), 'utf8'))

describe('what packages depend on (R30)', () => {
  it.each(['markup', 'signer', 'router', 'http', 'jinja', 'serve'])('%s needs nothing of others', (name) => {
    const foreign = Object.keys(read(name).dependencies ?? {}).filter((key) => !key.startsWith('@phial/'))
    expect(foreign).toEqual([])
  })

  it.each(['markup', 'signer', 'router', 'http', 'jinja', 'serve', 'debugger', 'phial'])(
    '%s runs nothing when it is installed',
    (name) => {
      const scripts = Object.keys(read(name).scripts ?? {})
      expect(scripts.filter((script) => /install|prepare/.test(script))).toEqual([])
    },
  )

  it('each foreign one has its line in the decisions', () => {
    const decisions = readFileSync(new URL('../decisions/dependencies.md', import.meta.url), 'utf8')
    for (const name of ['phial', 'debugger']) {
      for (const key of Object.keys(read(name).dependencies ?? {})) {
        if (!key.startsWith('@phial/')) expect(decisions).toContain(key)
      }
    }
  })
})
