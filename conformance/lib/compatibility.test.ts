import { describe, expect, it } from 'vitest'
import { parseCompatibility } from './compatibility.ts'
import { parseSelector } from './selector.ts'

const TABLE = `# Page

| Cases | What differs | Why | Switch back |
| --- | --- | --- | --- |
| \`a-1\`, a-3..a-4 | x \\| y | reason | option |
| utils/* | all | reason | none |

## Another table

| Where | What differs | Why | Switch back |
| --- | --- | --- | --- |
| forms | x | y | z |
`

describe('parseCompatibility', () => {
  it('reads the tables of cases and no others', () => {
    const found = parseCompatibility(TABLE)
    expect(
      found.map(({ selectors, what, why, back, line }) => [selectors.length, what, why, back, line]),
    ).toEqual([
      [2, 'x | y', 'reason', 'option', 5],
      [1, 'all', 'reason', 'none', 6],
    ])
  })

  it('names the line that lacks a reason', () => {
    const text =
      '| Cases | What differs | Why | Switch back |\n| --- | --- | --- | --- |\n| a-1 | x | | none |\n'
    expect(() => parseCompatibility(text)).toThrow(/COMPATIBILITY\.md:3: expected four filled columns/)
  })

  it('names the line of a range that is none', () => {
    const text = '| Cases | What differs | Why | Switch back |\n| a-9..a-1 | x | y | z |\n'
    expect(() => parseCompatibility(text)).toThrow(/COMPATIBILITY\.md:2: .*a-9\.\.a-1/)
  })
})

describe('parseSelector', () => {
  it.each<[selector: string, id: string, area: string, matches: boolean]>([
    ['utils-1', 'utils-1', 'utils/a', true],
    ['utils-1', 'utils-10', 'utils/a', false],
    ['utils-00009..utils-00011', 'utils-00010', 'utils/a', true],
    ['utils-00009..utils-00011', 'utils-00012', 'utils/a', false],
    ['utils-00009..utils-00011', 'routing-00010', 'routing/a', false],
    ['utils/a', 'utils-1', 'utils/a', true],
    ['utils/a', 'utils-1', 'utils/ab', false],
    ['utils/a*', 'utils-1', 'utils/ab', true],
    ['hello-1*', 'hello-12', 'apps/hello', true],
    ['a.c*', 'abc', 'x', false],
  ])('%s over %s in %s: %s', (selector, id, area, matches) => {
    expect(parseSelector(selector).matches(id, area)).toBe(matches)
  })
})
