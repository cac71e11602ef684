import type { CapturedFrame, Evaluate } from './capture.ts'

/** Scopes of a module: `body` in the frame of its body, `module` in those of its functions. */
const MODULE_SCOPE = /^(?:module|body)$/

/** From this version on a scope throws at variables that have no value yet. */
const HAS_UNAVAILABLE = Number(process.versions.node.split('.')[0]) >= 22

/**
 * Evaluates code in a captured frame, except where it names a variable of a module that has no value yet, as in circular
 * imports: the engine takes for granted that it has one, and the process would be aborted. Such code throws what it would
 * throw in the program.
 */
export function safeEvaluate(frame: CapturedFrame): Evaluate | null {
  const { evaluate } = frame
  if (evaluate === null || !frame.scopes.some(({ type }) => MODULE_SCOPE.test(type))) return evaluate
  let dead: RegExp | null | undefined
  return (code) => {
    if (dead === undefined) dead = namesPattern(deadNames(frame, evaluate))
    const found = dead?.exec(code)
    if (found) throw new ReferenceError(`Cannot access '${found[0]}' before initialization`)
    return evaluate(code)
  }
}

/** The variables of the module that had no value at the throw. */
function deadNames({ scopes }: CapturedFrame, evaluate: Evaluate): string[] {
  return scopes
    .filter(({ type }) => MODULE_SCOPE.test(type))
    .flatMap(({ names, values }) => names.filter((name) => isDead(name, values, evaluate)))
}

function isDead(name: string, values: Readonly<Record<string, unknown>>, evaluate: Evaluate): boolean {
  try {
    if (isHole(values[name])) return true
    if (values[name] !== undefined || HAS_UNAVAILABLE) return false
  } catch {
    return true
  }
  try {
    return isHole(evaluate(name))
  } catch {
    // It knows of it, so evaluating it does no harm.
    return false
  }
}

/**
 * Whether a value is what the engine has in the place of one; it equals nothing. It must not be kept in a variable, which
 * would be without a value then too.
 */
export function isHole(value: unknown): boolean {
  return value !== undefined && typeOf(value) === 'undefined'
}

/** Apart from its comparison: `typeof value === 'undefined'` is one step for the engine, and it knows its hole then. */
function typeOf(value: unknown): string {
  return typeof value
}

/** Finds one of the names as a word that is no member. */
function namesPattern(names: readonly string[]): RegExp | null {
  if (names.length === 0) return null
  const words = names.map((name) => name.replaceAll('$', '\\$')).join('|')
  return new RegExp(`(?<![\\p{ID_Continue}$.])(?:${words})(?![\\p{ID_Continue}$])`, 'u')
}
