import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { namesIn } from './case-file.ts'
import type { Adapter } from './values.ts'

/** The adapters of a group by the function they stand for, and what went wrong on the way. */
export interface Adapters {
  readonly functions: ReadonlyMap<string, Adapter>
  /** Files that could not be loaded, with the reason. */
  readonly problems: readonly string[]
}

/** Loads `routing.ts`, or every file of `utils/`, in `folder`. Throws if two files claim one function. */
export async function loadAdapters(folder: string, group: string): Promise<Adapters> {
  const functions = new Map<string, Adapter>()
  const owners = new Map<string, string>()
  const problems: string[] = []
  for (const path of await adapterFiles(folder, group)) {
    const file = relative(folder, path)
    const loaded = await loadFunctions(path).catch((error: unknown) => error as Error)
    if (loaded instanceof Error) {
      problems.push(`The adapter ${file} cannot be loaded: ${loaded.message}`)
      continue
    }
    for (const [name, adapter] of Object.entries(loaded)) {
      const other = functions.get(name)
      if (other !== undefined && other !== adapter) {
        throw new Error(`Two adapters for ${name}: ${owners.get(name)} and ${file}. Remove one of them.`)
      }
      functions.set(name, adapter)
      owners.set(name, file)
    }
  }
  return { functions, problems }
}

async function adapterFiles(folder: string, group: string): Promise<string[]> {
  const file = join(folder, `${group}.ts`)
  if (existsSync(file)) return [file]
  const names = await namesIn(join(folder, group))
  return names
    .filter((name) => /\.(?:ts|mjs)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => join(folder, group, name))
}

async function loadFunctions(path: string): Promise<Record<string, Adapter>> {
  const module = (await import(pathToFileURL(path).href)) as { functions?: Record<string, Adapter> }
  if (module.functions === undefined) throw new TypeError('it does not export `functions`')
  return module.functions
}
