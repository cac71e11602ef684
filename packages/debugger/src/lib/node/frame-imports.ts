import { createRequire, isBuiltin } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where an import in the file at `from` leads. What cannot be found stays as it is: the import itself says so. */
export function resolveImport(specifier: string, from: string): string {
  if (isBuiltin(specifier)) return specifier
  if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, from).href
  try {
    return pathToFileURL(createRequire(from).resolve(specifier)).href
  } catch {
    return specifier
  }
}

/** What stands for `import.meta` in evaluated code. */
export function importMeta(url: string): Record<string, unknown> {
  const filename = fileURLToPath(url)
  return {
    url,
    filename,
    dirname: filename.replace(/[\\/][^\\/]*$/, ''),
    resolve: (specifier: string) => resolveImport(specifier, url),
  }
}
