import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Area, AreaGroup } from './area.ts'
import { namesIn, readLines } from './case-file.ts'

/** The areas of recorded applications. */
export const appAreas: AreaGroup = {
  name: 'apps',
  list: listApps,
  count: async (area) => (await readLines(area.path)).length,
  run: async () => [],
}

async function listApps(directory: string): Promise<Area[]> {
  const folder = join(directory, 'http', 'apps')
  return (await namesIn(folder))
    .map((name) => ({ name: `apps/${name}`, path: join(folder, name, 'transcript.jsonl') }))
    .filter(({ path }) => existsSync(path))
}
