/**
 * Measures what the template engine costs in a browser: entries bundled for one, minified and gzipped. Prints a table
 * and fails if a budget is exceeded. Build before: the template is compiled by the built engine.
 *
 *   node scripts/size-budget.mjs [--modules]
 *
 * `--modules` lists the largest modules of each bundle too.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const entry = (name) => JSON.stringify(join(root, 'packages/jinja/src', `${name}.ts`))

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
    code: `export { Environment, DictLoader } from ${entry('index')}`,
    budget: 96,
    goal: 45,
  },
  {
    name: 'runtime with a precompiled template',
    code: `import { PrecompiledEnvironment } from ${entry('runtime')}\nimport * as page from ${JSON.stringify(PRECOMPILED)}\nexport const environment = new PrecompiledEnvironment({ templates: { 'page.html': page } })`,
    budget: 27,
    goal: 20,
  },
]

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = []
  for (const { name, code, budget, goal } of BUDGETS) {
    const { minified, gzipped, modules } = await measure(code)
    rows.push({
      name,
      sizes: [minified, gzipped, budget * 1000, goal * 1000],
      fits: gzipped <= budget * 1000,
    })
    if (process.argv.includes('--modules')) {
      console.log(`${name}:`)
      for (const [path, size] of modules.slice(0, 40)) console.log(`  ${kilobytes(size)}  ${path}`)
    }
  }
  console.log(['min', 'min+gzip', 'budget', 'goal'].map((head) => head.padStart(9)).join('  '))
  for (const { name, sizes, fits } of rows) {
    console.log(`${sizes.map(kilobytes).join('  ')}  ${name}${fits ? '' : ': OVER BUDGET'}`)
  }
  process.exitCode = rows.every(({ fits }) => fits) ? 0 : 1
}

/**
 * The size of a bundle, in bytes.
 *
 * @param {string} code The module that is bundled.
 * @returns {Promise<{ minified: number, gzipped: number, modules: [path: string, size: number][] }>} Modules with their
 * sizes before they are minified, the largest first.
 */
export async function measure(code) {
  const bundle = await rolldown({
    input: '\0entry',
    platform: 'browser',
    resolve: { conditionNames: ['phial-source', 'import', 'default'] },
    plugins: [await virtualModules({ '\0entry': code })],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  const [chunk] = output
  const modules = Object.entries(chunk.modules)
    .map(([path, { renderedLength }]) => [path.replace(join(root, 'packages/'), ''), renderedLength])
    .sort((a, b) => b[1] - a[1])
  return {
    minified: Buffer.byteLength(chunk.code),
    gzipped: gzipSync(chunk.code, { level: 9 }).length,
    modules,
  }
}

async function virtualModules(sources) {
  const { Environment } = await import('../packages/jinja/dist/index.js')
  const runtime = JSON.parse(entry('runtime'))
  const modules = {
    ...sources,
    [PRECOMPILED]: new Environment({ autoescape: true }).compile(TEMPLATE, 'page.html'),
  }
  return {
    name: 'virtual-modules',
    resolveId: (id) => (id in modules ? id : id === '@phial/jinja/runtime' ? runtime : null),
    load: (id) => modules[id] ?? null,
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9)
}
