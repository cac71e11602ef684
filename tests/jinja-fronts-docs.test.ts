import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { codeBlocks } from './markdown.ts'
import { environmentFor, ownNode, root, runCommand } from './support.ts'

// The programs of these pages print what they say they do: each `// => text`.

const pages = ['docs/jinja-chat.md', 'docs/jinja-nunjucks.md']

// In the workspace, so that the packages are found.
const folder = mkdtempSync(join(root, 'node_modules/.fronts-'))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe.each(pages)('%s', (page) => {
  const programs = codeBlocks(readFileSync(join(root, page), 'utf8'), 'ts')

  it('has programs', () => {
    expect(programs.length).toBeGreaterThan(2)
  })

  it.each(programs.map((program, index) => ({ program, index })))('program $index', ({ program, index }) => {
    const file = join(folder, `program-${index}.mts`)
    writeFileSync(file, program)
    const expected = Array.from(program.matchAll(/\/\/ => (.*)$/gm), (found) => found[1]!)
    const printed = runCommand(
      ownNode.path,
      ['--conditions=phial-source', `--import=${import.meta.resolve('tsx')}`, file],
      folder,
      environmentFor(ownNode),
    )
    expect(printed.trimEnd().split('\n')).toEqual(expected)
  })
})
