/**
 * Checks the structure of the packages: who imports whom, what each room may touch, how entries are written. Prints a
 * line for each violation and fails if there is one.
 *
 *   node scripts/check-layers.mjs [ROOT]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** What each package may import of the others. A package that is missing here fails. */
export const LAYERS = {
  markup: [],
  signer: [],
  router: [],
  http: ['markup'],
  jinja: ['markup'],
  serve: ['http'],
  debugger: ['markup'],
  phial: ['markup', 'signer', 'router', 'http', 'jinja', 'serve', 'debugger'],
}

/** Rooms that know the platform, beside `node/` and `*-node.ts`. */
const NODE_ROOMS = new Map([
  ['phial', /^src\/lib\/cli\//],
  // Nunjucks' own entry reads files; `nunjucks-web.ts` is the one without.
  ['jinja', /^src\/nunjucks\.ts$/],
  // `index.ts` offers the gateway of Node under the package's own name.
  ['serve', /^src\/(?:node|index)\.ts$/],
  ['debugger', /^src\/node\.ts$/],
])

/**
 * Files whose types a file below them may name, with the reason. Only `import type` is meant: when the program runs,
 * nothing goes round.
 */
const NAMED_FROM_BELOW = new Map([
  ['packages/phial/src/lib/app.ts', 'what an application is made of is given the application'],
  ['packages/phial/src/lib/context/context.ts', 'a request knows the context that it is handled in'],
  ['packages/jinja/src/lib/runtime/context.ts', 'what a template is made of is given the context it runs in'],
])

/** The one module of Node that all runtimes have, and who may use it. */
const CONTEXT_ROOM = {
  package: 'phial',
  room: /^src\/lib\/context\/current\.ts$/,
  module: 'node:async_hooks',
}

/** Where messages for people are written if nobody takes them; anything else in these packages logs through it. */
const CONSOLE_ROOMS = new Map([['phial', /^src\/lib\/logging\.ts$/]])

/** Globals that belong to a runtime, or do something when nobody asked. */
const RUNTIME_GLOBALS = new Set([
  'process',
  'Buffer',
  'console',
  'require',
  'Bun',
  'Deno',
  '__dirname',
  '__filename',
])
/** The one place with timers in these packages: it ends what it has begun. */
const TIMER_ROOMS = new Map([['phial', /^src\/lib\/timer\.ts$/]])
const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate'])

const MAX_LINES = 500

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
  const violations = checkLayers(root)
  for (const { file, line, message } of violations) console.error(`${file}:${line} ${message}`)
  if (violations.length > 0) {
    console.error(`${violations.length} violation${violations.length === 1 ? '' : 's'} of the structure`)
    process.exitCode = 1
  }
}

/**
 * The violations in `packages` below a folder.
 *
 * @returns {{ file: string, line: number, message: string }[]}
 */
