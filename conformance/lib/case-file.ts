import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Area } from './area.ts'

/** The JSON values of a file with one per line. Throws with file and line for one that is none. */
export async function readLines<Line>(path: string): Promise<Line[]> {
  const lines: Line[] = []
  for (const [index, text] of (await readFile(path, 'utf8')).split('\n').entries()) {
    if (text.trim() === '') continue
    try {
      lines.push(JSON.parse(text) as Line)
    } catch (error) {
      throw new SyntaxError(`${path}:${index + 1}: not JSON: ${(error as Error).message}`, { cause: error })
    }
  }
  return lines
}

/** The `.jsonl` files of a folder as areas of `group`; none if there is no such folder. */
export async function listCaseFiles(group: string, folder: string): Promise<Area[]> {
  const names = await namesIn(folder)
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ name: `${group}/${basename(name, '.jsonl')}`, path: join(folder, name) }))
}

/** The sorted names in a folder; none if there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
