import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EnvironmentOptions, Signature } from '@phial/jinja'
import { DictLoader, Environment, installNullTranslations } from '@phial/jinja'
import { afterAll, describe, expect, it } from 'vitest'
import { type Block, blocksOf } from './markdown.ts'
import { environmentFor, ownNode, root } from './support.ts'

/*
 * The examples of the pages about templates give what the pages say, with both back ends.
 *
 * - A line of a `jinja` block that ends with `{# => text #}` is a template by itself, with the lines before it that do
 *   not end so. Blanks at the end do not count; of an error there is the message.
 * - A `jinja` block followed by a `text` block is a template and its output, or the report of its error.
 * - A `jinja` block with `name=…` behind the language is a template that the others can load, up to the next `## `.
 *   Other words there are options of the environment.
 * - A `json` block holds the variables, up to the next heading.
 * - A `ts` block with `// => text` is a program that prints these lines.
 */

interface TemplateExample {
  readonly place: string
  readonly source: string
  readonly expected: string
  /** What the page shows of an output. */
  shown(text: string): string
  readonly templates: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, unknown>>
  readonly options: EnvironmentOptions
}

const backends = ['code', 'closures'] as const

/** The blocks of a page, whose last line has no end: templates are not given one. */
function pageBlocks(page: string): Block[] {
  return blocksOf(read(page)).map((block) => ({ ...block, code: block.code.slice(0, -1) }))
}

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

function optionsOf({
  name: _name,
  extensions,
  ...info
}: Readonly<Record<string, string>>): EnvironmentOptions {
  const options = Object.fromEntries(
    Object.entries(info).map(([key, value]) => [key, value === 'true' ? true : value]),
  )
  return { ...options, extensions: (extensions ?? '').split(',').filter((each) => each !== '') }
}

function templateExamples(page: string): TemplateExample[] {
  const examples: TemplateExample[] = []
  let templates: Record<string, string> = {}
  let variables: Record<string, unknown> = {}
  let section = ''
  let heading = ''
  const blocks = pageBlocks(page)
  for (const [index, block] of blocks.entries()) {
    if (block.section !== section) templates = {}
    if (block.heading !== heading) variables = {}
    section = block.section
    heading = block.heading
    if (block.language === 'json') variables = JSON.parse(block.code) as Record<string, unknown>
    if (block.language !== 'jinja') continue
    const name = block.info['name']
    if (name !== undefined) templates = { ...templates, [name]: block.code }
    const add = (source: string, expected: string, line: number, shown: (text: string) => string): void => {
      const options = optionsOf(block.info)
      examples.push({ place: `${page}:${line}`, source, expected, shown, templates, variables, options })
    }
    const next = blocks[index + 1]
    if (block.code.includes('{# => ')) {
      for (const each of linesOf(block)) add(each.source, each.expected, each.line, oneLine)
    } else if (next?.language === 'text') add(block.code, next.code, block.line, trimmed)
    else if (name === undefined)
      throw new Error(`${page}:${block.line}: the example does not say what it gives`)
  }
  return examples
}

function trimmed(text: string): string {
  return text.trimEnd()
}

/** Texts are one line here, but those of errors. */
function oneLine(text: string): string {
  return (/^\w+Error: /.test(text) ? text.replace(/\n.*/s, '') : text).trimEnd()
}