export function checkLayers(root) {
  const violations = []
  const modules = new Map()
  for (const name of readdirSync(join(root, 'packages'))) {
    const source = join(root, 'packages', name, 'src')
    if (!existsSync(source)) continue
    for (const file of sourceFiles(source)) {
      const module = readModule(root, name, file)
      modules.set(module.file, module)
    }
    violations.push(...checkExports(root, name))
  }
  for (const module of modules.values()) {
    const report = (line, message) => violations.push({ file: module.file, line, message })
    checkFile(module, report)
    checkImports(module, modules, report)
    if (!module.isTest) checkPlatform(module, report)
    if (module.isEntry && !module.isTest) checkEntry(module, report)
  }
  for (const cycle of importCycles(modules)) {
    violations.push({ file: cycle[0], line: 1, message: `import cycle: ${[...cycle, cycle[0]].join(' → ')}` })
  }
  return violations
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

function readModule(root, packageName, path) {
  const text = readFileSync(path, 'utf8')
  const file = toPosix(relative(root, path))
  const place = file.slice(`packages/${packageName}/`.length)
  return {
    file,
    /** Its path inside the package. */
    place,
    package: packageName,
    text,
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
    isEntry: dirname(place) === 'src',
    isTest: isTestFile(place),
    isNodeRoom:
      /(?:^|\/)node\//.test(place) ||
      place.endsWith('-node.ts') ||
      NODE_ROOMS.get(packageName)?.test(place) === true,
  }
}

function checkFile({ place, text, isTest }, report) {
  if (/^src\/lib\/(?:.*\/)?index\.ts$/.test(place)) {
    report(1, 'there is no index.ts inside lib: import the file that owns the name')
  }
  const lines = text.split('\n').length - 1
  // A table says so in its first comment.
  if (!isTest && lines > MAX_LINES && !/^(?:\/\/|\/\*\*?)[^/]*\btable\b/i.test(text)) {
    report(
      MAX_LINES,
      `${lines} lines, at most ${MAX_LINES}: split it by the reader's question, or mark it as a table`,
    )
  }
}

function checkImports(module, modules, report) {
  const allowed = LAYERS[module.package]
  if (allowed === undefined)
    report(1, `package '${module.package}' has no layer: add it to scripts/check-layers.mjs`)
  for (const { specifier, line } of imports(module.tree)) {
    const other = packageOf(specifier)
    if (other !== null) {
      const isOwn = other === module.package
      if (isOwn && !module.isTest)
        report(line, `'${specifier}' is this package itself: import the file that owns the name`)
      if (!isOwn && !module.isTest && allowed !== undefined && !allowed.includes(other)) {
        report(line, `${module.package} must not import ${other} ('${specifier}')`)
      }
      if (/\/(?:src|dist|lib)\//.test(specifier)) report(line, `'${specifier}' is private to ${other}`)
    } else if (specifier.startsWith('.')) {
      const target = posix.normalize(posix.join(posix.dirname(module.file), specifier))
      // What tests of all packages share lies beside the packages.
      if (module.isTest && target.startsWith('tests/')) continue
      if (!target.startsWith(`packages/${module.package}/`)) report(line, `'${specifier}' leaves the package`)
      else if (!module.isTest) checkRoom(module, modules.get(target), specifier, report, line)
    }
  }
}

/** Files of Node rooms are only reached from Node rooms, or when they are called (`import()`). */
function checkRoom(module, target, specifier, report, line) {
  if (target === undefined || !target.isNodeRoom || module.isNodeRoom) return
  if (isDynamicOnly(module.tree, specifier)) return
  report(line, `'${specifier}' lies in a room for Node and this file does not`)
}

function checkPlatform(module, report) {
  if (module.isNodeRoom) return
  for (const { specifier, line } of imports(module.tree)) {
    const isNode = isBuiltin(specifier)
    const isContext =
      CONTEXT_ROOM.package === module.package &&
      CONTEXT_ROOM.room.test(module.place) &&
      specifier === CONTEXT_ROOM.module
    if (isNode && !isContext) report(line, `'${specifier}' belongs into lib/node/ or a file *-node.ts`)
  }
  for (const { name, line } of globalNames(module.tree)) {
    if (name === 'console' && CONSOLE_ROOMS.get(module.package)?.test(module.place)) continue
    const isRuntime = RUNTIME_GLOBALS.has(name)
    if (TIMERS.has(name) && TIMER_ROOMS.get(module.package)?.test(module.place)) continue
    if (isRuntime || TIMERS.has(name)) report(line, `'${name}' belongs into lib/node/ or a file *-node.ts`)
  }
}

/** An entry is a table of contents: names, straight from their owners. */
function checkEntry({ tree, package: packageName }, report) {
  for (const statement of tree.statements) {
    const line = lineOf(tree, statement)
    if (ts.isExportDeclaration(statement) && statement.exportClause === undefined) {
      report(line, "an entry names each export: no 'export *'")
    } else if (ts.isExportAssignment(statement)) {
      report(line, 'an entry has no default export')
    } else if (!ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement)) {
      report(line, `an entry of ${packageName} holds names, no code`)
    }
  }
}

/**
 * Each file right in `src` is an entry, and each entry has the three conditions, in this order. Entries for pages have
 * chunks for Node, and for all others modules that bundlers can leave out one by one.
 */
function checkExports(root, name) {
  const file = `packages/${name}/package.json`
  const report = (message) => ({ file, line: 1, message })
  const path = join(root, file)
  if (!existsSync(path)) return [report('is missing')]
  const violations = []
  const named = new Set()
  for (const [subpath, target] of Object.entries(JSON.parse(readFileSync(path, 'utf8')).exports ?? {})) {
    if (subpath === './package.json') continue
    const source = target['phial-source']
    const stem = /^\.\/src\/([^/]+)\.ts$/.exec(source ?? '')?.[1]
    if (stem === undefined) {
      violations.push(
        report(`'${subpath}' must have a condition phial-source that names a file right in src`),
      )
      continue
    }
    named.add(`${stem}.ts`)
    const conditions =
      target.node === undefined
        ? { default: `./dist/${stem}.js` }
        : { node: `./dist/${stem}.js`, default: `./dist/modules/${stem}.js` }
    const wanted = { 'phial-source': source, types: `./dist/${stem}.d.ts`, ...conditions }
    if (JSON.stringify(target) !== JSON.stringify(wanted)) {
      violations.push(report(`'${subpath}' must be ${JSON.stringify(wanted)}`))
    }
    if (!existsSync(join(root, 'packages', name, source))) {
      violations.push(report(`'${subpath}' names ${source}, which is missing`))
    }
  }
  for (const entry of readdirSync(join(root, 'packages', name, 'src'))) {
    if (!entry.endsWith('.ts') || isTestFile(entry) || named.has(entry)) continue
    violations.push({
      file: `packages/${name}/src/${entry}`,
      line: 1,
      message: `is no entry of ${file}: add it to 'exports', or move it into lib`,
    })
  }
  return violations
}

function isTestFile(place) {
  return /\.test(?:-d)?\.ts$/.test(place)
}

/** Every module that a file names: imports, exports, `import()`, types of `import()`. */
function* imports(tree) {
  const found = []
  const visit = (node) => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined
    ) {
      const isValue = !isTypeOnly(node)
      found.push({ specifier: node.moduleSpecifier.text, line: lineOf(tree, node), dynamic: false, isValue })
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument !== undefined && ts.isStringLiteralLike(argument)) {
        found.push({ specifier: argument.text, line: lineOf(tree, node), dynamic: true, isValue: true })
      }
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({
        specifier: node.argument.literal.text,
        line: lineOf(tree, node),
        dynamic: true,
        isValue: false,
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  yield* found
}

/** Whether a statement is gone when types are stripped, whole or name by name. */
function isTypeOnly(node) {
  if (ts.isExportDeclaration(node)) {
    if (node.isTypeOnly) return true
    const names = node.exportClause
    return names !== undefined && ts.isNamedExports(names) && names.elements.every((name) => name.isTypeOnly)
  }
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.isTypeOnly) return true
  const names = clause.namedBindings
  if (clause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false
  return names.elements.length > 0 && names.elements.every((name) => name.isTypeOnly)
}

function isDynamicOnly(tree, specifier) {
  return [...imports(tree)].every((found) => found.specifier !== specifier || found.dynamic || !found.isValue)
}

/** The names that a file reads as variables, where it does not declare them itself. */
function globalNames(tree) {
  const declared = new Set()
  const read = []
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node
      if (isDeclarationName(node, parent)) declared.add(node.text)
      else if (!isMemberName(node, parent) && !isTypePosition(node))
        read.push({ name: node.text, line: lineOf(tree, node) })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return read.filter(({ name }) => !declared.has(name))
}

function isDeclarationName(node, parent) {
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isBindingElement(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isImportClause(parent) ||
      ts.isNamespaceImport(parent)) &&
    parent.name === node
  )
}

function isMemberName(node, parent) {
  if (ts.isPropertyAccessExpression(parent)) {
    if (parent.name !== node) return false
    // `globalThis.process` is the global all the same.
    return parent.expression.getText() !== 'globalThis'
  }
  if (ts.isBindingElement(parent)) return parent.propertyName === node
  return (
    (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  )
}

function isTypePosition(node) {
  for (let current = node.parent; current !== undefined; current = current.parent) {
    if (ts.isTypeNode(current) || ts.isInterfaceDeclaration(current) || ts.isTypeAliasDeclaration(current))
      return true
    if (ts.isStatement(current)) return false
  }
  return false
}

/** `http` for `@phial/http/headers`, `phial` for `phial/testing`, null for anything else. */
function packageOf(specifier) {
  const found = /^(?:@phial\/([^/]+)|(phial))(?:\/|$)/.exec(specifier)
  return found === null ? null : (found[1] ?? found[2])
}

/** The groups of files that name each other; tests and `import()` left out. Tarjan's algorithm. */
function importCycles(modules) {
  const edges = new Map()
  for (const module of modules.values()) {
    if (module.isTest) continue
    const targets = []
    for (const { specifier, dynamic, isValue } of imports(module.tree)) {
      if (!specifier.startsWith('.') || (dynamic && isValue)) continue
      const target = posix.normalize(posix.join(posix.dirname(module.file), specifier))
      if (modules.has(target) && (isValue || !NAMED_FROM_BELOW.has(target))) targets.push(target)
    }
    edges.set(module.file, targets)
  }
  const cycles = []
  const state = new Map()
  const stack = []
  let counter = 0
  const connect = (file) => {
    const own = { index: counter, low: counter++, onStack: true }
    state.set(file, own)
    stack.push(file)
    for (const target of edges.get(file) ?? []) {
      const known = state.get(target)
      if (known === undefined) own.low = Math.min(own.low, connect(target).low)
      else if (known.onStack) own.low = Math.min(own.low, known.index)
    }
    if (own.low === own.index) {
      const group = stack.splice(stack.indexOf(file))
      for (const member of group) state.get(member).onStack = false
      if (group.length > 1 || (edges.get(file) ?? []).includes(file)) cycles.push(group.sort())
    }
    return own
  }
  for (const file of edges.keys()) if (!state.has(file)) connect(file)
  return cycles
}

function lineOf(tree, node) {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

function toPosix(path) {
  return path.split(sep).join('/')
}
