import * as module from 'node:module'

/**
 * TypeScript without its types, which become spaces: lines and columns stay. Node 22.13 and newer can do it.
 *
 * @throws Error where this Node cannot, and SyntaxError for what is more than types.
 */
export function stripTypes(source: string): string {
  const strip = (module as { stripTypeScriptTypes?: (code: string) => string }).stripTypeScriptTypes
  if (strip === undefined) throw new Error('This version of Node has no stripTypeScriptTypes().')
  // Node warns once that this is experimental; users need not know.
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return strip(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
