import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { codeBlocks } from './markdown.ts'
import { environmentFor, ownNode, root, runCommand } from './support.ts'

// Examples of the READMEs print what they say they do: each `console.log(…) // => text`.

// In the workspace, so that the packages are found.
const folder = mkdtempSync(join(root, 'node_modules/.readme-'))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'README.md')),
)
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /^(?:tutorial|deploying)\/.*\.md$/.test(name))
  .filter((name) => examplesOf(join(root, 'docs', name)).length > 0)

describe.each(packages)('the README of %s', (name) => {
  const source = join(root, 'packages', name)
  const examples = examplesOf(join(source, 'README.md'))

  // A package may test its README by itself, where the examples are not of this form.
  it.skipIf(existsSync(join(source, 'src/readme.test.ts')))('has an example that can be run', () => {
    expect(examples.length).toBeGreaterThan(0)
  })

  testExamples(name, examples)
})

describe.each(pages)('the page %s', (page) => {
  const examples = examplesOf(join(root, 'docs', page))
  testExamples(page, examples)
})

/** The blocks that say what they print. */
function examplesOf(file: string): string[] {
  return codeBlocks(readFileSync(file, 'utf8'), 'ts').filter(
    (block) => block.includes('// => ') && /^import /m.test(block),
  )
}

function testExamples(name: string, examples: readonly string[]): void {
  for (const [index, example] of examples.entries()) {
    it(`prints what example ${index + 1} says`, () => {
      const file = join(folder, `${name.replaceAll('/', '-')}-${index}.mts`)
      writeFileSync(file, example)
      const expected = Array.from(example.matchAll(/\/\/ => (.*)$/gm), (found) => found[1]!)
      const printed = runCommand(
        ownNode.path,
        ['--conditions=phial-source', `--import=${import.meta.resolve('tsx')}`, file],
        folder,
        environmentFor(ownNode),
      )
      const lines = (texts: readonly string[]): string[] => texts.map((text) => text.trimEnd())
      expect(lines(printed.trimEnd().split('\n'))).toEqual(lines(expected))
    })
  }
}
