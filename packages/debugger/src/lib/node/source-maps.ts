import { readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module'
import { filePathOf } from './await-rewrite.ts'

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

interface LoadedMap {
  readonly map: SourceMap
  readonly sources: readonly string[]
  readonly contents: readonly (string | null)[]
}

/** Bytes at a file's end in which the comment is looked for that names its map. */
const TAIL = 4096

/** @param sourceMapUrl the map that a loaded script names, if that is known. Else the file is looked at. */
export function createSourceMaps(sourceMapUrl: (url: string) => string | undefined): SourceMaps {
  const maps = new Map<string, LoadedMap | null>()
  const mapOf = (url: string): LoadedMap | null => {
    let loaded = maps.get(url)
    if (loaded === undefined) {
      loaded = loadMap(url, sourceMapUrl(url) ?? urlInFile(url))
      maps.set(url, loaded)
    }
    return loaded
  }
  return {
    original(url, line, column) {
      const asItIs: SourcePlace = { url, line, column, content: null }
      const loaded = mapOf(url)
      if (loaded === null) return asItIs
      const found = loaded.map.findEntry(line - 1, column - 1) as Partial<SourceMapping>
      if (found.originalSource === undefined || found.originalLine === undefined) return asItIs
      const index = loaded.map.payload.sources.indexOf(found.originalSource)
      return {
        url: loaded.sources[index] ?? found.originalSource,
        line: found.originalLine + 1,
        column: (found.originalColumn ?? 0) + 1,
        content: loaded.contents[index] ?? null,
      }
    },
  }
}

function loadMap(url: string, mapUrl: string | undefined): LoadedMap | null {
  if (mapUrl === undefined) return null
  try {
    const at = mapUrl.startsWith('data:') ? url : new URL(mapUrl, url).href
    const payload = JSON.parse(readMap(mapUrl, at)) as SourceMapPayload
    const map = new SourceMap(payload)
    const { sources, sourcesContent, sourceRoot } = map.payload
    const base = sourceRoot ? new URL(sourceRoot.endsWith('/') ? sourceRoot : `${sourceRoot}/`, at).href : at
    return {
      map,
      sources: sources.map((source) => absolute(source, base)),
      contents: sources.map((_, index) => sourcesContent?.[index] ?? null),
    }
  } catch {
    // A map that is missing or broken costs the right line, not the page.
    return null
  }
}

function readMap(mapUrl: string, at: string): string {
  if (!mapUrl.startsWith('data:')) return readFileSync(filePathOf(at) ?? at, 'utf8')
  const comma = mapUrl.indexOf(',')
  const data = mapUrl.slice(comma + 1)
  return /;base64$/.test(mapUrl.slice(0, comma)) ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data)
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
  const path = filePathOf(url.replace(/[?#].*$/, ''))
  if (path === null || !/\.[cm]?js$/.test(path)) return undefined
  try {
    const text = readFileSync(path, 'utf8')
    return /[\s\S]*\/\/# sourceMappingURL=(\S+)/.exec(text.slice(-TAIL))?.[1]
  } catch {
    return undefined
  }
}
