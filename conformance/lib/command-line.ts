import { parseArgs } from 'node:util'
import { TEMPLATE_MODES, type TemplateMode } from './area.ts'

export const USAGE = `Usage: npm run conformance -- [area …] [options]

Compares this project with recorded behaviour. An area is a group (routing, utils, apps, jinja) or one of its
areas (routing/converter-int, utils/accept, apps/hello). Without areas all are run.

  --dir DIR      the folder with http/ and jinja/ (default: ../shared/conformance)
  --apps DIR     the folder with the applications for the transcripts (default: conformance/apps)
  --socket       send the requests of transcripts through a server on this machine
  --mode MODE    run templates as generated code (generated), closures, compiled modules (modules), or by the
                 engine for pages (web); default: generated and closures, as far as they are there
  --filter ID    only cases of this id; also a range (a-1..a-9) or a pattern (utils-000*)
  --list         list the areas with their number of cases
  --json         print one JSON document; the closing line goes to standard error
  --verbose      show all differences, not the first five of each area
  --help         show this text
`

export interface CommandLine {
  readonly areas: readonly string[]
  readonly dir: string | null
  readonly apps: string | null
  readonly filter: string | null
  readonly mode: TemplateMode | null
  readonly socket: boolean
  readonly list: boolean
  readonly json: boolean
  readonly verbose: boolean
  readonly help: boolean
}

/** Something that the person at the command line has to put right. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Reads the arguments. Throws a {@link UsageError} for an unknown option. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        dir: { type: 'string' },
        apps: { type: 'string' },
        filter: { type: 'string' },
        mode: { type: 'string' },
        socket: { type: 'boolean' },
        list: { type: 'boolean' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    const { dir = null, apps = null, filter = null } = values
    const mode = values.mode === undefined ? null : readMode(values.mode)
    const { socket = false, list = false, json = false, verbose = false, help = false } = values
    return { areas: positionals, dir, apps, filter, mode, socket, list, json, verbose, help }
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nSee npm run conformance -- --help.`)
  }
}

function readMode(text: string): TemplateMode {
  const mode = TEMPLATE_MODES.find((name) => name === text)
  if (mode === undefined) {
    throw new UsageError(`--mode: expected ${TEMPLATE_MODES.join(', ')}, got ${JSON.stringify(text)}.`)
  }
  return mode
}

/** The one of `names` that is most like `name`. */
export function closestName(name: string, names: readonly string[]): string | null {
  let closest: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of names) {
    const distance = editDistance(name, candidate)
    if (distance < least) [closest, least] = [candidate, distance]
  }
  return closest
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
