import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** How many files are looked through. */
const MAX_FILES = 100

/**
 * Finds where a syntax error of JavaScript is. Node prints the place of such an error but does not put it into the error
 * itself, so each file is checked by a Node of its own; nothing is run.
 *
 * @param file the module that could not be imported. The modules that it imports by path are looked through too.
 * @returns what Node prints: file, line, code excerpt and message. Null if no file has one.
 */
export async function findSyntaxError(file: string): Promise<string | null> {
  // `--check` means something else to other runtimes, and their errors name the place.
  if (process.versions['bun'] !== undefined || process.versions['deno'] !== undefined) return null
  const files = new Set([file])
  for (const path of files) {
    if (files.size > MAX_FILES) break
    const found = await checkSyntax(path)
    if (found !== null) return found
    for (const imported of importedFiles(path)) files.add(imported)
  }
  return null
}

function checkSyntax(file: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--check', file], { timeout: 10_000 }, (error, _stdout, stderr) => {
      const end = /^SyntaxError.*$/m.exec(stderr)
      resolve(error === null || end === null ? null : stderr.slice(0, end.index + end[0].length))
    })
  })
}

/** A rough look at the imports of a file: what is missed costs a line of the message, nothing more. */
function importedFiles(file: string): string[] {
  try {
    const source = readFileSync(file, 'utf8')
    const names = source.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"\n]+)['"]/g)
    return Array.from(names, (found) => fileURLToPath(new URL(found[1]!, pathToFileURL(file))))
  } catch {
    return []
  }
}
