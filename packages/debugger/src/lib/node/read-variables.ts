import type { FrameScope, LiveFrame } from '../live-frame.ts'
import { isHole } from './safe-evaluate.ts'

/** What reading a variable gave: its value, or what it threw. */
export type ReadResult = { readonly value: unknown } | { readonly error: unknown }

/** Takes the result for the name with an index. */
type Take = (index: number, value: unknown, error?: unknown, failed?: boolean) => void

/**
 * The variables of a frame and `this`, as they were at the throw where that was kept, else as they are; null if there is
 * no way to read them. The innermost of a name counts.
 */
export function readFrame(frame: LiveFrame, scopes: readonly FrameScope[]): Map<string, ReadResult> | null {
  if (frame.read === null && frame.evaluate === null) return null
  const results = new Map<string, ReadResult>()
  const others: string[] = []
  if (frame.self === undefined && !scopes.some(({ values }) => values !== undefined)) others.push('this')
  else results.set('this', { value: frame.self })
  const seen = new Set<string>()
  for (const { names, values } of scopes) {
    for (const name of names) {
      if (seen.has(name)) continue
      seen.add(name)
      const value = keptValue(values, name)
      if (value === undefined) others.push(name)
      else results.set(name, { value })
    }
  }
  // Compiling code is what costs, so nothing is evaluated that is known.
  if (others.length > 0) for (const [name, result] of readNames(frame, others)!) results.set(name, result)
  return results
}

/** Undefined also if there is no value: evaluating the name tells why. */
function keptValue(values: FrameScope['values'], name: string): unknown {
  try {
    return isHole(values?.[name]) ? undefined : values?.[name]
  } catch {
    return undefined
  }
}

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
