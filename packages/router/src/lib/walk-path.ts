import type { MatchTarget } from './match-target.ts'
import { digitsEnd, isSafeDigits, NO_MATCH, SLASH_MATCH } from './part-matcher.ts'
import {
  type Edge,
  FINAL_PART_EDGE,
  INTEGER_EDGE,
  type MethodTable,
  PART_EDGE,
  REST_EDGE,
  type State,
  TEXT_EDGE,
} from './state-machine.ts'

/** The path would match with a slash behind it. */
export const SLASH_REQUIRED: unique symbol = Symbol('slash required')

export type WalkResult = MatchTarget | typeof SLASH_REQUIRED | null

/**
 * The quick walk over a path without percent escapes: indices instead of pieces of text, nothing is
 * allocated before a rule has matched. Each state is visited at most once, because the machine is a tree
 * and a state's depth says which segment it sees; time is bounded by the rules, not by tricks in the path.
 *
 * One walk at a time: nothing that a user wrote runs between `start` and reading `captures`.
 */
export class PathWalk {
  /** Start and end of each parameter of the match. */
  readonly captures: number[] = []
  /** Whether rules were passed over because of their method or kind of connection. */
  blocked = false
  readonly #rejectDots: boolean
  #path = ''
  #end = 0
  #method = ''
  #websocket = false

  constructor(rejectDots: boolean) {
    this.#rejectDots = rejectDots
  }

  /** Walks `path` from index `at`, the place behind its first slash. */
  start(state: State, path: string, at: number, method: string, websocket: boolean): WalkResult {
    this.blocked = false
    this.#path = path
    this.#end = path.length
    this.#method = method
    this.#websocket = websocket
    return this.#walk(state, at, 0)
  }

  #walk(state: State, at: number, captured: number): WalkResult {
    const end = this.#end
    if (at > end) return this.#arrive(state)
    const path = this.#path
    const code = at === end ? 0x2f : path.charCodeAt(at)
    let stop = at
    if (code === 0x2f) {
      if (state.slash !== null) {
        const found = this.#walk(state.slash, at + 1, captured)
        if (found !== null) return found
      }
    } else if (state.crowded) {
      stop = path.indexOf('/', at)
      if (stop === -1) stop = end
      const next = state.statics.get(path.slice(at, stop))
      if (next !== undefined) {
        const found = this.#walk(next, stop + 1, captured)
        if (found !== null) return found
      }
    } else {
      let edge = state.firsts[code] ?? null
      for (; edge !== null; edge = edge.after) {
        const behind = at + edge.text.length
        if ((behind === end || path.charCodeAt(behind) === 0x2f) && path.startsWith(edge.text, at)) {
          const found = this.#walk(edge.next, behind + 1, captured)
          if (found !== null) return found
          break
        }
      }
    }
    if (state.edges.length !== 0) {
      if (stop === at && code !== 0x2f) {
        stop = path.indexOf('/', at)
        if (stop === -1) stop = end
      }
      const found = this.#edges(state.edges, at, stop, captured)
      if (found !== null) return found
    }
    return at === end && state.loose ? this.#looseTarget(state) : null
  }

  #edges(edges: readonly Edge[], at: number, stop: number, captured: number): WalkResult {
    const path = this.#path
    const captures = this.captures
    for (let index = 0; index < edges.length; index++) {
      const edge = edges[index]!
      let next = stop + 1
      if (edge.kind === TEXT_EDGE) {
        if (at === stop) continue
        captures[captured] = at
        captures[captured + 1] = stop
      } else if (edge.kind === INTEGER_EDGE) {
        const first = edge.signed && path.charCodeAt(at) === 0x2d ? at + 1 : at
        if (first === stop || digitsEnd(path, first, stop) !== stop) continue
        if (edge.limited && !isSafeDigits(path, at, stop)) continue
        captures[captured] = at
        captures[captured + 1] = stop
      } else if (edge.kind === PART_EDGE) {
        if (edge.matcher.match(path, at, stop, captures, captured) === NO_MATCH) continue
      } else {
        next = this.#final(edge, at, captured)
        if (next === -1) continue
      }
      const found = this.#walk(edge.next, next, captured + 2 * edge.matcher.parameters)
      if (found !== null) return found
    }
    return null
  }

  /** Matches the rest of the path; the index to go on at, -1 for no match. */
  #final(edge: Edge, at: number, captured: number): number {
    const path = this.#path
    const end = this.#end
    if (this.#rejectDots && hasDotSegment(path, at)) return -1
    if (edge.kind === REST_EDGE) {
      if (at === end || path.charCodeAt(at) === 0x2f || path.indexOf('\n', at + 1) !== -1) return -1
      this.captures[captured] = at
      this.captures[captured + 1] = end
      return end + 1
    }
    const result =
      edge.kind === FINAL_PART_EDGE ? edge.matcher.match(path, at, end, this.captures, captured) : NO_MATCH
    if (result === NO_MATCH) return -1
    return result === SLASH_MATCH ? end : end + 1
  }

  /** All segments are used up: the rules of the state, or those behind a slash. */
  #arrive(state: State): WalkResult {
    const target = this.#pick(state)
    if (target !== null) return target
    if (state.targets.length !== 0) this.blocked = true
    const slash = state.slash
    if (slash === null) return null
    const behind = this.#pick(slash)
    if (behind === null) return null
    return behind.rule.strictSlashes ? SLASH_REQUIRED : behind
  }

  #pick(state: State): MatchTarget | null {
    const table = this.#websocket ? state.websocket : state.http
    return table === null ? null : pickTarget(table, this.#method)
  }

  /** Only a slash is left, and rules of this state do not mind it. */
  #looseTarget(state: State): MatchTarget | null {
    for (const target of state.targets) {
      const { rule } = target
      if (rule.strictSlashes) continue
      if (rule.websocket === this.#websocket && (rule.methods === null || rule.methods.has(this.#method)))
        return target
      this.blocked = true
    }
    return null
  }
}

/** The target for a method. */
export function pickTarget(table: MethodTable, method: string): MatchTarget | null {
  const target = table.byMethod.get(method)
  return target === undefined ? table.other : target
}

/** Whether a segment from `at` on is `.` or `..`. */
export function hasDotSegment(path: string, at: number): boolean {
  for (let dot = at; dot !== -1 && dot < path.length; ) {
    if (path.charCodeAt(dot) === 0x2e && isDotSegment(path, dot)) return true
    const slash = path.indexOf('/.', dot)
    dot = slash === -1 ? -1 : slash + 1
  }
  return false
}

function isDotSegment(path: string, dot: number): boolean {
  const next = path.charCodeAt(dot + 1) === 0x2e ? dot + 2 : dot + 1
  return next === path.length || path.charCodeAt(next) === 0x2f
}
