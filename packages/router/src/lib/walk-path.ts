import type { MatchTarget } from './match-target.ts'
import { digitsEnd, isSafeDigits, NO_MATCH, SLASH_MATCH } from './part-matcher.ts'
import {
  type Edge,
  FINAL_PART_EDGE,
  INTEGER_EDGE,
  REST_EDGE,
  type State,
  type StaticEdge,
  TEXT_EDGE,
} from './state-machine.ts'

/** The path would match with a slash behind it. */
export const SLASH_REQUIRED: unique symbol = Symbol('slash required')

/** The path is to be looked at by the careful walk: slashes in front, or none, or rules passed over. */
export const UNCERTAIN: unique symbol = Symbol('uncertain')

export type WalkResult = MatchTarget | typeof SLASH_REQUIRED | typeof UNCERTAIN | null

const SLASH = 0x2f
const PERCENT = 0x25

// The walk under way. One at a time: nothing that a user wrote runs before the captures have been read.
let method = ''
let websocket = false
/** Whether rules were passed over because of their method or kind of connection, or two slashes were met. */
let uncertain = false
/** How far the path has been looked at. Escapes and doubled slashes behind it would change nothing. */
let reach = 0

/** Start and end of each parameter of the last match. */
export const captures: number[] = []

/**
 * The quick walk over a path as sent: indices instead of pieces of text, nothing is allocated before a rule
 * has matched. Where an escape may have changed its way, its result is uncertain.
 *
 * Each state is visited at most once, because the machine is a tree and a state's depth says which segment it sees;
 * time is bounded by the rules and the length of the path, whatever is in it.
 */
export function walkPath(state: State, path: string, sentMethod: string, isWebsocket: boolean): WalkResult {
  method = sentMethod
  websocket = isWebsocket
  uncertain = false
  reach = 1
  const found = walk(state, path, 1, path.length, 0)
  if (found === null) {
    if (uncertain) return UNCERTAIN
    if (reach === 1) return null
  } else reach = path.length
  const percent = path.indexOf('%')
  return percent !== -1 && percent < reach ? UNCERTAIN : found
}

/** Whether two slashes follow each other. From slash to slash: searching for `//` takes longer. */
function hasDoubledSlash(path: string, at: number): boolean {
  for (let slash = path.indexOf('/', at); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (path.charCodeAt(slash + 1) === SLASH) return true
  }
  return false
}

/** Goes on in a loop where there is only one way, and calls itself where it may have to come back. */
function walk(state: State, path: string, at: number, end: number, captured: number): WalkResult {
  while (at <= end) {
    if (state.lone !== null) {
      const stop = segmentEnd(path, at, end)
      if (stop === at) return walkEmpty(state, path, at, end, captured)
      captures[captured] = at
      captures[captured + 1] = stop
      captured += 2
      state = state.lone
      at = stop + 1
      continue
    }
    const code = at === end ? SLASH : path.charCodeAt(at)
    if (code === SLASH) return walkEmpty(state, path, at, end, captured)
    const { edges } = state
    const first = state.firsts[code & 31]!
    let stop = -1
    let fixed: StaticEdge | null = null
    if (first !== null) {
      if (state.crowd === null) fixed = findStatic(first, path, at, end)
      else {
        // From `at` on it would be the same search as below, which V8 then makes for every segment, needed or not.
        stop = segmentEnd(path, at + 1, end)
        fixed = state.crowd.find(path, at, stop)
      }
    }
    if (fixed !== null) {
      const behind = at + fixed.text.length + 1
      if (edges.length === 0) {
        state = fixed.next
        at = behind
        continue
      }
      const found = walk(fixed.next, path, behind, end, captured)
      if (found !== null) return found
    }
    const last = edges.length - 1
    if (last === -1 && first === null && code !== PERCENT) return fail(at)
    if (stop === -1) stop = segmentEnd(path, at, end)
    if (last === -1) return fail(stop)
    for (let index = 0; index < last; index++) {
      const edge = edges[index]!
      const next = walkEdge(edge, path, at, stop, end, captured)
      const found = next === -1 ? null : walk(edge.next, path, next, end, captured + edge.slots)
      if (found !== null) return found
    }
    const edge = edges[last]!
    const next = walkEdge(edge, path, at, stop, end, captured)
    if (next === -1) return fail(stop)
    captured += edge.slots
    state = edge.next
    at = next
  }
  return arrive(state, end)
}

