import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Area, AreaGroup, CaseResult, RunSettings } from './area.ts'
import { listCaseFiles, readLines } from './case-file.ts'
import type { JsonObject } from './values.ts'

const MISSING = 'the template engine is not part of this version yet'

/** What `areas/jinja.ts` exports: compares one case, and says where the results part, or null. */
interface JinjaAdapter {
  check(test: JsonObject): Promise<string | null> | string | null
}

/** The areas of templates. They are skipped as long as `areas/jinja.ts` is not there. */
export const jinjaAreas: AreaGroup = {
  name: 'jinja',
  list: (directory) => listCaseFiles('jinja', join(directory, 'jinja')),
  count: async (area) => (await readLines(area.path)).length,
  run: runArea,
}

async function runArea(area: Area, settings: RunSettings): Promise<CaseResult[]> {
  const path = join(settings.adapters, 'jinja.ts')
  const adapter = existsSync(path) ? ((await import(pathToFileURL(path).href)) as JinjaAdapter) : null
  const results: CaseResult[] = []
  for (const test of await readLines<JsonObject>(area.path)) {
    const id = String(test['id'])
    if (settings.wants(id)) results.push(await runCase(id, test, adapter))
  }
  return results
}

async function runCase(id: string, test: JsonObject, adapter: JinjaAdapter | null): Promise<CaseResult> {
  const fn = 'expression' in test ? 'expression' : 'template'
  if (adapter === null) return { id, fn, verdict: 'skipped', reason: MISSING }
  const details = { id, fn, args: test['expression'] ?? test['source'] ?? test['template'] ?? null }
  try {
    const difference = await adapter.check(test)
    return { ...details, verdict: difference === null ? 'passed' : 'failed', reason: difference ?? '' }
  } catch (error) {
    return { ...details, verdict: 'failed', reason: `the adapter failed: ${(error as Error).message}` }
  }
}
