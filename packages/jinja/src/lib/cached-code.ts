import type { GeneratedCode } from './compile/codegen-template.ts'
import { generate } from './compile/codegen-template.ts'
import type { CompilerEnvironment } from './compile/options.ts'
import { hasPlainUndefined } from './compile/options.ts'
import type { Bucket, BytecodeCache } from './loaders/bytecode-cache.ts'
import type { MaybePromise } from './loaders/loader.ts'
import { afterwards } from './loaders/loader.ts'
import type { RuntimeEnvironment } from './runtime/compiled.ts'
import type { Template as Tree } from './syntax/ast.ts'
import type { SyntaxOptions } from './syntax/delimiters.ts'
import type { NamedSource } from './template-loading.ts'
import { signatureOf } from './values/signature.ts'

/** What generated code depends on. */
export interface CachingEnvironment extends RuntimeEnvironment, CompilerEnvironment {
  readonly syntax: SyntaxOptions
  readonly sandboxed: boolean
  autoescapeFor(name: string | null): boolean
}

/**
 * The code of a template in the mode `sync`, out of a cache; what the cache does not have is put there. It depends on no
 * filter of the environment, since others may share it.
 *
 * @param tree Gives the tree. Not asked for while the cache has the code.
 */
export function cachedCode(
  environment: CachingEnvironment,
  cache: BytecodeCache,
  { name, filename = null, source }: NamedSource,
  tree: () => Tree,
): MaybePromise<GeneratedCode> {
  const bucket = cache.getBucket(name, filename, source, codeSettings(environment, name))
  return afterwards(bucket, (filled) => {
    const stored = storedCode(filled)
    if (stored !== null) return stored
    const code = generate(tree(), { environment, name, filename, source, mode: 'sync', isPortable: true })
    filled.code = JSON.stringify(code)
    const storing = cache.setBucket(filled)
    // A store that fails costs time, and nothing else.
    if (storing instanceof Promise) storing.catch(() => undefined)
    return code
  })
}

/** The code in a bucket, or `null`. What was damaged is made anew. */
function storedCode({ code }: Bucket): GeneratedCode | null {
  if (code === null) return null
  try {
    return JSON.parse(code) as GeneratedCode
  } catch {
    return null
  }
}

function codeSettings(environment: CachingEnvironment, name: string): string {
  const { syntax, sandboxed, isNative, optimized, finalize } = environment
  // Constants are printed through it when the code is generated.
  const passed = finalize === null ? null : [signatureOf(finalize)?.pass, String(finalize)]
  return JSON.stringify([
    syntax,
    environment.autoescapeFor(name),
    [sandboxed, isNative, optimized, hasPlainUndefined(environment), passed],
    [...environment.interceptedBinops, ...environment.interceptedUnops].sort(),
    Array.from(environment.extensions.keys()).sort(),
  ])
}
