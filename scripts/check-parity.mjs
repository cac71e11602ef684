/**
 * Checks docs/parity.md: each line has a known state, and what it refers to is there. Prints a line for each fault and
 * fails if there is one.
 *
 *   node scripts/check-parity.mjs [ROOT]
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const STATES = /^(?:done|open(?:: .+)?|differs: .+|not applicable: .+)$/
const PACKAGES = ['phial', 'debugger', 'http', 'jinja', 'markup', 'router', 'serve', 'signer']
// As the files of recorded cases are called.
const AREA = /^(?:routing|(?:utils|jinja)\/[a-z0-9-]+)$/

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
  const { faults, states } = checkParity(root)
  for (const fault of faults) console.error(fault)
  console.log([...states].map(([state, count]) => `${count} ${state}`).join('; '))
  if (faults.length > 0) process.exitCode = 1
}

/**
 * The faults of the page, and how many lines have each state.
 *
 * @returns {{ faults: string[], states: Map<string, number> }}
 */
export function checkParity(root) {
  const faults = []
  const states = new Map()
  const ids = new Set()
  const lines = readFileSync(join(root, 'docs/parity.md'), 'utf8').split('\n')
  for (const [index, line] of lines.entries()) {
    const [, id, , state, references = ''] = line.split('|').map((cell) => cell.trim())
    if (id === undefined || !/^[A-Z]{3}-\d\d$/.test(id)) continue
    const report = (text) => faults.push(`docs/parity.md:${index + 1} ${id} ${text}`)
    if (ids.has(id)) report('stands twice')
    ids.add(id)
    if (!STATES.test(state)) report(`has the state ${JSON.stringify(state)}`)
    const kind = state.replace(/:.*/, '')
    states.set(kind, (states.get(kind) ?? 0) + 1)
    const named = references === '' ? [] : references.split('<br>')
    if ((kind === 'done' || kind === 'differs') && named.length === 0) report('names no test')
    for (const reference of named) {
      const fault = faultOf(root, reference)
      if (fault !== null) report(fault)
    }
  }
  return { faults, states }
}

/**
 * The references that no test has shown in a run: none with such a title has passed, or one has failed.
 *
 * @param {{ name: string, assertionResults: { fullName: string, status: string }[] }[]} testResults of vitest's report.
 * @returns {string[]} a line for each. Files that did not run say nothing, nor does recorded behaviour.
 */
export function unshown(root, testResults) {
  const results = new Map(
    testResults.map(({ name, assertionResults }) => [relative(root, name), assertionResults]),
  )
  const faults = []
  for (const line of readFileSync(join(root, 'docs/parity.md'), 'utf8').split('\n')) {
    const [, id, , , references = ''] = line.split('|').map((cell) => cell.trim())
    for (const reference of references.split('<br>')) {
      const [place, title] = reference.split(' › ')
      const tests = title === undefined ? undefined : results.get(testFileOf(place))
      if (tests === undefined) continue
      // Titles of tables have their values filled in, from the first sign of one on. A group is named as in the source.
      const begin = title.replace(/^describe\('(.*?)'?$/, '$1').split(/[%$]/)[0]
      const states = tests.filter(({ fullName }) => fullName.includes(begin)).map(({ status }) => status)
      if (states.includes('failed') || !states.includes('passed'))
        faults.push(
          `docs/parity.md ${id} is not shown by ${reference}: ${states.join(', ') || 'no such test ran'}`,
        )
    }
  }
  return faults
}

/** The file of tests that a reference names, or null for what is no such file. */
function testFileOf(place) {
  if (place.startsWith('page:')) return place.slice('page:'.length)
  if (place.startsWith('tests:')) return `tests/${place.slice('tests:'.length)}.test.ts`
  const [, folder = 'phial', name] = /^(?:(\w+):)?(.+)$/.exec(place)
  return join('packages', folder, 'src/lib', `${name}.test.ts`)
}

/** What is wrong with a reference, or null. */
function faultOf(root, reference) {
  if (reference.startsWith('conformance:')) {
    const area = reference.slice('conformance:'.length)
    if (area.startsWith('apps/')) {
      return existsSync(join(root, 'conformance', `${area}.ts`))
        ? null
        : `refers to ${area}, which is not there`
    }
    return AREA.test(area) ? null : `refers to the area ${area}, which is none`
  }
  const [place, title] = reference.split(' › ')
  if (place.startsWith('page:') && title !== undefined) {
    const page = place.slice('page:'.length)
    if (!existsSync(join(root, page))) return `refers to ${page}, which is not there`
    return readFileSync(join(root, page), 'utf8').includes(title)
      ? null
      : `refers to what ${page} does not say: ${title}`
  }
  if (place.startsWith('tests:') && title !== undefined) {
    const file = `tests/${place.slice('tests:'.length)}.test.ts`
    if (!existsSync(join(root, file))) return `refers to ${file}, which is not there`
    return readFileSync(join(root, file), 'utf8').includes(title)
      ? null
      : `refers to a test that ${file} does not have: ${title}`
  }
  if (title === undefined) return `refers to ${JSON.stringify(reference)}: expected a file, ' › ' and a title`
  const [, folder = 'phial', name] = /^(?:(\w+):)?(.+)$/.exec(place)
  if (!PACKAGES.includes(folder)) return `refers to the package ${folder}, which is none`
  const file = join('packages', folder, 'src/lib', `${name}.test.ts`)
  const path = join(root, file)
  if (!existsSync(path)) return `refers to ${file}, which is not there`
  return readFileSync(path, 'utf8').includes(title)
    ? null
    : `refers to a test that ${file} does not have: ${title}`
}