function linesOf({ code, line }: Block): { source: string; expected: string; line: number }[] {
  const found: { source: string; expected: string; line: number }[] = []
  let before = ''
  for (const [index, text] of code.split('\n').entries()) {
    const parts = /^(.*?) *\{# => (.*) #\}$/.exec(text)
    if (parts === null) before += text.trim()
    else {
      found.push({ source: before + parts[1]!, expected: parts[2]!, line: line + index })
      before = ''
    }
  }
  return found
}

/** The output, or the report of the error. */
async function outcome(example: TemplateExample, backend: 'code' | 'closures'): Promise<string> {
  try {
    const environment = new Environment({
      ...example.options,
      backend,
      loader: new DictLoader(example.templates),
    })
    if (example.options.extensions?.includes('jinja2.ext.i18n')) installNullTranslations(environment)
    return await environment.fromString(example.source).renderAsync(example.variables)
  } catch (error) {
    return String(error)
  }
}

const templatePages = ['docs/jinja-templates.md', 'docs/jinja-api.md']

describe.each(templatePages)('the templates of %s', (page) => {
  it('can be read', () => {
    expect(pageBlocks(page).length).toBeGreaterThan(0)
  })

  for (const example of templateExamples(page)) {
    it.each(backends)(`give what they say: ${example.place}, as %s`, async (backend) => {
      expect(example.shown(await outcome(example, backend)), example.place).toBe(example.expected)
    })
  }
})

describe('docs/jinja-templates.md', () => {
  const environment = new Environment()
  const blocks = pageBlocks('docs/jinja-templates.md')
  const registries = [
    ['Filters', environment.filters],
    ['Tests', environment.tests],
    ['Global functions', environment.globals],
  ] as const

  it.each(registries)('has a heading for each name of its chapter: %s', (chapter, registry) => {
    const names = headingsOf(chapter).flatMap(({ names }) => names)
    expect(names.toSorted()).toEqual(Array.from(registry.keys()).toSorted())
  })

  it.each(registries)('has an example below each heading of its chapter: %s', (chapter) => {
    for (const { heading } of headingsOf(chapter)) {
      const examples = blocks.filter((block) => block.section === chapter && block.heading === heading)
      expect(examples.length, heading).toBeGreaterThan(0)
    }
  })

  it.each(registries.slice(0, 2))('names the parameters as the engine does: %s', (chapter, registry) => {
    for (const { names, parameters } of headingsOf(chapter)) {
      // The first parameter is what stands before the bar, or before `is`.
      const signature = signatureOf(registry.get(names[0]!) as object)
      expect(parameters, names[0]).toEqual((signature.parameters ?? []).slice(1))
    }
  })
})

/** The headings of a chapter: `name(parameter=default)` and other names, each in backquotes. */
function headingsOf(chapter: string): { heading: string; names: string[]; parameters: string[] }[] {
  const text = read('docs/jinja-templates.md').split(/^## /m)
  const part = text.find((each) => each.startsWith(`${chapter}\n`))!
  return Array.from(part.matchAll(/^### (.*)$/gm), ([, heading]) => {
    const codes = Array.from(heading!.matchAll(/`([^`]*)`/g), ([, code]) => code!)
    const list = /\((.*)\)$/.exec(codes[0] ?? '')?.[1] ?? ''
    const parameters = list === '' ? [] : list.split(/, (?=\w|\*)/)
    return {
      heading: heading!,
      names: codes.map((code) => code.replace(/\(.*/, '')),
      parameters: parameters
        .map((parameter) => parameter.replace(/=.*/, ''))
        .filter((parameter) => !parameter.startsWith('*')),
    }
  })
}

function signatureOf(fn: object): Signature {
  const signature: unknown = Reflect.get(fn, Symbol.for('phial.jinja.signature'))
  return signature as Signature
}

// In the workspace, so that the packages are found.
const folder = mkdtempSync(join(root, 'node_modules/.docs-'))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Runs programs one after the other in one process. Gives what each printed, or its error. */
function printedBy(files: readonly string[], flags: readonly string[]): string[] {
  const runner = join(folder, 'runner.mts')
  const imports = files.map(
    (file) => `try { await import(${JSON.stringify(file)}) } catch (error) { console.log(error) }
console.log('\\u0000')\n`,
  )
  writeFileSync(runner, imports.join(''))
  const args = [...flags, '--conditions=phial-source', `--import=${import.meta.resolve('tsx')}`, runner]
  const { stdout, stderr } = spawnSync(ownNode.path, args, {
    cwd: folder,
    env: environmentFor(ownNode),
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return stdout.split('\u0000\n').map((text) => text.trimEnd())
}

describe.each(templatePages)('the programs of %s', (page) => {
  const programs = pageBlocks(page).filter(
    ({ language, code }) => language === 'ts' && code.includes('// => '),
  )
  const files = programs.map((program, index) => {
    const file = join(folder, `${page.replaceAll(/\W/g, '-')}-${index}.mts`)
    writeFileSync(file, program.code)
    return file
  })

  it.each([
    ['code', []],
    ['closures, where code generation is forbidden', ['--disallow-code-generation-from-strings']],
  ])('print what they say, as %s', (_, flags) => {
    if (programs.length === 0) return
    const printed = printedBy(files, flags)
    const lines = (text: string): string[] => text.split('\n').map((line) => line.trimEnd())
    const said = programs.map((program) => ({
      place: `${page}:${program.line}`,
      printed: Array.from(program.code.matchAll(/\/\/ => (.*)$/gm), (found) => found[1]!.trimEnd()),
    }))
    expect(said.map(({ place }, index) => ({ place, printed: lines(printed[index]!) }))).toEqual(said)
  })
})
