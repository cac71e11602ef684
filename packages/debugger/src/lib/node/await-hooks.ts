import type { ProjectFolders } from '../project.ts'
import { type LoadedModule, rewriteModule } from './await-rewrite.ts'

// The hooks of Node before 22.15, which run in a thread of their own: this file is started by path.

let folders: ProjectFolders | null = null

export function initialize(data: ProjectFolders): void {
  folders = data
}

export async function load(
  url: string,
  context: unknown,
  nextLoad: (url: string, context: unknown) => Promise<LoadedModule>,
): Promise<LoadedModule> {
  const loaded = await nextLoad(url, context)
  return folders === null ? loaded : rewriteModule(url, loaded, folders)
}
