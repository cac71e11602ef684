import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Area, AreaGroup, CaseResult, MessageVerdict, RunSettings, TemplateMode } from './area.ts'
import { listCaseFiles, readLines } from './case-file.ts'
import { withinTime } from './time-limit.ts'
import type { Json, JsonObject } from './values.ts'

const MISSING = 'the template engine is not part of this version yet'

/** What came of a case in one mode. */
export interface TemplateOutcome {
  /** Where the results part, in words, or null. */
  readonly difference: string | null
  readonly expected?: Json
  readonly got?: Json
  readonly message?: MessageVerdict
}

/** What `areas/jinja/adapter.ts` exports. */
interface JinjaAdapter {
  /** The ways of running a template that are there, and whether one of them is run without being asked for. */
  readonly modes: ReadonlyMap<TemplateMode, { readonly isDefault: boolean }>
  check(test: JsonObject, mode: TemplateMode): Promise<TemplateOutcome> | TemplateOutcome
}

/** The areas of templates. They are skipped as long as `areas/jinja/adapter.ts` is not there. */
export const jinjaAreas: AreaGroup = {
  name: 'jinja',
  list: (directory) => listCaseFiles('jinja', join(directory, 'jinja')),
  count: async (area) => (await readLines(area.path)).length,
  run: runArea,
}

async function runArea(area: Area, settings: RunSettings): Promise<CaseResult[]> {
  const path = join(settings.adapters, 'jinja', 'adapter.ts')
  const adapter = existsSync(path) ? ((await import(pathToFileURL(path).href)) as JinjaAdapter) : null
  const modes = adapter === null ? [] : modesOf(adapter, settings.mode)
  const results: CaseResult[] = []
  for (const test of await readLines<JsonObject>(area.path)) {
    const id = String(test['id'])
    if (settings.wants(id)) results.push(await runCase(id, test, adapter, modes))
  }
  return results
}

function modesOf(adapter: JinjaAdapter, wanted: TemplateMode | null): TemplateMode[] {
  if (wanted !== null) return adapter.modes.has(wanted) ? [wanted] : []
  return Array.from(adapter.modes)
    .filter(([, { isDefault }]) => isDefault)
    .map(([mode]) => mode)
}

/** A case passes if it does in every mode; else the first that differs is told. */
async function runCase(
  id: string,
  test: JsonObject,
  adapter: JinjaAdapter | null,
  modes: readonly TemplateMode[],
): Promise<CaseResult> {
  const fn = 'expression' in test ? 'expression' : 'template'
  if (adapter === null) return { id, fn, verdict: 'skipped', reason: MISSING }
  if (modes.length === 0) return { id, fn, verdict: 'skipped', reason: 'this mode is not there yet' }
  const details = { id, fn, args: test['expression'] ?? test['source'] ?? test['template'] ?? null }
  let outcome: TemplateOutcome = { difference: null }
  for (const mode of modes) {
    const where = modes.length === 1 ? '' : `${mode}: `
    try {
      outcome = await withinTime(adapter.check(test, mode))
    } catch (error) {
      return {
        ...details,
        verdict: 'failed',
        reason: `${where}the adapter failed: ${(error as Error).message}`,
      }
    }
    const { difference, ...rest } = outcome
    if (difference !== null) return { ...details, ...rest, verdict: 'failed', reason: where + difference }
  }
  const { difference: _, ...rest } = outcome
  return { ...details, ...rest, verdict: 'passed', reason: '' }
}
