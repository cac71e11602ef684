/**
 * Runs the tests and ends with the line `N passed, N failed`, with `, N skipped` if there are any. Arguments go on to
 * vitest; a project is chosen with `--project unit`, `process` or `browser`.
 *
 *   node scripts/test.mjs [ARGUMENT …]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unshown } from './check-parity.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'phial-test-'))
const report = join(folder, 'report.json')

let status = 1
try {
  const vitest = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  )
  status = vitest.status ?? 1
  const { testResults } = readReport()
  const counts = countResults(testResults)
  // What docs/parity.md says is done must have been shown by what it names.
  for (const fault of unshown(root, testResults)) {
    console.error(fault)
    counts.failed++
  }
  if (status === 0 && counts.failed > 0) status = 1
  // What breaks between the tests (an error nobody caught) fails the run without failing a test.
  else if (status !== 0 && counts.failed === 0) counts.failed = 1
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = status

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { testResults: [] }
  }
}

/** The tests of all files; a file that could not be loaded counts as one that failed. */
function countResults(testResults) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of testResults) {
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed++
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++
      else if (test.status === 'failed') counts.failed++
      else counts.skipped++
    }
  }
  return counts
}
