import { Script } from 'node:vm'
import { awaitInsertions } from '../javascript/awaiting.ts'
import { functionBodyOf } from '../javascript/function-body.ts'
import { insertAll, mapInsertions } from '../javascript/insertions.ts'
import { isApplicationUrl, type ProjectFolders } from '../project.ts'
import { loadSourceMap } from './source-maps.ts'
import { stripTypes } from './strip-types.ts'

/** What a load hook gives. */
export interface LoadedModule {
  readonly format?: string | null | undefined
  readonly source?: unknown
  readonly shortCircuit?: boolean | undefined
}

/**
 * A module of the application with its waiting frames marked, see `awaitInsertions`; any other one as it is. A module
 * whose rewritten form would not compile is left alone too: the debugger must not break a program.
 */
export function rewriteModule<Loaded extends LoadedModule>(
  url: string,
  loaded: Loaded,
  folders: ProjectFolders,
): Loaded {
  const plainUrl = url.replace(/[?#].*$/, '')
  if (!isApplicationUrl(plainUrl, folders)) return loaded
  const isTypeScript = loaded.format === 'module-typescript'
  if (!isTypeScript && loaded.format !== 'module') return loaded
  if (loaded.source === null || loaded.source === undefined) return loaded
  try {
    const text = sourceText(loaded.source)
    const rewritten = rewriteSource(isTypeScript ? stripTypes(text) : text, plainUrl)
    return rewritten === null ? loaded : { ...loaded, format: 'module', source: rewritten }
  } catch {
    // Syntax that cannot be stripped or read: Node says what is wrong with it.
    return loaded
  }
}

/** JavaScript with its waiting frames marked and a map to where it comes from; null if there is nothing to mark. */
export function rewriteSource(source: string, url: string): string | null {
  const comment = /(?:^|\n)\/\/# sourceMappingURL=(\S+)\s*$/.exec(source)
  const compiled = comment === null ? null : loadSourceMap(comment[1]!, url)
  const code = comment === null ? source : source.slice(0, comment.index)
  const origin = compiled?.find ?? null
  const insertions = awaitInsertions(code, (line, column) => {
    const found = origin?.(line - 1, column - 1)
    return found
      ? { url: found.source, line: found.line + 1, column: found.column + 1 }
      : { url, line, column }
  })
  if (insertions === null) return null
  const rewritten = insertAll(code, insertions)
  // It is compiled, never run.
  new Script(`(async () => { 'use strict'; ${functionBodyOf(rewritten)}})`)
  // A file is its own source, with types that are gone here.
  const map = mapInsertions(code, insertions, url, origin, compiled?.contents)
  const data = Buffer.from(JSON.stringify(map)).toString('base64')
  return `${rewritten}\n//# sourceMappingURL=data:application/json;base64,${data}\n`
}

function sourceText(source: unknown): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array)
}
