import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocksOf } from './markdown.ts'
import { faultsOf, type PageProgram, programsOf, writeProgram } from './page-programs.ts'
import { environmentFor, findRuntime, ownNode, type Runtime, root, runCommand } from './support.ts'

// Everything that the pages of docs/ show in TypeScript runs, prints what it says, and passes the compiler: with the
// packages as they were built, as applications have them.

const STRICTER = { noEmit: true, isolatedDeclarations: false, allowImportingTsExtensions: true }

/** Pages whose blocks are fragments, or servers that run until somebody stops them; those about templates have their own tests. */
const FRAGMENTS = new Set(['docs/command-line.md', 'docs/debugger.md', 'docs/development.md'])

/** The settings of the compiler that `docs/installation.md` recommends. */
const RECOMMENDED = JSON.parse(
  blocksOf(readFileSync(join(root, 'docs/installation.md'), 'utf8')).find(
    ({ info }) => info['name'] === 'tsconfig.json',
  )!.code,
) as { compilerOptions: object }

/** Folders whose pages have tests of their own. */
const ELSEWHERE = ['docs/tutorial', 'docs/deploying']

const pages = markdownIn('docs')
  .concat(markdownIn('docs/patterns'))
  .filter((page) => !FRAGMENTS.has(page) && !basename(page).startsWith('jinja-'))
  .map((page) => ({ page, markdown: readFileSync(join(root, page), 'utf8') }))

const standIns = join(root, 'tests/stand-ins')

// In the workspace, so that the packages are found. What outside packages do is done by stand-ins.
const folder = mkdtempSync(join(root, 'node_modules/.pages-'))

beforeAll(() => {
  for (const file of readdirSync(standIns).filter((name) => !name.endsWith('.d.ts'))) {
    const target = join(folder, 'node_modules', file.replace(/\.ts$/, ''))
    mkdirSync(target, { recursive: true })
    cpSync(join(standIns, file), join(target, 'index.ts'))
    writeFileSync(join(target, 'package.json'), '{ "type": "module", "exports": "./index.ts" }')
  }
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe.each(pages.filter(({ markdown }) => programsOf(markdown).length > 0))(
  '$page',
  ({ page, markdown }) => {
    it('shows no TypeScript that is not run, and names its files', () => {
      expect(faultsOf(markdown)).toEqual([])
    })

    for (const program of programsOf(markdown)) {
      const node = nodeFor(program)
      it.skipIf(node === null)(`prints what it says, line ${program.line}`, () => {
        const printed = runCommand(
          node!.path,
          [`--import=${import.meta.resolve('tsx')}`, write(page, program)],
          folder,
          { ...environmentFor(node!), NODE_NO_WARNINGS: '1' },
        )
        const lines = (texts: readonly string[]): string[] => texts.map((text) => text.trimEnd())
        expect(lines(printed.trimEnd().split('\n'))).toEqual(lines(program.prints))
      })
    }
  },
)

describe('the programs of the pages', () => {
  const programs = pages.flatMap(({ page, markdown }) =>
    programsOf(markdown).map((program) => ({ page, program })),
  )

  it.each([
    ['as a new project has it', RECOMMENDED],
    // Stricter than most.
    ['of this one', { extends: join(root, 'tsconfig.base.json'), compilerOptions: STRICTER }],
  ])('pass the compiler, %s', (_name, settings) => {
    // Declarations of an application's own types are for that application alone.
    const declares = ({ program }: { program: PageProgram }): boolean =>
      [program.code, ...program.files.values()].some((code) => /^declare module /m.test(code))
    const groups = [
      programs.filter((each) => !declares(each)),
      ...programs.filter(declares).map((each) => [each]),
    ]
    const reports = groups.map((group) =>
      compile(
        settings,
        group.flatMap(({ page, program }) => {
          const main = write(page, program)
          const modules = [...program.files.keys()].filter((name) => name.endsWith('.ts'))
          return [main, ...modules.map((name) => join(dirname(main), name))]
        }),
      ),
    )
    expect(reports.filter((report) => report !== '')).toEqual([])
  })
})

describe('the links of the pages', () => {
  const all = [
    ...pages,
    ...ELSEWHERE.flatMap(markdownIn).map((page) => ({
      page,
      markdown: readFileSync(join(root, page), 'utf8'),
    })),
  ]

  it.each(all)('$page leads to what is there', ({ page, markdown }) => {
    const broken = linksOf(markdown).filter((link) => {
      const [path, anchor] = link.split('#') as [string, string?]
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsOf(readFileSync(join(root, target), 'utf8')).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('lead from the index to each page', () => {
    const linked = ['docs/README.md', 'docs/patterns/README.md'].flatMap((index) =>
      linksOf(readFileSync(join(root, index), 'utf8')).map((link) => join(dirname(index), link)),
    )
    const indexes = ELSEWHERE.map((folder) => `${folder}/README.md`)
    const all = [...markdownIn('docs'), ...markdownIn('docs/patterns'), ...indexes]
    expect(all.filter((page) => page !== 'docs/README.md' && !linked.includes(page))).toEqual([])
  })
})

function markdownIn(path: string): string[] {
  return readdirSync(join(root, path))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${path}/${name}`)
}

/** Writes a program of a page, and gives its path. */
function write(page: string, program: PageProgram): string {
  const name = page.replace(/\.md$/, '').replaceAll('/', '-')
  return writeProgram(join(folder, name, `line-${program.line}`), program)
}

/** The Node that runs a program, or null if none that is installed can. */
function nodeFor({ node }: PageProgram): Runtime | null {
  if (node === null) return ownNode
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = node.split('.').map(Number)
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return ownNode
  return findRuntime('node24')
}

/** What the compiler has to say about files. */
function compile(settings: object, files: readonly string[]): string {
  const config = join(folder, 'tsconfig.json')
  writeFileSync(
    config,
    JSON.stringify({ ...settings, files: [...files, join(standIns, 'node-sqlite.d.ts')] }),
  )
  const { stdout, stderr } = spawnSync(
    ownNode.path,
    [join(root, 'node_modules/ts7/bin/tsc'), '-p', config, '--pretty', 'false'],
    { cwd: folder, encoding: 'utf8' },
  )
  return (stdout + stderr).trim()
}

/** Links to files of the project, and to places of the page itself. */
function linksOf(markdown: string): string[] {
  const text = blocksOf(markdown).reduce((rest, { code }) => rest.replace(code, ''), markdown)
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link!).filter(
    (link) => !/^[a-z]+:/.test(link),
  )
}

/** The places of a page that links can lead to. */
function anchorsOf(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^#+ (.+)$/gm), ([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
