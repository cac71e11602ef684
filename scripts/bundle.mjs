/**
 * Writes the JavaScript of the packages: few files each, so that a process starts fast. A package's entries stay files
 * of their own; what they share lies in `dist/chunks`. Declarations come from the compiler.
 *
 *   node scripts/bundle.mjs [package …]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Files that are started by path, not imported by name. */
const EXTRA_ENTRIES = {
  jinja: ['lib/ahead/node/bin.ts'],
  debugger: ['lib/node/await-hooks.ts'],
  phial: [
    'lib/cli/bin.ts',
    'lib/cli/typescript-hooks.ts',
    'lib/cli/dev/loaded-files-hooks.ts',
    'lib/cli/dev/loaded-files-preload.ts',
    'lib/cli/dev/loop-watch-thread.ts',
  ],
}

/** What every application of a package needs lies in one chunk; rooms that load later keep their own. */
const CORE =
  /\/src\/lib\/(?!(?:[^/]+\/)*node\/|cli\/|fetch-classes\/|middleware\/|nunjucks\/|chat\/|templating\/(?!render|escaped))/

/** What precompiled templates need: they are loaded without parser and compiler. */
const RUNTIME =
  /\/jinja\/src\/lib\/(?:(?:filters|is-tests|runtime|values)\/|(?:core|precompiled)-environment\.ts)/

/**
 * Packages that pages load: bundlers get each module as a file, so that they can leave out what a page does not use. A
 * chunk is all or nothing for them. Node, Bun and Deno take the chunks, by the condition `node`.
 */
const FOR_PAGES = new Set(['markup', 'jinja'])

/** What every command needs, and what serving needs besides: a process that starts reads two files, not a dozen. */
const COMMAND =
  /\/phial\/src\/lib\/cli\/(?:app-file|app-reference|cli-error|dotenv|find-app|global-options|help-style|host|io|literal|load-app|main|option-environment|painter|process-io|program|report|run-process|typescript)\.ts/
const SERVING =
  /\/phial\/src\/lib\/cli\/(?:access-log|commands\/run|dev-server|prefix|reload-hindrance|run-options|serve-app|served-app)\.ts/

/** A language of its own, which its two entries share. */
const NUNJUCKS = /\/jinja\/src\/lib\/nunjucks\/(?!node\/)/

const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
const known = references.map(({ path }) => path.replace('packages/', ''))
const chosen = process.argv.length > 2 ? process.argv.slice(2) : known
await Promise.all(chosen.map(bundle))

async function bundle(name) {
  const folder = join(root, 'packages', name)
  const target = join(folder, 'dist')
  // Everything is written beside first: an application that runs meanwhile never sees half a build.
  const fresh = join(folder, 'dist', '.new')
  rmSync(fresh, { recursive: true, force: true })
  const bundled = await rolldown({
    input: entries(name, folder),
    cwd: folder,
    platform: 'neutral',
    external: isExternal,
  })
  await bundled.write({
    dir: fresh,
    format: 'esm',
    sourcemap: true,
    // Those of the interface are in the declarations; a process that starts reads the rest the faster.
    comments: { jsdoc: false },
    // They are moved up one folder.
    sourcemapPathTransform: (source) => source.replace('../', ''),
    // Names of classes and functions show in errors and are asked for.
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      groups: [
        { name: 'runtime', test: RUNTIME, priority: 1 },
        { name: 'core', test: CORE },
        { name: 'nunjucks', test: NUNJUCKS },
        { name: 'command', test: COMMAND },
        { name: 'serving', test: SERVING },
      ],
    },
  })
  await bundled.close()
  if (FOR_PAGES.has(name)) await writeModules(folder, join(fresh, 'modules'))
  removeScripts(target)
  moveAll(fresh, target)
  rmSync(fresh, { recursive: true })
}

/** What entries without a condition of their own for Node are made of is not for pages. */
async function writeModules(folder, dir) {
  const { exports } = readManifest(folder)
  const files = Object.values(exports).flatMap((entry) =>
    entry.node === undefined ? [] : entry['phial-source'],
  )
  const bundled = await rolldown({
    input: files,
    cwd: folder,
    platform: 'neutral',
    external: isExternal,
  })
  await bundled.write({
    dir,
    format: 'esm',
    preserveModules: true,
    preserveModulesRoot: join(folder, 'src'),
    entryFileNames: '[name].js',
  })
  await bundled.close()
}

function isExternal(id) {
  return !/^(?:\.|\/|[A-Za-z]:[\\/])/.test(id)
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function entries(name, folder) {
  const { exports, imports = {} } = readManifest(folder)
  const files = Object.values(exports).flatMap((entry) => entry['phial-source']?.replace('./src/', '') ?? [])
  // What a package loads by a name of its own, so that runtimes can have it in different forms.
  for (const forms of Object.values(imports)) {
    for (const form of Object.values(forms)) {
      if (typeof form === 'object') files.push(form.default.replace('./dist/', '').replace(/\.js$/, '.ts'))
    }
  }
  return Object.fromEntries(
    [...files, ...(EXTRA_ENTRIES[name] ?? [])].map((file) => [
      file.replace(/\.ts$/, ''),
      join(folder, 'src', file),
    ]),
  )
}

/** Removes what an earlier build left; declarations stay. */
function removeScripts(folder) {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== '.new') removeScripts(path)
    else if (/\.js(?:\.map)?$/.test(entry.name)) rmSync(path)
  }
}

function moveAll(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const target = join(to, entry.name)
    if (entry.isDirectory()) moveAll(join(from, entry.name), target)
    else {
      mkdirSync(dirname(target), { recursive: true })
      renameSync(join(from, entry.name), target)
    }
  }
}
