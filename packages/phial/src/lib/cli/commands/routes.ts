import { type Command, Option } from 'commander'
import type { Phial } from '../../app.ts'
import type { CliIo } from '../io.ts'
import type { AppOptions } from '../load-app.ts'
import { loadPhial } from '../script.ts'

type SortKey = 'endpoint' | 'methods' | 'domain' | 'rule' | 'match'

interface RoutesOptions extends AppOptions {
  sort: SortKey
  allMethods?: boolean
  json?: boolean
}

/** A route as it is printed. */
interface RouteLine {
  readonly endpoint: string
  readonly methods: readonly string[]
  /** Host or subdomain, `''` for any. */
  readonly domain: string
  readonly rule: string
}

/** Shows the routes of an application. */
export function configure(command: Command, io: CliIo): void {
  command
    .addOption(
      new Option('-s, --sort <key>', "What to sort by; 'match' is the order in which they were added.")
        .choices(['endpoint', 'methods', 'domain', 'rule', 'match'] satisfies SortKey[])
        .default('endpoint'),
    )
    .option('--all-methods', 'Show HEAD and OPTIONS too.')
    .option('--json', 'Print JSON, for programs.')
    .action(async () => {
      await routes(command.optsWithGlobals<RoutesOptions>(), io)
    })
}

async function routes(options: RoutesOptions, io: CliIo): Promise<void> {
  const app = await loadPhial(options, io)
  const lines = sortLines(routeLines(app, options.allMethods === true), options.sort)
  const domain = app.urlMap.hostMatching ? 'Host' : 'Subdomain'
  io.out(options.json ? toJson(lines, domain) : toTable(lines, domain))
}

function routeLines(app: Phial, allMethods: boolean): RouteLine[] {
  const { urlMap } = app
  return Array.from(urlMap.iterRules(), (rule) => ({
    endpoint: String(rule.endpoint),
    methods: [...(rule.methods ?? [])].filter((m) => allMethods || (m !== 'HEAD' && m !== 'OPTIONS')).sort(),
    domain: (urlMap.hostMatching ? rule.host : rule.subdomain) ?? '',
    rule: rule.rule,
  }))
}

function sortLines(lines: RouteLine[], key: SortKey): RouteLine[] {
  if (key === 'match') return lines
  const text = (line: RouteLine): string => (key === 'methods' ? line.methods.join(', ') : line[key])
  return lines.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0))
}

function toJson(lines: readonly RouteLine[], domain: string): string {
  const objects = lines.map(({ endpoint, methods, domain: value, rule }) => ({
    endpoint,
    methods,
    ...(value === '' ? {} : { [domain.toLowerCase()]: value }),
    rule,
  }))
  return `${JSON.stringify(objects, null, 2)}\n`
}

function toTable(lines: readonly RouteLine[], domain: string): string {
  if (lines.length === 0) return 'No routes were registered.\n'
  const hasDomain = lines.some((line) => line.domain !== '')
  const columns = (endpoint: string, methods: string, host: string, rule: string): string[] =>
    hasDomain ? [endpoint, methods, host, rule] : [endpoint, methods, rule]
  const rows = [
    columns('Endpoint', 'Methods', domain, 'Rule'),
    ...lines.map((line) => columns(line.endpoint, line.methods.join(', '), line.domain, line.rule)),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  rows.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  )
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
