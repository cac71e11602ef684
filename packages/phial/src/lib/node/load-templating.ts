import { createRequire } from 'node:module'
import type * as templating from '../../templating.ts'

let loaded: typeof templating | null = null

/**
 * The parts that render templates. The engine is a third of all code that an application loads, and many have no
 * templates; so it comes with the first one. Only `require` can do that in the middle of a synchronous view.
 */
export function loadTemplating(): typeof templating {
  loaded ??= createRequire(import.meta.url)('phial/templating') as typeof templating
  return loaded
}
