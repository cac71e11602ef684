/**
 * Measures what the template engine costs in a browser: entries of the built package, bundled as an application would,
 * minified and gzipped. Prints a table and fails if a budget is exceeded. Build before.
 *
 *   node scripts/size-budget.mjs [--modules]
 *
 * `--modules` also lists what each room and each of the largest modules of a bundle costs: by how many gzipped bytes
 * the bundle gets smaller without it.
 */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { minify } from 'rolldown/experimental'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Pages as they are precompiled: one as most are, and one that uses much of the language. */
const PAGES = {
  '\0page':
    '{% extends "base.html" %}{% block body %}{% if users is defined %}<ul>{% for user in users if user.active is true %}' +
    '<li>{{ loop.index }} {{ user.name|upper }}</li>{% else %}nobody{% endfor %}</ul>{% endif %}{{ super() }}{% endblock %}',
  '\0large page':
    '{% extends "base.html" %}{% from "cards.html" import card %}{% block body %}{% for id, item in items.items() %}' +
    '{{ card(id, item.title|default("-")) }}{{ (item.price * item.count)|round(2) }}' +
    '{% if item.state == "new" %}{{ item.tags|join(", ") }}{% endif %}{% endfor %}{{ items|length }}' +
    '{% include "foot.html" %}{% endblock %}',
}

/**
 * Budgets and goals in kB of 1,000 bytes. A budget is what there is, with a little air: it keeps sizes from growing.
 * decisions/034-sizes.md says what is in each, and why the engine does not reach its goal.
 *
 * @type {{ name: string, code: string, budget: number, goal?: number }[]}
 */
export const BUDGETS = [
  {
    name: 'engine for pages: all of the language, filters and tests',
    code: "export { DictLoader, WebEnvironment } from '@phial/jinja/web'",
    budget: 63,
    goal: 45,
  },
  {
    name: 'the same, with the methods of all types of Python',
    code:
      "import { pythonMethods, WebEnvironment } from '@phial/jinja/web'\n" +
      "export { DictLoader } from '@phial/jinja/web'\n" +
      'export const environment = new WebEnvironment({ builtIns: [pythonMethods] })',
    budget: 72.5,
  },
  {
    name: 'the same, without filters, tests, globals and methods',
    code:
      "import { SourceEnvironment } from '@phial/jinja/web'\n" +
      "export { DictLoader } from '@phial/jinja/web'\n" +
      'export class Language extends SourceEnvironment { constructor(options) { super(options, []) } }',
    budget: 49,
  },
  {
    name: 'Environment, with everything',
    code: "export { DictLoader, Environment } from '@phial/jinja'",
    budget: 94,
  },
  { name: 'runtime with a precompiled page', code: precompiled('\0page'), budget: 16.5, goal: 20 },
  { name: 'runtime with one that uses much', code: precompiled('\0large page'), budget: 22 },
]

function precompiled(page) {
  return (
    "import { PrecompiledEnvironment } from '@phial/jinja/runtime'\n" +
    `import * as page from ${JSON.stringify(page)}\n` +
    "export const environment = new PrecompiledEnvironment({ templates: { 'page.html': page } })"
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = []
  for (const { name, code, budget, goal } of BUDGETS) {
    const bundle = await bundled(code)
    const { minified, gzipped } = sizesOf(bundle.code)
    rows.push({
      name,
      sizes: [minified, gzipped, budget * 1000, ...(goal === undefined ? [] : [goal * 1000])],
      fits: gzipped <= budget * 1000,
    })
    if (process.argv.includes('--modules')) {
      console.log(`${name}:`)
      for (const groupOf of [roomOf, (path) => path]) {
        for (const [group, size] of (await costs(bundle, groupOf)).slice(0, 40)) {
          console.log(`  ${kilobytes(size)}  ${group}`)
        }
      }
    }
  }
  console.log(['min', 'min+gzip', 'budget', 'goal'].map((head) => head.padStart(9)).join('  '))
  for (const { name, sizes, fits } of rows) {
    const columns = sizes.map(kilobytes).join('  ').padEnd(42)
    console.log(`${columns}  ${name}${fits ? '' : ': OVER BUDGET'}`)
  }
  process.exitCode = rows.every(({ fits }) => fits) ? 0 : 1
}

/**
 * A module, bundled for browsers and minified.
 *
 * @param {string} source
 * @returns {Promise<{ code: string, modules: Record<string, { code: string | null }> }>} The modules before they are
 * minified.
 */
export async function bundled(source) {
  const bundle = await rolldown({
    input: '\0entry',
    cwd: root,
    platform: 'browser',
    plugins: [await virtualModules({ '\0entry': source })],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  return output[0]
}

/** @param {string} code Minified. */
export function sizesOf(code) {
  return { minified: Buffer.byteLength(code), gzipped: gzipSync(code, { level: 9 }).length }
}

async function virtualModules(sources) {
  const { Environment } = await import('../packages/jinja/dist/index.js')
  const environment = new Environment({ autoescape: true })
  const pages = Object.entries(PAGES).map(([id, source]) => [id, environment.compile(source, 'page.html')])
  const modules = { ...sources, ...Object.fromEntries(pages) }
  return {
    name: 'virtual-modules',
    resolveId(id, importer) {
      if (id in modules) return id
      // Modules without a place resolve as if they lay in the root of the workspace.
      return importer?.startsWith('\0') ? this.resolve(id, fileURLToPath(import.meta.url)) : null
    },
    load: (id) => modules[id] ?? null,
  }
}

/**
 * What groups of modules cost in a bundle. What they share with others counts for none, so the sum is a little less than
 * the whole.
 *
 * @param {{ modules: Record<string, { code: string | null }> }} bundle
 * @param {(path: string) => string} groupOf
 * @returns {Promise<[group: string, gzipped: number][]>} The largest first.
 */
async function costs({ modules }, groupOf) {
  const sources = Object.entries(modules).map(([path, { code }]) => ({
    group: groupOf(shortPath(path)),
    code,
  }))
  const size = async (left) => {
    const code = left.map((source) => source.code ?? '').join('\n')
    // As a script: what is left over is not taken for unused.
    const minified = await minify('bundle.js', code, { module: false, mangle: { toplevel: true } })
    return sizesOf(minified.code).gzipped
  }
  const whole = await size(sources)
  const rows = []
  for (const group of new Set(sources.map((source) => source.group))) {
    rows.push([group, whole - (await size(sources.filter((source) => source.group !== group)))])
  }
  return rows.sort((a, b) => b[1] - a[1])
}

function shortPath(path) {
  return path.replace(/^.*\/packages\//, '').replace(/\/(?:src|dist\/modules)\//, '/')
}

function roomOf(path) {
  return path.startsWith('\0') ? path : dirname(path)
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9)
}
