import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { checkParity, unshown } from './check-parity.mjs'

const folder = mkdtempSync(join(tmpdir(), 'phial-parity-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the page of parity', () => {
  it('refers to tests that exist', () => {
    expect(checkParity(fileURLToPath(new URL('..', import.meta.url))).faults).toEqual([])
  })

  it('is told what is wrong with it', () => {
    mkdirSync(join(folder, 'docs'))
    mkdirSync(join(folder, 'packages/phial/src/lib'), { recursive: true })
    mkdirSync(join(folder, 'tests'))
    writeFileSync(join(folder, 'packages/phial/src/lib/app.test.ts'), "it('works', () => undefined)")
    writeFileSync(join(folder, 'tests/all.test.ts'), "it('works together', () => undefined)")
    const lines = [
      '| APP-01 | a | done | app › works |',
      '| APP-02 | b | done | |',
      '| APP-03 | c | done | app › fails |',
      '| APP-04 | d | done | none › works |',
      '| APP-05 | e | maybe | app › works |',
      '| APP-05 | f | open | |',
      '| APP-06 | g | done | conformance:apps/none |',
      '| APP-07 | h | done | page:docs/parity.md › APP-01 |',
      '| APP-08 | i | open: later | page:docs/none.md › nothing |',
      '| APP-09 | j | done | other:app › works |',
      '| APP-10 | k | done | tests:all › works together<br>tests:all › fails<br>tests:none › works |',
    ]
    writeFileSync(join(folder, 'docs/parity.md'), lines.join('\n'))
    const { faults, states } = checkParity(folder)
    expect(faults.map((fault) => fault.replace(/^docs\/parity\.md:\d+ /, ''))).toEqual([
      'APP-02 names no test',
      'APP-03 refers to a test that packages/phial/src/lib/app.test.ts does not have: fails',
      'APP-04 refers to packages/phial/src/lib/none.test.ts, which is not there',
      'APP-05 has the state "maybe"',
      'APP-05 stands twice',
      'APP-06 refers to apps/none, which is not there',
      'APP-08 refers to docs/none.md, which is not there',
      'APP-09 refers to the package other, which is none',
      'APP-10 refers to a test that tests/all.test.ts does not have: fails',
      'APP-10 refers to tests/none.test.ts, which is not there',
    ])
    expect([...states]).toEqual([
      ['done', 8],
      ['maybe', 1],
      ['open', 2],
    ])
  })

  it('is shown by tests that have passed', () => {
    mkdirSync(join(folder, 'docs'), { recursive: true })
    const lines = [
      '| APP-01 | a | done | app › works |',
      '| APP-02 | b | done | app › adds %d |',
      '| APP-03 | c | done | app › fails<br>tests:all › waits |',
      '| APP-04 | d | done | app › is gone |',
      '| APP-05 | e | done | router:rule › did not run<br>conformance:routing<br>page:docs/parity.md › APP-01 |',
    ]
    writeFileSync(join(folder, 'docs/parity.md'), lines.join('\n'))
    const test = (fullName: string, status: string) => ({ fullName, status })
    const results = [
      {
        name: join(folder, 'packages/phial/src/lib/app.test.ts'),
        assertionResults: [
          test('an app works', 'passed'),
          test('an app adds 1', 'passed'),
          test('fails', 'failed'),
        ],
      },
      { name: join(folder, 'tests/all.test.ts'), assertionResults: [test('waits', 'skipped')] },
    ]
    expect(unshown(folder, results)).toEqual([
      'docs/parity.md APP-03 is not shown by app › fails: failed',
      'docs/parity.md APP-03 is not shown by tests:all › waits: skipped',
      'docs/parity.md APP-04 is not shown by app › is gone: no such test ran',
    ])
  })
})
