import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A place in a file. Line and column count from 1. */
export interface FailurePlace {
  readonly url: string
  readonly line: number
  readonly column: number | null
}

/** Where a module could not be imported, if the error's stack does not say so: its syntax, or an import in vain. */
export function failurePlace(error: unknown, detail: string): FailurePlace | null {
  return printedPlace(detail) ?? importPlace(error)
}

/** What Node prints of a syntax error: `file:///app.ts:2`, the line, maybe with those around it, and `^` below the place. */
function printedPlace(detail: string): FailurePlace | null {
  const found = /^(file:\/\/\S.*|\/.*|[A-Za-z]:\\.*):(\d+)\n/.exec(detail)
  if (found === null) return null
  const [head, file, line] = found
  const mark = /^(?:.*\n){1,3}?( *)\^+\n/.exec(detail.slice(head.length))
  return {
    url: file!.startsWith('file:') ? file! : pathToFileURL(file!).href,
    line: Number(line),
    column: mark === null ? null : mark[1]!.length + 1,
  }
}

/** The line that imports what was not found. */
function importPlace(error: unknown): FailurePlace | null {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') return null
  const found = /^Cannot find (?:module|package) '(.+)' imported from (.+)$/.exec(error.message)
  if (found === null) return null
  const [, missing, importer] = found
  const url = importer!.startsWith('file:') ? importer! : pathToFileURL(importer!).href
  try {
    const lines = readFileSync(fileURLToPath(url), 'utf8').split('\n')
    for (const [index, line] of lines.entries()) {
      for (const { 1: specifier, index: at } of line.matchAll(
        /(?<=\b(?:from|import)\s*\(?\s*)['"]([^'"]+)['"]/g,
      )) {
        if (isSame(specifier!, missing!, url)) return { url, line: index + 1, column: at + 1 }
      }
    }
  } catch {
    // It cannot be read, so the message has to do.
  }
  return null
}

/** Whether an import names what was not found: a path, a package, or a file of one. */
function isSame(specifier: string, missing: string, importer: string): boolean {
  if (/^\.{0,2}\//.test(specifier)) return fileURLToPath(new URL(specifier, importer)) === missing
  return specifier === missing || specifier.startsWith(`${missing}/`)
}
