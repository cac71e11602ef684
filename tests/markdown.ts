/** A block of code between fences. */
export interface Block {
  readonly language: string
  /** What stands behind the language: `name=app.ts node=22.13`. A word alone is `true`. */
  readonly info: Readonly<Record<string, string>>
  /** With its line end. */
  readonly code: string
  /** Where the code begins, counting from 1. */
  readonly line: number
  /** The headings above it: that of the second level, and that of the second or third. */
  readonly section: string
  readonly heading: string
}

/** All blocks of a page in their order. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  let section = ''
  let heading = ''
  let open: { language: string; info: Record<string, string>; line: number; code: string } | null = null
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^```(\w*) ?(.*)$/.exec(line)
    if (open === null && fence !== null) {
      open = { language: fence[1]!, info: wordsOf(fence[2]!), line: index + 2, code: '' }
    } else if (open !== null && line === '```') {
      blocks.push({ ...open, section, heading })
      open = null
    } else if (open !== null) open.code += `${line}\n`
    else if (line.startsWith('## ')) section = heading = line.slice(3)
    else if (line.startsWith('### ')) heading = line.slice(4)
  }
  return blocks
}

function wordsOf(info: string): Record<string, string> {
  const words = info.split(' ').filter((word) => word !== '')
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=')
      return at < 0 ? [word, 'true'] : [word.slice(0, at), word.slice(at + 1)]
    }),
  )
}

/** The code of the blocks in one language. */
export function codeBlocks(markdown: string, language: string): string[] {
  return blocksOf(markdown)
    .filter((block) => block.language === language)
    .map(({ code }) => code)
}

/** The files that a page shows: a block of one has its name behind the language. */
export function filesOf(markdown: string): [file: string, code: string][] {
  return blocksOf(markdown).flatMap(({ info, code }) => {
    const [file] = Object.keys(info)
    return file === undefined ? [] : [[file, code] as [string, string]]
  })
}

/** The part of a page below a heading of the second level. */
export function section(markdown: string, heading: string): string {
  const [, ...parts] = markdown.split(/^## /m)
  const found = parts.find((part) => part.startsWith(`${heading}\n`))
  if (found === undefined) throw new Error(`There is no section '${heading}'.`)
  return found
}
