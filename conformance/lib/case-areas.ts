import { join } from 'node:path'
import { type Adapters, loadAdapters } from './adapters.ts'
import type { Area, AreaGroup, CaseResult, RunSettings } from './area.ts'
import { listCaseFiles, readLines } from './case-file.ts'
import { withFrozenClock } from './clock.ts'
import { compareOutcome, type Outcome } from './compare.ts'
import { TimeLimitError, withinTime } from './time-limit.ts'
import { type Adapter, type ConformanceCase, decode, encode, encodeError, type JsonObject } from './values.ts'

/** The areas of functions: `routing` and `utils`. */
export function caseAreas(group: 'routing' | 'utils'): AreaGroup {
  const loaded = new Map<string, Promise<Adapters>>()
  const adaptersIn = (folder: string): Promise<Adapters> => {
    const known = loaded.get(folder) ?? loadAdapters(folder, group)
    loaded.set(folder, known)
    return known
  }
  return {
    name: group,
    list: (directory) => listCaseFiles(group, join(directory, 'http', group)),
    count: async (area) => (await readLines(area.path)).length,
    run: async (area, settings) => runArea(area, settings, await adaptersIn(settings.adapters)),
  }
}

async function runArea(area: Area, settings: RunSettings, adapters: Adapters): Promise<CaseResult[]> {
  for (const problem of adapters.problems) settings.note(problem)
  const results: CaseResult[] = []
  for (const test of await readLines<ConformanceCase>(area.path)) {
    if (settings.wants(test.id)) results.push(await runCase(test, adapters.functions))
  }
  return results
}

/** Runs one case with its adapter, the clock standing at the time of the recording. */
export async function runCase(
  test: ConformanceCase,
  functions: ReadonlyMap<string, Adapter>,
): Promise<CaseResult> {
  const isRouting = test.call !== undefined
  const fn = isRouting ? String(test.call?.['op']) : (test.fn ?? '')
  const adapter = functions.get(fn) ?? (isRouting ? functions.get('routing') : undefined)
  const args: JsonObject = test.args ?? routingArguments(test)
  const expected = test.expect_in_3_1 ?? test.expect
  const details = { id: test.id, fn, args, expected: expected as JsonObject }
  if (adapter === undefined) {
    return { ...details, verdict: 'failed', reason: `there is no adapter for ${fn}` }
  }
  try {
    const outcome = await withFrozenClock(() => settle(adapter, args, test))
    const difference = compareOutcome(expected, outcome)
    return {
      ...details,
      got: outcome,
      verdict: difference === null ? 'passed' : 'failed',
      reason: difference ?? '',
    }
  } catch (error) {
    return { ...details, verdict: 'failed', reason: (error as Error).message }
  }
}

function routingArguments(test: ConformanceCase): JsonObject {
  const { map, bind, call } = test
  return { map: map ?? {}, ...(bind === undefined ? {} : { bind }), call: call ?? {} }
}

async function settle(adapter: Adapter, args: JsonObject, test: ConformanceCase): Promise<Outcome> {
  const decoded = decode(args) as Record<string, unknown>
  let value: unknown
  try {
    value = await withinTime(adapter(decoded, test))
  } catch (error) {
    if (error instanceof TimeLimitError) throw error
    return { raises: encodeError(error) }
  }
  return { ok: encode(value) }
}
