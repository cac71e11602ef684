import type { LiveFrame } from '../live-frame.ts'

/** What reading a variable gave: its value, or what it threw. */
export type ReadResult = { readonly value: unknown } | { readonly error: unknown }

/** Takes the result for the name with an index. */
type Take = (index: number, value: unknown, error?: unknown, failed?: boolean) => void

/**
 * Reads variables of a frame; null if there is no way to. They are read by one piece of code, since compiling it is what
 * costs.
 *
 * @param names variables, or `this`.
 */
export function readNames(frame: LiveFrame, names: readonly string[]): Map<string, ReadResult> | null {
  const { evaluate, read, kind } = frame
  const one = read ?? evaluate
  if (one === null) return null
  const results = new Map<string, ReadResult>()
  if (read === null && kind !== 'template') {
    const take: Take = (index, value, error, failed) => {
      results.set(names[index]!, failed === true ? { error } : { value })
    }
    const code = names.map((name, index) =>
      IDENTIFIER.test(name)
        ? `try { __t(${index}, ${name}) } catch (__e) { __t(${index}, 0, __e, true) }`
        : '',
    )
    try {
      ;(evaluate!(`(__t => { ${code.join('\n')} })`) as (take: Take) => void)(take)
      return results
    } catch {
      // One of them is no name in this place, such as `arguments` in the initialiser of a field.
      results.clear()
    }
  }
  for (const name of names) {
    if (name === 'this' && kind === 'template') continue
    try {
      results.set(name, { value: one(name) })
    } catch (error) {
      results.set(name, { error })
    }
  }
  return results
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u
