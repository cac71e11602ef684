import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What an error said when a module was imported, for the user who wrote the module. */
export interface ImportFailure {
  /** The error with its place and the user's part of its stack. */
  readonly text: string
  /** What to do about it in one sentence, `''` if nothing is known. */
  readonly hint: string
}

/** Explains what was thrown while a module was imported. */
export function explainImportFailure(error: unknown): ImportFailure {
  return { text: describeThrown(error), hint: hintFor(error) }
}

/** Any thrown value as text. Of stacks, what lies in Node itself and in the command line is left out. */
export function describeThrown(error: unknown): string {
  const texts: string[] = []
  const seen = new Set<unknown>()
  let current = error
  while (current instanceof Error && !seen.has(current)) {
    seen.add(current)
    texts.push(`${texts.length === 0 ? '' : 'Caused by: '}${userStack(current.stack ?? String(current))}`)
    current = current.cause
  }
  return texts.length === 0 ? `${inspect(error)} (thrown, but not an Error)` : texts.join('\n')
}

function userStack(stack: string): string {
  return stack
    .split('\n')
    .filter(
      (line) =>
        !/^\s+at (?:.*[(\s])?(?:node:|.*\/phial\/dist\/(?:chunks|lib)\/|.*\/commander\/lib\/)/.test(line),
    )
    .join('\n')
}

function inspect(value: unknown): string {
  try {
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  } catch {
    return 'A value that cannot be shown'
  }
}

function hintFor(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { code, message } = error as Error & { code?: unknown }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return (
      'Types are stripped, nothing is compiled: enums, namespaces with values, parameter properties and decorators ' +
      "need a compiler. Turn on 'erasableSyntaxOnly' in tsconfig.json to find them, or install tsx and run " +
      "NODE_OPTIONS='--import tsx' phial run."
    )
  }
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && message.includes('".ts"')) {
    return 'This version of Node imports TypeScript only where the application itself is a .ts file (or NODE_OPTIONS has a loader).'
  }
  if (code === 'ERR_MODULE_NOT_FOUND') return missingModuleHint(error)
  if (
    /Cannot use (?:import statement|'import\.meta') outside a module|Unexpected token 'export'/.test(message)
  ) {
    return `The nearest package.json makes the file CommonJS. Set "type": "module" in it (npm pkg set type=module).`
  }
  return ''
}

function missingModuleHint(error: Error): string {
  const { url } = error as Error & { url?: unknown }
  if (typeof url !== 'string' || !url.startsWith('file:')) {
    const name = /Cannot find package '([^']+)'/.exec(error.message)?.[1]
    return name === undefined ? '' : `Install it: npm install ${name}.`
  }
  const path = fileURLToPath(url)
  const present = [`${path}.ts`, `${path}.js`, path.replace(/\.js$/, '.ts')].find(
    (p) => p !== path && existsSync(p),
  )
  return present === undefined ? '' : `There is ${present}. Imports name a file with its own ending.`
}
