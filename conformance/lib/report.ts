import type { CaseResult } from './area.ts'
import { shorten } from './compare.ts'

/** How many differences of an area are shown unless all are wanted. */
const SHOWN_DIFFERENCES = 5

/** What came of one area. Cases that differ on purpose are in `intended` and in no other list. */
export interface AreaReport {
  readonly name: string
  readonly passed: number
  readonly failed: readonly CaseResult[]
  readonly skipped: readonly CaseResult[]
  readonly intended: readonly CaseResult[]
  /** The cases of the right error, with its text compared. They do not decide. */
  readonly messages: readonly CaseResult[]
}

export interface Report {
  /** The folder of the cases; null if there is none. */
  readonly directory: string | null
  readonly areas: readonly AreaReport[]
  /** What is wrong besides the cases: a stale line of COMPATIBILITY.md, too many intended differences. Each is a failure. */
  readonly problems: readonly string[]
  readonly notes: readonly string[]
}

export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly intended: number
}

export function totalsOf(report: Report): Totals {
  const sum = (count: (area: AreaReport) => number): number =>
    report.areas.reduce((total, area) => total + count(area), 0)
  return {
    passed: sum((area) => area.passed),
    failed: sum((area) => area.failed.length) + report.problems.length,
    skipped: sum((area) => area.skipped.length),
    intended: sum((area) => area.intended.length),
  }
}

/** The last line of every run. */
export function closingLine({
  passed,
  failed,
  skipped,
}: Pick<Totals, 'passed' | 'failed' | 'skipped'>): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The report for people, without its closing line. */
export function formatReport(report: Report, verbose: boolean): string {
  const width = Math.max(0, ...report.areas.map((area) => area.name.length))
  const lines = report.areas.flatMap((area) => formatArea(area, width, verbose))
  for (const note of report.notes) lines.push(`note: ${note}`)
  for (const problem of report.problems) lines.push(`FAILED ${problem}`)
  const messages = report.areas.flatMap((area) => area.messages)
  if (messages.length > 0) lines.push(`error messages: ${messageCounts(messages)}`)
  const { intended } = totalsOf(report)
  if (intended > 0) {
    lines.push(`${intended} intended (different on purpose, see COMPATIBILITY.md; not counted as passed)`)
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** How many error texts are equal: those of the template engine's own classes, and those of Python's. */
function messageCounts(results: readonly CaseResult[]): string {
  const equal = (isOwn: boolean): string => {
    const some = results.filter(({ message }) => message?.isOwn === isOwn)
    return `${some.filter(({ message }) => message?.isEqual).length} of ${some.length}`
  }
  return `${equal(true)} of the engine's own are equal, ${equal(false)} of Python's`
}

/** The report as a JSON document. */
export function jsonReport(report: Report): string {
  const areas = report.areas.map((area) => ({
    name: area.name,
    passed: area.passed,
    failed: area.failed.length,
    skipped: area.skipped.length,
    intended: area.intended.length,
    messages: area.messages.map(({ id, message }) => ({ id, ...message })),
    skips: Object.fromEntries(countReasons(area.skipped)),
    differences: area.failed.map(({ verdict: _, ...difference }) => difference),
    intendedCases: area.intended.map(({ id, fn, reason }) => ({ id, fn, reason })),
  }))
  const { directory, notes, problems } = report
  return `${JSON.stringify({ directory, areas, notes, problems, total: totalsOf(report) }, null, 2)}\n`
}

function formatArea(area: AreaReport, width: number, verbose: boolean): string[] {
  const counts = [`${area.passed} passed`, `${area.failed.length} failed`, `${area.skipped.length} skipped`]
  if (area.intended.length > 0) counts.push(`${area.intended.length} intended`)
  const lines = [`${area.name.padEnd(width)}  ${counts.join(', ')}`]
  if (area.messages.length > 0) lines.push(`    messages: ${messageCounts(area.messages)}`)
  if (verbose) {
    for (const { id, message, expected, got } of area.messages) {
      if (message?.isEqual === false)
        lines.push(
          `    message ${id}  expected ${shorten(expected ?? null, 400)}, got ${shorten(got ?? null, 400)}`,
        )
    }
  }
  for (const [reason, count] of countReasons(area.skipped)) lines.push(`    skipped ${count}: ${reason}`)
  const shown = verbose ? area.failed : distinctDifferences(area.failed).slice(0, SHOWN_DIFFERENCES)
  for (const result of shown) lines.push(...formatDifference(result, verbose))
  const hidden = area.failed.length - shown.length
  if (hidden > 0) lines.push(`    … and ${hidden} more (--verbose shows all)`)
  return lines
}

/** Of cases that could not be run for one reason, the first; all that gave a wrong result. */
function distinctDifferences(results: readonly CaseResult[]): CaseResult[] {
  const reasons = new Set<string>()
  return results.filter((result) => {
    if (result.got !== undefined) return true
    const isNew = !reasons.has(result.reason)
    reasons.add(result.reason)
    return isNew
  })
}

function formatDifference(result: CaseResult, verbose: boolean): string[] {
  const limit = verbose ? 4000 : 240
  const lines = [`    FAILED ${result.id}  ${result.fn}`]
  if (result.args !== undefined) lines.push(`      args      ${shorten(result.args, limit)}`)
  if (result.expected !== undefined) lines.push(`      expected  ${shorten(result.expected, limit)}`)
  if (result.got !== undefined) lines.push(`      got       ${shorten(result.got, limit)}`)
  lines.push(`      because   ${verbose ? result.reason : shortenText(result.reason)}`)
  return lines
}

function shortenText(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)}…`
}

function countReasons(results: readonly CaseResult[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { reason } of results) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return counts
}
