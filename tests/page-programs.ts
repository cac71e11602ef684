import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { blocksOf } from './markdown.ts'

/*
 * How the pages of docs/ hold programs.
 *
 * - A `ts` block is a program. It prints what its comments `// => text` say, line by line.
 * - A block with `name=app.ts` behind the language is a file of the page, which programs below it import or read. A later
 *   block of the same name takes its place.
 * - `node=22.13` names the oldest Node that a program needs.
 * - Blocks of other languages without a name are for readers alone.
 */

/** A program of a page, with the files that it sees. */
export interface PageProgram {
  readonly line: number
  readonly code: string
  /** The lines that it prints. */
  readonly prints: readonly string[]
  /** The files of the page up to here, by their paths. */
  readonly files: ReadonlyMap<string, string>
  /** The oldest Node that can run it; null for all. */
  readonly node: string | null
}

/** The programs of a page in their order. */
export function programsOf(markdown: string): PageProgram[] {
  const programs: PageProgram[] = []
  const files = new Map<string, string>()
  for (const { language, info, code, line } of blocksOf(markdown)) {
    const name = info['name']
    if (name !== undefined) files.set(name, code)
    else if (language === 'ts') {
      const prints = Array.from(code.matchAll(/\/\/ => (.*)$/gm), (found) => found[1]!)
      programs.push({ line, code, prints, files: new Map(files), node: info['node'] ?? null })
    }
  }
  return programs
}

/** Writes a program with its files into a folder, and gives its path. */
export function writeProgram(folder: string, { code, files }: PageProgram): string {
  for (const [name, content] of [...files, ['package.json', '{ "type": "module" }'] as const]) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  const main = join(folder, 'example.ts')
  writeFileSync(main, code)
  return main
}

/** What a page should not have: TypeScript that no test runs, and files that its text does not name. */
export function faultsOf(markdown: string): string[] {
  const programs = programsOf(markdown)
  const faults = programs
    .filter(({ prints }) => prints.length === 0)
    .map(({ line }) => `line ${line}: the program does not say what it prints`)
  const run = new Set(programs.flatMap(importedFiles))
  const text = markdown.replace(/^```[\s\S]*?^```$/gm, '')
  for (const { language, info, code, line } of blocksOf(markdown)) {
    const name = info['name']
    if (name === undefined) continue
    if (!text.includes(`\`${name}\``)) faults.push(`line ${line}: the text does not name ${name}`)
    if (language === 'ts' && !run.has(code)) faults.push(`line ${line}: no program imports ${name}`)
  }
  return faults
}

/** The content of all files that a program imports, directly or not. */
function importedFiles({ code, files }: PageProgram): string[] {
  const found = new Set<string>()
  const follow = (source: string, folder: string): void => {
    for (const [, path] of source.matchAll(/(?:from|import\(|import) ?'(\.[^']+)'/g)) {
      const name = relative('.', join(folder, path!))
      const file = files.get(name)
      if (file === undefined || found.has(name)) continue
      found.add(name)
      follow(file, dirname(name))
    }
  }
  follow(code, '.')
  return [...found].map((name) => files.get(name)!)
}