/** At an empty segment: a slash at the end of the path, or two slashes. */
function walkEmpty(state: State, path: string, at: number, end: number, captured: number): WalkResult {
  if (at !== end) {
    uncertain = true
    if (at === 1) return UNCERTAIN
  }
  if (state.slash !== null) {
    const found = walk(state.slash, path, at + 1, end, captured)
    if (found !== null) return found
  }
  for (const edge of state.edges) {
    const next = walkEdge(edge, path, at, at, end, captured)
    const found = next === -1 ? null : walk(edge.next, path, next, end, captured + edge.slots)
    if (found !== null) return found
  }
  return at === end && state.loose ? looseTarget(state) : fail(end)
}

/** The edge for the fixed text at `at`. Comparing a slice is cheaper than `startsWith`, and than a loop. */
function findStatic(first: StaticEdge, path: string, at: number, end: number): StaticEdge | null {
  for (let edge: StaticEdge | null = first; edge !== null; edge = edge.after) {
    const behind = at + edge.text.length
    if (behind > end || (behind !== end && path.charCodeAt(behind) !== SLASH)) continue
    if (path.slice(at, behind) === edge.text) return edge
  }
  return null
}

/** Nothing matches this way, and only the path up to `place` has been looked at. */
function fail(place: number): null {
  if (place > reach) reach = place
  return null
}

function segmentEnd(path: string, at: number, end: number): number {
  const slash = path.indexOf('/', at)
  return slash === -1 ? end : slash
}

/** Tries an edge; the index to go on at, -1 for no match. */
function walkEdge(edge: Edge, path: string, at: number, stop: number, end: number, captured: number): number {
  switch (edge.kind) {
    case TEXT_EDGE:
      if (at === stop) return -1
      captures[captured] = at
      captures[captured + 1] = stop
      return stop + 1
    case INTEGER_EDGE: {
      const first = edge.signed && path.charCodeAt(at) === 0x2d ? at + 1 : at
      if (first === stop || digitsEnd(path, first, stop) !== stop) return -1
      if (edge.limited && !isSafeDigits(path, at, stop)) return -1
      captures[captured] = at
      captures[captured + 1] = stop
      return stop + 1
    }
    case REST_EDGE:
      if (
        at === end ||
        path.charCodeAt(at) === SLASH ||
        path.indexOf('\n', at + 1) !== -1 ||
        (edge.rejectDots && hasDotSegment(path, at))
      ) {
        fail(end)
        return -1
      }
      captures[captured] = at
      captures[captured + 1] = end
      return end + 1
    case FINAL_PART_EDGE: {
      const result =
        edge.rejectDots && hasDotSegment(path, at)
          ? NO_MATCH
          : edge.matcher.match(path, at, end, captures, captured)
      if (result === NO_MATCH) {
        fail(end)
        // The slashes may be what its fixed text has one of.
        if (hasDoubledSlash(path, at)) uncertain = true
        return -1
      }
      return result === SLASH_MATCH ? end : end + 1
    }
    default:
      return edge.matcher.match(path, at, stop, captures, captured) === NO_MATCH ? -1 : stop + 1
  }
}

/** All segments are used up: the rules of the state, or those behind a slash. */
function arrive(state: State, end: number): WalkResult {
  const target = pickTarget(state, method, websocket)
  if (target !== null) return target
  if (state.targets.length !== 0) uncertain = true
  const behind = state.slash && pickTarget(state.slash, method, websocket)
  if (behind === null) return fail(end)
  return behind.rule.strictSlashes ? SLASH_REQUIRED : behind
}

/** Only a slash is left, and rules of this state do not mind it. */
function looseTarget(state: State): MatchTarget | null {
  for (const target of state.targets) {
    const { rule } = target
    if (rule.strictSlashes) continue
    if (rule.websocket === websocket && (rule.methods === null || rule.methods.has(method))) return target
    uncertain = true
  }
  return null
}

/** The target of a state for a method. There are few methods: a loop is quicker than a map. */
export function pickTarget(state: State, method: string, websocket: boolean): MatchTarget | null {
  const table = websocket ? state.websocket : state.http
  if (table === null) return null
  const { methods, targets, other } = table
  for (let index = 0; index < methods.length; index++) {
    if (methods[index] === method) return targets[index]!
  }
  return other
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
