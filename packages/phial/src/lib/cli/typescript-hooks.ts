import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** What Node passes to a load hook, and takes from it. */
interface LoadContext {
  readonly format?: string | null | undefined
}

interface LoadResult {
  readonly format: string
  readonly source?: unknown
  readonly shortCircuit?: boolean
}

type Load = (url: string, context: LoadContext) => Promise<LoadResult>

/** How `@swc/wasm-typescript` reports what it cannot strip. Lines count from 1, columns from 0. */
interface StripFailure {
  readonly code?: string
  readonly message: string
  readonly snippet?: string
  readonly startLine?: number
}

interface Stripper {
  transformSync(source: string, options: { mode: 'strip-only'; filename: string }): { readonly code: string }
}

/** The codes that newer versions of Node have for the same failures. */
const CODES: ReadonlyMap<string | undefined, string> = new Map([
  ['InvalidSyntax', 'ERR_INVALID_TYPESCRIPT_SYNTAX'],
  ['UnsupportedSyntax', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'],
])

let stripper: Stripper | null = null

/**
 * Node's load hook: gives TypeScript without its types, with the same stripper and the same rules as newer versions of
 * Node. Types become spaces, so lines and columns stay. Modules that Node or another loader can load are left to them.
 */
export async function load(url: string, context: LoadContext, nextLoad: Load): Promise<LoadResult> {
  if (!url.startsWith('file:') || !/\.[cm]?ts$/.test(url)) return nextLoad(url, context)
  try {
    return await nextLoad(url, context)
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error
    // As newer versions of Node have it: packages are published as JavaScript.
    if (url.includes('/node_modules/')) throw error
  }
  const file = fileURLToPath(url)
  return { format: moduleFormat(file), source: strip(readFileSync(file, 'utf8'), url), shortCircuit: true }
}

function strip(source: string, url: string): string {
  stripper ??= createRequire(import.meta.url)('@swc/wasm-typescript') as Stripper
  try {
    return stripper.transformSync(source, { mode: 'strip-only', filename: url }).code
  } catch (failure) {
    throw toSyntaxError(failure as StripFailure, url)
  }
}

function toSyntaxError(failure: StripFailure, url: string): Error {
  const code = CODES.get(failure.code) ?? 'ERR_INVALID_TYPESCRIPT_SYNTAX'
  const error = new SyntaxError(failure.message)
  // The place stands in the stack, as in Node's own syntax errors; it survives the way from the loader's thread.
  error.stack = `${url}:${failure.startLine ?? 1}\n${failure.snippet ?? ''}\nSyntaxError [${code}]: ${failure.message}`
  return Object.assign(error, { code })
}

/** Whether a file is a module or CommonJS: by its ending, else by the nearest `package.json`. */
function moduleFormat(file: string): string {
  if (file.endsWith('.cts')) return 'commonjs'
  if (file.endsWith('.mts')) return 'module'
  return nearestPackageType(file) === 'commonjs' ? 'commonjs' : 'module'
}

function nearestPackageType(file: string): string | null {
  for (let end = lastSlash(file, file.length); end > 0; end = lastSlash(file, end)) {
    try {
      const text = readFileSync(`${file.slice(0, end)}/package.json`, 'utf8')
      return (JSON.parse(text) as { type?: string }).type ?? null
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error
    }
  }
  return null
}

function lastSlash(path: string, before: number): number {
  return Math.max(path.lastIndexOf('/', before - 1), path.lastIndexOf('\\', before - 1))
}
