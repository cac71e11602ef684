import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf } from './markdown.ts'
import { root } from './support.ts'

// The code of the tutorial is that of examples/flaskr. A block names its file behind the language: ```ts db.ts

const pages = join(root, 'docs/tutorial')
const example = join(root, 'examples/flaskr')

interface Block {
  readonly page: string
  readonly file: string
  readonly lines: readonly string[]
}

const blocks: readonly Block[] = readdirSync(pages).flatMap((page) =>
  filesOf(readFileSync(join(pages, page), 'utf8')).map(([file, code]) => ({
    page,
    file,
    lines: code.trimEnd().split('\n'),
  })),
)

const linesOf = (file: string): string[] => readFileSync(join(example, file), 'utf8').split('\n')

/** The first of `lines` that is not in `file` behind the ones before it, or null. */
function strayLine(lines: readonly string[], file: readonly string[]): string | null {
  let at = 0
  for (const line of lines) {
    if (line === '') continue
    const found = file.indexOf(line, at)
    if (found < 0) return line
    at = found + 1
  }
  return null
}

describe('the code of the tutorial', () => {
  it('is there', () => {
    expect(blocks.length).toBeGreaterThan(20)
  })

  it.each(blocks.map((block) => [block.page, block.file, block] as const))(
    '%s shows lines of %s in their order',
    (_page, file, { lines }) => {
      expect(strayLine(lines, linesOf(file))).toBeNull()
    },
  )

  // The style sheet is shown in part, and package.json is made by commands.
  const whole = readdirSync(example, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:ts|html|sql)$|^tsconfig\.json$|^\.gitignore$/.test(name))
    .filter((name) => !/^(?:node_modules|instance)\//.test(name))

  it.each(whole)('%s is shown from its first line to its last', (file) => {
    const shown = new Set(blocks.filter((block) => block.file === file).flatMap((block) => block.lines))
    expect(linesOf(file).filter((line) => line !== '' && !shown.has(line))).toEqual([])
  })
})

describe('links', () => {
  it.each(readdirSync(pages))('of %s lead to pages that are there', (page) => {
    const text = readFileSync(join(pages, page), 'utf8')
    const targets = Array.from(text.matchAll(/\]\((?!https?:)([^)#]*)[^)]*\)/g), ([, target]) => target!)
    expect(targets.filter((target) => !existsSync(join(pages, target)))).toEqual([])
  })
})
