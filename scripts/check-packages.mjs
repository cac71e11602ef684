/**
 * Checks the packages as they would be published: what publint and attw say, that each has what a package needs, and
 * that bundling has changed no name. Build before.
 *
 *   node scripts/check-packages.mjs [package …]
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
const known = references.map(({ path }) => path.replace('packages/', ''))
const versions = new Set(known.map((name) => readPackage(name).version))
const chosen = process.argv.length > 2 ? process.argv.slice(2) : known

let failed = false
for (const name of chosen) {
  const problems = [...checkFields(name), ...checkFiles(name), ...(await checkEntries(name))]
  problems.push(...(await outputOnFailure('publint', ['publint/src/cli.js', 'run', '--strict'], name)))
  problems.push(
    ...(await outputOnFailure(
      'attw',
      ['@arethetypeswrong/cli/dist/index.js', '--pack', '.', '--profile', 'esm-only'],
      name,
    )),
  )
  console.log(`${readPackage(name).name}: ${problems.length === 0 ? 'fine' : 'NOT FIT TO PUBLISH'}`)
  for (const problem of problems) console.log(`  ${problem.trim().replaceAll('\n', '\n  ')}`)
  failed ||= problems.length > 0
}
process.exitCode = failed ? 1 : 0

function readPackage(name) {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
}

function checkFields(name) {
  const problems = []
  const manifest = readPackage(name)
  for (const field of ['description', 'license', 'engines', 'exports', 'files', 'type', 'version']) {
    if (manifest[field] === undefined) problems.push(`package.json has no '${field}'`)
  }
  if (versions.size > 1) problems.push(`all packages have one version, found ${[...versions].join(', ')}`)
  for (const [dependency, range] of Object.entries(manifest.dependencies ?? {})) {
    if (!dependency.startsWith('@phial/')) continue
    if (range !== manifest.version)
      problems.push(`${dependency} is wanted as ${range}, not ${manifest.version}`)
  }
  for (const file of ['README.md', 'LICENSE']) {
    if (!existsSync(join(root, 'packages', name, file))) problems.push(`${file} is missing`)
  }
  return problems
}

/** What npm would pack: no tests, nothing that a build leaves behind, and every file that an entry names. */
function checkFiles(name) {
  const { stdout, stderr, status } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: join(root, 'packages', name),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) return [`npm pack says:\n${stderr}`]
  const packed = new Set(JSON.parse(stdout)[0].files.map(({ path }) => path))
  const unwanted = [...packed].filter((path) => /\.test(?:-d)?\.|\.tsbuildinfo$|^test\//.test(path))
  const problems = unwanted.map((path) => `${path} must not be packed: exclude it by 'files'`)
  const { exports, bin = {} } = readPackage(name)
  const wanted = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : Object.values(entry),
  )
  for (const path of [...wanted, ...Object.values(bin)].map((path) => path.replace('./', ''))) {
    if (!packed.has(path)) problems.push(`${path} is not packed`)
  }
  return problems
}

/** Imports each entry. A class or function that is not called what it is exported as would show a wrong name. */
async function checkEntries(name) {
  const problems = []
  for (const [subpath, entry] of Object.entries(readPackage(name).exports)) {
    if (typeof entry === 'string') continue
    const conditions = Object.keys(entry).join(', ')
    if (!/^phial-source, types(?:, node)?, default$/.test(conditions)) {
      problems.push(`${subpath} has the conditions ${conditions}, not phial-source, types, (node,) default`)
    }
    const exports = await importEntry(name, entry.default)
    if (entry.node !== undefined) {
      const ofNode = Object.keys(await importEntry(name, entry.node)).join()
      if (ofNode !== Object.keys(exports).join()) problems.push(`${subpath} exports other names to Node`)
    }
    for (const [exported, value] of Object.entries(exports)) {
      if (typeof value === 'function' && value.name !== exported && /\$\d*$/.test(value.name)) {
        problems.push(`${subpath} exports ${exported} under the name ${value.name}`)
      }
    }
  }
  return problems
}

function importEntry(name, path) {
  return import(pathToFileURL(join(root, 'packages', name, path)).href)
}

/** What a tool of `node_modules` prints if it fails. */
function outputOnFailure(tool, [script, ...args], name) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: join(root, 'packages', name),
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part) => {
        output += part
      })
    }
    child.once('close', (code) => resolve(code === 0 ? [] : [`${tool} says:\n${output}`]))
  })
}
