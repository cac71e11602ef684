import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { appAreas } from './app-areas.ts'
import type { Area, AreaGroup, RunSettings } from './area.ts'
import { caseAreas } from './case-areas.ts'
import { type CommandLine, closestName, parseCommandLine, USAGE, UsageError } from './command-line.ts'
import { readCompatibility } from './compatibility.ts'
import { excessOf, IntendedBook } from './intended.ts'
import { jinjaAreas } from './jinja-areas.ts'
import { type AreaReport, closingLine, formatReport, jsonReport, type Report, totalsOf } from './report.ts'
import { parseSelector } from './selector.ts'

/** Where the runner finds its files and writes its lines. */
export interface RunnerSurroundings {
  /** The root of the project: it has `conformance/` and `COMPATIBILITY.md`. */
  readonly root: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** Runs the command and gives its exit code: 0, 1 if anything failed, 2 if it could not be run as asked. */
export async function runConformance(
  args: readonly string[],
  surroundings: RunnerSurroundings,
): Promise<number> {
  try {
    return await run(parseCommandLine(args), surroundings)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    surroundings.err(`${error.message}\n`)
    return 2
  }
}

interface GroupedArea {
  readonly group: AreaGroup
  readonly area: Area
}

async function run(command: CommandLine, { root, out, err }: RunnerSurroundings): Promise<number> {
  if (command.help) {
    out(USAGE)
    return 0
  }
  const directory = findDirectory(command, root)
  const all = directory === null ? [] : await listAreas(directory)
  const chosen = directory === null ? [] : chooseAreas(command.areas, all)
  if (command.list) {
    for (const { group, area } of chosen) out(`${area.name}  ${await group.count(area)}\n`)
    return 0
  }
  const report = directory === null ? NOTHING : await runAreas(command, root, directory, chosen, all)
  const totals = totalsOf(report)
  out(command.json ? jsonReport(report) : formatReport(report, command.verbose))
  const say = command.json ? err : out
  say(`${closingLine(totals)}\n`)
  return totals.failed > 0 ? 1 : 0
}

/** What there is to say without recorded cases. */
const NOTHING: Report = {
  directory: null,
  areas: [],
  problems: [],
  notes: [
    'there are no recorded cases at ../shared/conformance, so nothing is compared. --dir names their folder.',
  ],
}

/** The folder of the cases; null if none was named and the default is not there. */
function findDirectory(command: CommandLine, root: string): string | null {
  const directory = command.dir === null ? join(root, '..', 'shared', 'conformance') : resolve(command.dir)
  if (!existsSync(directory)) {
    if (command.dir === null) return null
    throw new UsageError(`--dir: there is no folder ${directory}.`)
  }
  if (!existsSync(join(directory, 'http')) && !existsSync(join(directory, 'jinja'))) {
    throw new UsageError(
      `--dir: ${directory} has neither http/ nor jinja/, so it does not hold recorded cases.`,
    )
  }
  return directory
}

async function listAreas(directory: string): Promise<GroupedArea[]> {
  const found: GroupedArea[] = []
  for (const group of [caseAreas('routing'), caseAreas('utils'), appAreas, jinjaAreas]) {
    for (const area of await group.list(directory)) found.push({ group, area })
  }
  return found
}

function chooseAreas(names: readonly string[], all: readonly GroupedArea[]): readonly GroupedArea[] {
  if (names.length === 0) return all
  const known = [...new Set(all.flatMap(({ group, area }) => [group.name, area.name]))]
  for (const name of names) {
    if (known.includes(name)) continue
    const closest = closestName(name, known)
    const hint =
      closest === null ? 'The folder has no areas.' : `Did you mean ${closest}? --list shows all areas.`
    throw new UsageError(`There is no area ${JSON.stringify(name)}. ${hint}`)
  }
  return all.filter(({ group, area }) => names.includes(group.name) || names.includes(area.name))
}

async function runAreas(
  command: CommandLine,
  root: string,
  directory: string,
  chosen: readonly GroupedArea[],
  all: readonly GroupedArea[],
): Promise<Report> {
  const book = new IntendedBook(await readCompatibility(join(root, 'COMPATIBILITY.md')))
  const notes = new Set<string>()
  const settings: RunSettings = {
    directory,
    adapters: join(root, 'conformance', 'areas'),
    apps: command.apps === null ? join(root, 'conformance', 'apps') : findApps(command.apps),
    socket: command.socket,
    mode: command.mode,
    wants: filterOf(command.filter),
    note: (text) => notes.add(text),
  }
  const areas: AreaReport[] = []
  for (const grouped of chosen) {
    // The table is about this project, and other applications may do without a difference.
    const isForeign = command.apps !== null && grouped.group === appAreas
    areas.push(await runArea(grouped, settings, isForeign ? new IntendedBook([]) : book))
  }
  const problems = book.staleLines()
  for (const [name, different] of book.counts) {
    let total = 0
    for (const { group, area } of all) if (group.name === name) total += await group.count(area)
    const excess = excessOf(name, different, total)
    if (excess !== null) problems.push(excess)
  }
  const shown = command.filter === null ? areas : areas.filter((area) => sizeOf(area) > 0)
  return { directory: relative(process.cwd(), directory), areas: shown, problems, notes: [...notes] }
}

async function runArea(
  { group, area }: GroupedArea,
  settings: RunSettings,
  book: IntendedBook,
): Promise<AreaReport> {
  const report = { name: area.name, passed: 0, failed: [], skipped: [], intended: [], messages: [] } as {
    -readonly [Member in keyof AreaReport]: AreaReport[Member] extends readonly (infer Item)[]
      ? Item[]
      : AreaReport[Member]
  }
  for (const result of await group.run(area, settings)) {
    if (result.message !== undefined) report.messages.push(result)
    if (book.admits(group.name, area.name, result)) report.intended.push(result)
    else if (result.verdict === 'passed') report.passed++
    else report[result.verdict].push(result)
  }
  return report
}

function findApps(folder: string): string {
  const path = resolve(folder)
  if (!existsSync(path)) throw new UsageError(`--apps: there is no folder ${path}.`)
  return path
}

function filterOf(filter: string | null): (id: string) => boolean {
  if (filter === null) return () => true
  try {
    const selector = parseSelector(filter)
    return (id) => selector.matches(id, '')
  } catch (error) {
    throw new UsageError(`--filter: ${(error as Error).message}`)
  }
}

function sizeOf(area: AreaReport): number {
  return area.passed + area.failed.length + area.skipped.length + area.intended.length
}
