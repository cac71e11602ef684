import * as module from 'node:module'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { awaitInsertions } from '../javascript/awaiting.ts'
import { functionBodyOf } from '../javascript/function-body.ts'
import { insertAll, mapInsertions, type OriginFinder } from '../javascript/insertions.ts'
import { isApplicationUrl, type ProjectFolders } from '../project.ts'

/** What a load hook gives. */
export interface LoadedModule {
  readonly format?: string | null | undefined
  readonly source?: unknown
  readonly shortCircuit?: boolean | undefined
}

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json[^,\n]*;base64,([\w+/=]+)\s*$/

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
  const compiled = INLINE_MAP.exec(source)
  const code = compiled === null ? source : source.slice(0, compiled.index)
  const { origin, contents } = compiled === null ? OWN : readInlineMap(compiled[1]!, url)
  const place =
    origin === null
      ? undefined
      : (line: number, column: number): readonly [number, number] => {
          const found = origin(line - 1, column - 1)
          return found === null ? [line, column] : [found.line + 1, found.column + 1]
        }
  const insertions = awaitInsertions(code, url, place)
  if (insertions === null) return null
  const rewritten = insertAll(code, insertions)
  // It is compiled, never run.
  new Script(`(async () => { 'use strict'; ${functionBodyOf(rewritten)}})`)
  const map = mapInsertions(code, insertions, url, origin, contents ?? new Map([[url, source]]))
  const data = Buffer.from(JSON.stringify(map)).toString('base64')
  return `${rewritten}\n//# sourceMappingURL=data:application/json;base64,${data}\n`
}

interface InlineMap {
  readonly origin: OriginFinder | null
  readonly contents: ReadonlyMap<string, string> | null
}

const OWN: InlineMap = { origin: null, contents: null }

function readInlineMap(base64: string, url: string): InlineMap {
  const map = new module.SourceMap(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as module.SourceMapPayload)
  const contents = new Map<string, string>()
  const absolute = (name: string): string => new URL(name, url).href
  map.payload.sources.forEach((name, index) => {
    const content = map.payload.sourcesContent?.[index]
    if (typeof content === 'string') contents.set(absolute(name), content)
  })
  const origin: OriginFinder = (line, column) => {
    const found = map.findEntry(line, column) as Partial<module.SourceMapping>
    if (found.originalSource === undefined || found.originalLine === undefined) return null
    return { source: absolute(found.originalSource), line: found.originalLine, column: found.originalColumn ?? 0 }
  }
  return { origin, contents }
}

function sourceText(source: unknown): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array)
}

/** Types become spaces, so that lines and columns stay. Node warns once that this is experimental; users need not know. */
function stripTypes(source: string): string {
  const strip = (module as { stripTypeScriptTypes?: (code: string) => string }).stripTypeScriptTypes
  if (strip === undefined) throw new Error('This version of Node has no stripTypeScriptTypes().')
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return strip(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** The path of a file URL, or null. */
export function filePathOf(url: string): string | null {
  try {
    return url.startsWith('file:') ? fileURLToPath(url) : null
  } catch {
    return null
  }
}
