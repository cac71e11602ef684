/**
 * Checks what typed routes cost the compiler: writes an application with 500 distinct routes, checks it with
 * both compilers and prints time and instantiations. Fails above 2 seconds for the newer one. The types are those of the
 * built packages, as applications have them: run `npm run build` before.
 *
 *   node scripts/type-budget.mjs                 RuleParams of @phial/router
 *   node scripts/type-budget.mjs phial           app.get of phial
 *   node scripts/type-budget.mjs urls            urlFor of phial with the registry that `phial types` writes
 *   node scripts/type-budget.mjs templates       renderTemplate of phial with that registry
 *   node scripts/type-budget.mjs --routes=1000
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const LIMIT = 2
const target = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'router'
const routes = Number(process.argv.find((argument) => argument.startsWith('--routes='))?.slice(9) ?? 500)

/** How an application registers a route, for each target. */
const HEADS = {
  router: [
    "import type { RuleParams } from '@phial/router'",
    'declare function get<R extends string>(rule: R, view: (params: RuleParams<R>) => unknown): void',
  ],
  phial: ["import { Phial } from 'phial'", 'const app = new Phial(import.meta)'],
  urls: ["import { urlFor } from 'phial'"],
  templates: ["import { renderTemplate } from 'phial'"],
}
/** Registering through a method keeps its overloads. */
const CALLS = { router: 'get', phial: 'app.get' }

if (!(target in HEADS)) {
  console.error(`There is no target '${target}'. Targets: ${Object.keys(HEADS).join(', ')}`)
  process.exit(2)
}

const folder = join(root, '.cache', `type-budget-${target}`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'app.ts'), applicationText())
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration(), null, 2))

const compilers = [
  { name: 'TypeScript 7', script: 'node_modules/ts7/bin/tsc', limit: LIMIT },
  { name: 'TypeScript 6', script: 'node_modules/typescript/bin/tsc', limit: null },
]
let failed = false
for (const { name, script, limit } of compilers) {
  const result = check(script)
  if (result.status !== 0) {
    failed = true
    console.error(`${name}: the application does not compile\n${result.output.slice(0, 2000)}`)
    continue
  }
  const isOver = limit !== null && result.seconds > limit
  if (isOver) failed = true
  console.log(
    `${name}: ${routes} routes in ${result.seconds.toFixed(2)} s, ${result.instantiations} instantiations` +
      (limit === null ? '' : ` (limit ${limit} s${isOver ? ': EXCEEDED' : ''})`),
  )
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0

/** Runs a compiler; the time is that of the whole process. */
function check(script) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, script), '-p', folder, '--extendedDiagnostics'],
    { encoding: 'utf8' },
  )
  const seconds = (performance.now() - start) / 1000
  const instantiations = /Instantiations:\s+(\d+)/.exec(stdout)?.[1] ?? 'unknown'
  return { status, seconds, instantiations, output: stdout + stderr }
}

function configuration() {
  return {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      noEmit: true,
      isolatedDeclarations: false,
      allowImportingTsExtensions: true,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    files: ['app.ts'],
  }
}

/** Every fifth route is fixed, the others have one to four parameters of all kinds. */
function applicationText() {
  const lines = [...HEADS[target]]
  if (target === 'urls') return `${lines.concat(urlLines()).join('\n')}\n`
  if (target === 'templates') return `${lines.concat(templateLines()).join('\n')}\n`
  for (let index = 0; index < routes; index++) {
    const rule = ruleText(index)
    lines.push(`${CALLS[target]}(${JSON.stringify(rule.text)}, (${rule.pattern}) => ${rule.view})`)
  }
  return `${lines.join('\n')}\n`
}

/** A registry of as many endpoints, and a call for each. */
function urlLines() {
  const members = []
  const calls = []
  for (let index = 0; index < routes; index++) {
    const [type, values] = [
      ['{}', ''],
      ['{ id: number }', ', { id: 1 }'],
      ['{ lang: string; page: number; slug: string }', ", { lang: 'en', page: 1, slug: 'a', tab: 'x' }"],
      ['{ ext: string; key: string; kind: "new" | "edit" }', ", { ext: 'a', key: 'b', kind: 'edit' }"],
      ['{ owner: string; rest?: string; x: number }', ", { owner: 'a', x: 1 }, { external: true }"],
    ][index % 5]
    members.push(`    "area${index % 20}.thing${index}": ${type}`)
    calls.push(`urlFor('area${index % 20}.thing${index}'${values})`)
  }
  return ["declare module 'phial' {", '  interface Endpoints {', ...members, '  }', '}', ...calls]
}

/** A registry of as many templates with four variables on average, and a call for each. */
function templateLines() {
  const members = []
  const calls = []
  for (let index = 0; index < routes; index++) {
    const count = index % 9
    const names = Array.from({ length: count }, (_, each) => `value${each}`)
    members.push(
      `    "area${index % 20}/page${index}.html": { ${names.map((name) => `${name}?: unknown`).join('; ')} }`,
    )
    const values = names.slice(0, 4).map((name) => `${name}: ${index}`)
    calls.push(`renderTemplate('area${index % 20}/page${index}.html', { ${values.join(', ')} })`)
  }
  return ["declare module 'phial' {", '  interface TemplateRegistry {', ...members, '  }', '}', ...calls]
}

function ruleText(index) {
  const base = `/area${index % 20}/thing${index}`
  switch (index % 5) {
    case 0:
      return { text: `${base}/list`, pattern: '', view: `'${index}'` }
    case 1:
      return { text: `${base}/<int:id>`, pattern: '{ id }', view: 'id.toFixed(0)' }
    case 2:
      return {
        text: `${base}/<string(length=2):lang>/<slug>/<int(min=1):page>`,
        pattern: '{ lang, slug, page }',
        view: 'lang.toUpperCase() + slug.trim() + page.toFixed(0)',
      }
    case 3:
      return {
        text: `${base}/<any(new, edit, "by hand"):kind>/<uuid:key>.<ext>`,
        pattern: '{ kind, key, ext }',
        view: "(kind === 'by hand' ? key : ext).trim()",
      }
    default:
      return {
        text: `${base}/<owner>/<float:x>,<float:y>/<path:rest>`,
        pattern: '{ owner, x, y, rest }',
        view: 'owner.trim() + (x + y).toFixed(1) + rest.trim()',
      }
  }
}
