import { readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module'
import type { OriginFinder } from '../javascript/insertions.ts'
import { filePathOf } from './file-path.ts'

/** A place in a source, from 1, and the source's text where the map brings it along. */
export interface SourcePlace {
  readonly url: string
  readonly line: number
  readonly column: number
  readonly content: string | null
}

/** Finds where code comes from that was compiled. */
export interface SourceMaps {
  /** The place as it is, if there is no map for it. */
  original(url: string, line: number, column: number): SourcePlace
}

/** A map that was read. Its sources are URLs. */
export interface LoadedMap {
  readonly find: OriginFinder
  readonly contents: ReadonlyMap<string, string>
}

/** Bytes at a file's end in which the comment is looked for that names its map. */
const TAIL = 4096

/** @param sourceMapUrl the map that a loaded script names, if that is known. Else the file is looked at. */
export function createSourceMaps(sourceMapUrl: (url: string) => string | undefined): SourceMaps {
  const maps = new Map<string, LoadedMap | null>()
  const mapOf = (url: string): LoadedMap | null => {
    let loaded = maps.get(url)
    if (loaded === undefined) {
      const mapUrl = sourceMapUrl(url) ?? urlInFile(url)
      loaded = mapUrl === undefined ? null : loadSourceMap(mapUrl, url)
      maps.set(url, loaded)
    }
    return loaded
  }
  return {
    original(url, line, column) {
      const loaded = mapOf(url)
      const found = loaded?.find(line - 1, column - 1) ?? null
      if (loaded === null || found === null) return { url, line, column, content: null }
      return {
        url: found.source,
        line: found.line + 1,
        column: found.column + 1,
        content: loaded.contents.get(found.source) ?? null,
      }
    },
  }
}

/**
 * Reads the map of a script.
 *
 * @param mapUrl as the script names it: a data URL, or one that is relative to the script's.
 * @returns null if it is missing or broken, which costs the right line and no more.
 */
export function loadSourceMap(mapUrl: string, scriptUrl: string): LoadedMap | null {
  try {
    const at = mapUrl.startsWith('data:') ? scriptUrl : new URL(mapUrl, scriptUrl).href
    const map = new SourceMap(JSON.parse(readMap(mapUrl, at)) as SourceMapPayload)
    const { sources, sourcesContent, sourceRoot } = map.payload
    const base = sourceRoot ? new URL(sourceRoot.endsWith('/') ? sourceRoot : `${sourceRoot}/`, at).href : at
    const contents = new Map<string, string>()
    for (const [index, source] of sources.entries()) {
      const content = sourcesContent?.[index]
      if (typeof content === 'string') contents.set(absolute(source, base), content)
    }
    const find: OriginFinder = (line, column) => {
      const { originalSource, originalLine, originalColumn } = map.findEntry(
        line,
        column,
      ) as Partial<SourceMapping>
      if (originalSource === undefined || originalLine === undefined) return null
      return { source: absolute(originalSource, base), line: originalLine, column: originalColumn ?? 0 }
    }
    return { find, contents }
  } catch {
    return null
  }
}

function readMap(mapUrl: string, at: string): string {
  if (!mapUrl.startsWith('data:')) return readFileSync(filePathOf(at) ?? at, 'utf8')
  const comma = mapUrl.indexOf(',')
  const data = mapUrl.slice(comma + 1)
  const isBase64 = mapUrl.slice(0, comma).endsWith(';base64')
  return isBase64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data)
}

function absolute(source: string, base: string): string {
  try {
    return new URL(source.startsWith('/') ? `file://${source}` : source, base).href
  } catch {
    return source
  }
}

/** The map that a file of JavaScript names at its end. */
function urlInFile(url: string): string | undefined {
  const path = filePathOf(url)
  if (path === null || !/\.[cm]?js$/.test(path)) return undefined
  try {
    const tail = readFileSync(path, 'utf8').slice(-TAIL)
    const at = tail.lastIndexOf('//# sourceMappingURL=')
    return at === -1 ? undefined : /^\S+/.exec(tail.slice(at + '//# sourceMappingURL='.length))?.[0]
  } catch {
    return undefined
  }
}
