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

/** A template as it is precompiled: it escapes, loops, has a filter, a test and a block. */
const PRECOMPILED = '\0precompiled'
const TEMPLATE =
  '{% extends "base.html" %}{% block body %}{% for user in users if user.active is true %}' +
  '<li>{{ loop.index }} {{ user.name|upper }}</li>{% endfor %}{% endblock %}'

/**
 * Budgets and goals in kB of 1,000 bytes. A budget is what there is, with a little air: it keeps sizes from growing. The
 * goals are not reached yet; most of the code is Python's semantics of values.
 *
 * @type {{ name: string, code: string, budget: number, goal: number }[]}
 */
export const BUDGETS = [
  {
    name: 'whole engine: Environment, DictLoader',
    code: "export { Environment, DictLoader } from '@phial/jinja'",
    budget: 96,
    goal: 45,
  },
  {
    name: 'engine for pages: WebEnvironment, DictLoader',
    code: "export { WebEnvironment, DictLoader } from '@phial/jinja/web'",
    budget: 96,
    goal: 45,
  },
  {
    name: 'runtime with a precompiled template',
    code: `import { PrecompiledEnvironment } from '@phial/jinja/runtime'\nimport * as page from ${JSON.stringify(PRECOMPILED)}\nexport const environment = new PrecompiledEnvironment({ templates: { 'page.html': page } })`,
    budget: 27,
    goal: 20,
  },
]

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = []
  for (const { name, code, budget, goal } of BUDGETS) {
    const bundle = await bundled(code)
    const { minified, gzipped } = sizesOf(bundle.code)
    rows.push({
      name,
      sizes: [minified, gzipped, budget * 1000, goal * 1000],
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
    console.log(`${sizes.map(kilobytes).join('  ')}  ${name}${fits ? '' : ': OVER BUDGET'}`)
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
  const modules = {
    ...sources,
    [PRECOMPILED]: new Environment({ autoescape: true }).compile(TEMPLATE, 'page.html'),
  }
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
