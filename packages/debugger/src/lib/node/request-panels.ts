import type { RequestHead } from '../guard.ts'
import type { Panel, Variable } from '../report.ts'
import { inspectValue } from './inspect-value.ts'

/** Named values that the page shows; secrets are hidden by their names. */
export interface PanelValues {
  readonly title: string
  readonly values: Readonly<Record<string, unknown>> | Iterable<readonly [name: string, value: unknown]>
  /** Whether it is folded until somebody opens it, below all others. Default false. */
  readonly isFolded?: boolean
}

/** Values of one panel. */
const MAX_ROWS = 200

/** What any request tells: its query, its cookies by name, its headers. */
export function requestPanels(request: RequestHead): PanelValues[] {
  const panels: PanelValues[] = []
  const query = request.url.indexOf('?')
  if (query !== -1) panels.push({ title: 'Query', values: new URLSearchParams(request.url.slice(query + 1)) })
  const headers = request.headers as Partial<Iterable<readonly [string, string]>>
  if (isIterable(headers)) panels.push({ title: 'Headers', values: headers })
  return panels
}

function isIterable<Item>(value: Partial<Iterable<Item>>): value is Iterable<Item> {
  return value[Symbol.iterator] !== undefined
}

/** Values as they are shown. */
export function toPanel({ title, values, isFolded = false }: PanelValues): Panel {
  const pairs =
    Symbol.iterator in values ? [...(values as Iterable<readonly [string, unknown]>)] : Object.entries(values)
  const rows = pairs
    .slice(0, MAX_ROWS)
    .map(([name, value]): Variable => ({ name, scope: '', value: inspectValue(value, 0, name) }))
  return { title, rows, isFolded }
}
