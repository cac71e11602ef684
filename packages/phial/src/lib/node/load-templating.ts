import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import type * as templating from '../../templating.ts'
import { currentContext } from '../context/current.ts'

const ENTRY = 'phial/templating'

let loaded: typeof templating | null = null

/**
 * The parts that render templates. The engine is a third of all code that an application loads, and many have no
 * templates; so it comes with the first one. Only `require` can do that in the middle of a synchronous view.
 *
 * @throws Error if something makes a second copy of the framework of what is required.
 */
export function loadTemplating(): typeof templating {
  loaded ??= load()
  return loaded
}

function load(): typeof templating {
  const require = createRequire(import.meta.url)
  const required = require(ENTRY) as typeof templating
  if (isOfThisCopy(required)) return required
  // A loader (tsx) made CommonJS of it, and of the framework with it: that copy knows nothing of the requests of this one.
  const compiled = compileModule(require.resolve(ENTRY)) as typeof templating
  if (isOfThisCopy(compiled)) return compiled
  throw new Error(
    'The framework was loaded twice, once by import and once by require, so templates cannot see the request. ' +
      'What transforms the packages of the project must leave phial out: in Vite, ' +
      "{ ssr: { external: ['phial'] } }; in Vitest, { test: { server: { deps: { external: [/phial/] } } } }.",
  )
}

function isOfThisCopy(entry: typeof templating): boolean {
  return entry.currentContext === currentContext
}

/** Loads an ES module as `require` does where nothing stands in its way: the modules it imports are those of `import`. */
function compileModule(file: string): unknown {
  const module = new Module(file) as Module & {
    _compile(source: string, file: string, format: 'module'): unknown
  }
  module.filename = file
  module._compile(readFileSync(file, 'utf8'), file, 'module')
  return module.exports
}
