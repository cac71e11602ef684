import { describe, expect, it } from 'vitest'
import { faultsOf, programsOf } from './page-programs.ts'

const fence = '```'
const page = (...lines: string[]): string => lines.join('\n').replaceAll('~~~', fence)

describe('the programs of a page', () => {
  it('see the files that stand before them, the last of a name', () => {
    const markdown = page(
      '`a.ts`:',
      '~~~ts name=a.ts',
      'export const a = 1',
      '~~~',
      '~~~ts',
      "import { a } from './a.ts'",
      'console.log(a) // => 1',
      '~~~',
      '~~~ts name=a.ts',
      'export const a = 2',
      '~~~',
      '~~~ts node=22.13',
      "import { a } from './a.ts'",
      'console.log(a) // => 2',
      'console.log(a + a) // => 4',
      '~~~',
    )
    const [first, second] = programsOf(markdown)
    expect([first!.line, first!.prints, first!.node]).toEqual([6, ['1'], null])
    expect([second!.line, second!.prints, second!.node]).toEqual([13, ['2', '4'], '22.13'])
    expect(first!.files.get('a.ts')).toBe('export const a = 1\n')
    expect(second!.files.get('a.ts')).toBe('export const a = 2\n')
    expect(faultsOf(markdown)).toEqual([])
  })

  it('import all modules of the page, directly or not, and say what they print', () => {
    const markdown = page(
      '`b/c.ts`, `d.ts`',
      '~~~ts name=b/c.ts',
      "export { d } from '../d.ts'",
      '~~~',
      '~~~ts name=d.ts',
      'export const d = 1',
      '~~~',
      '~~~ts name=lonely.ts',
      '~~~',
      '~~~ts',
      "await import('./b/c.ts')",
      '~~~',
      '~~~js',
      'for (readers) alone',
      '~~~',
    )
    expect(faultsOf(markdown)).toEqual([
      'line 11: the program does not say what it prints',
      'line 9: the text does not name lonely.ts',
      'line 9: no program imports lonely.ts',
    ])
  })
})
