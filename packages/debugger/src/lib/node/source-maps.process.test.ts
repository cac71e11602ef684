import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  environmentFor,
  findRuntime,
  ownNode,
  type Runtime,
  runCommand,
} from '../../../../../tests/support.ts'

// The same program, run in each way that TypeScript is run: lines, columns and names are those of the source.

const test = fileURLToPath(new URL('../../../test/', import.meta.url))
const workspace = fileURLToPath(new URL('../../../../../', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phial-mapped-'))
  symlinkSync(join(workspace, 'node_modules'), join(folder, 'node_modules'))
  const source = join(test, 'mapped/program/app.ts')
  for (const name of ['esm', 'cjs', 'dist', 'bundle']) {
    mkdirSync(join(folder, name, 'src'), { recursive: true })
    copyFileSync(source, join(folder, name, 'src/app.ts'))
    writeFileSync(
      join(folder, name, 'package.json'),
      JSON.stringify({ type: name === 'cjs' ? 'commonjs' : 'module' }),
    )
  }
  const { outputText, sourceMapText } = ts.transpileModule(ts.sys.readFile(source)!, {
    fileName: '../src/app.ts',
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, sourceMap: true },
  })
  mkdirSync(join(folder, 'dist/dist'))
  const map = JSON.parse(sourceMapText!) as { sources: string[] }
  map.sources = ['../src/app.ts']
  writeFileSync(
    join(folder, 'dist/dist/app.js'),
    outputText.replace(/sourceMappingURL=\S+/, 'sourceMappingURL=app.js.map'),
  )
  writeFileSync(join(folder, 'dist/dist/app.js.map'), JSON.stringify(map))
  const bundled = await rolldown({ input: join(folder, 'bundle/src/app.ts') })
  await bundled.write({
    file: join(folder, 'bundle/dist/app.js'),
    format: 'esm',
    sourcemap: true,
    minify: true,
  })
  await bundled.close()
})

afterAll(() => rmSync(folder, { recursive: true }))

type Told = Record<
  'sync' | 'async',
  { place: string; source: string; variables: Record<string, string> | null }[]
>

function run(node: Runtime, options: string[], name: string, module: string): Told {
  const root = join(folder, name)
  const args = [...options, 'mapped/run.mjs', root, join(root, module)]
  return JSON.parse(runCommand(node.path, args, test, environmentFor(node))) as Told
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is code
const THROW = "if (upper === 'B') throw new Error(`bad ${first}`)"

const cases: [node: string, way: string, options: string[], name: string, module: string][] = [
  ['node22', 'types stripped by Node', [], 'esm', 'src/app.ts'],
  ['node24', 'types stripped by Node', [], 'esm', 'src/app.ts'],
  ['node26', 'types stripped by Node', [], 'esm', 'src/app.ts'],
  ['node20.19', 'tsx', ['--import', 'tsx'], 'esm', 'src/app.ts'],
  ['node22', 'tsx', ['--import', 'tsx'], 'esm', 'src/app.ts'],
  ['node24', 'tsx', ['--import', 'tsx'], 'esm', 'src/app.ts'],
  ['node26', 'tsx', ['--import', 'tsx'], 'esm', 'src/app.ts'],
  ['node20.19', 'tsx with CommonJS', ['--import', 'tsx'], 'cjs', 'src/app.ts'],
  ['node24', 'tsx with CommonJS', ['--import', 'tsx'], 'cjs', 'src/app.ts'],
  ['node20.19', 'tsc', [], 'dist', 'dist/app.js'],
  ['node24', 'tsc', [], 'dist', 'dist/app.js'],
  ['node24', 'tsc with --enable-source-maps', ['--enable-source-maps'], 'dist', 'dist/app.js'],
  ['node20.19', 'a bundle, minified', [], 'bundle', 'dist/app.js'],
  ['node26', 'a bundle, minified', [], 'bundle', 'dist/app.js'],
]

it.each(cases)('%s: %s', (name, way, options, folderName, module) => {
  const node = findRuntime(name) ?? (name === 'node20.19' ? ownNode : null)
  if (node === null) return
  const told = run(node, options, folderName, module)
  const isMinified = way.includes('minified')
  expect(told.sync[0]!.source).toBe(THROW)
  expect(told.sync[0]!.place.replace(/^\w+ |:\d+$/g, '')).toBe('src/app.ts:24')
  if (!isMinified) expect(told.sync[0]!.variables).toMatchObject({ upper: "'B'", name: "'b'", first: "'a'" })
  const [thrown, waiting] = told.async
  expect(thrown!.place.replace(/^\w+ |:\d+$/g, '')).toBe('src/app.ts:16')
  // Minifiers put lines together.
  expect(waiting!.place.replace(/^\w+ /, '')).toMatch(
    isMinified ? /^src\/app\.ts:3[34]:\d+$/ : /^src\/app\.ts:33:\d+$/,
  )
  if (!isMinified) expect(thrown!.variables).toMatchObject({ id: '42', table: "'users'" })
  expect(
    Object.keys(told.sync[0]!.variables ?? {}).filter((name) => /^(?:__|module|exports|require)/.test(name)),
  ).toEqual([])
  // CommonJS may be sloppy code, which is not rewritten.
  if (!isMinified && folderName !== 'cjs') expect(waiting!.variables).toMatchObject({ wanted: '42' })
})
