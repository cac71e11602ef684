import type { MatchTarget } from './match-target.ts'
import { digitsEnd, isSafeDigits, NO_MATCH, SLASH_MATCH } from './part-matcher.ts'
import { type Edge, FINAL_PART_EDGE, INTEGER_EDGE, REST_EDGE, type State } from './state-machine.ts'
import { hasDotSegment, SLASH_REQUIRED } from './walk-path.ts'

/** A match with the decoded texts of its parameters. */
export interface SegmentMatch {
  readonly target: MatchTarget
  readonly texts: readonly string[]
}

/** What a walk over segments looks for, and what it finds out on its way. */
export interface WalkContext {
  readonly method: string
  readonly websocket: boolean
  /** Methods of the rules that were passed over because of their method. */
  readonly allowed: Set<string>
  /** Whether a rule was passed over because of its kind of connection. */
  mismatch: boolean
}

/**
 * The careful walk over decoded segments – the first is the host – for paths with escapes, for hosts, and
 * to find out why nothing matched. It goes the same way as the quick walk.
 */
export function walkSegments(
  state: State,
  segments: readonly string[],
  index: number,
  texts: readonly string[],
  context: WalkContext,
): SegmentMatch | typeof SLASH_REQUIRED | null {
  const segment = segments[index]
  if (segment === undefined) return arrive(state, texts, context)
  const next = state.statics.get(segment)?.next
  if (next !== undefined) {
    const found = walkSegments(next, segments, index + 1, texts, context)
    if (found !== null) return found
  }
  for (const edge of state.edges) {
    const found =
      edge.kind === REST_EDGE || edge.kind === FINAL_PART_EDGE
        ? walkFinal(edge, segments, index, texts, context)
        : walkEdge(edge, segment, segments, index, texts, context)
    if (found !== null) return found
  }
  if (segment === '' && index === segments.length - 1) {
    const target = state.targets.find(
      (candidate) => !candidate.rule.strictSlashes && accepts(candidate, context),
    )
    if (target !== undefined) return { target, texts }
  }
  return null
}

function arrive(
  state: State,
  texts: readonly string[],
  context: WalkContext,
): SegmentMatch | typeof SLASH_REQUIRED | null {
  const target = state.targets.find((candidate) => accepts(candidate, context))
  if (target !== undefined) return { target, texts }
  const behind = state.slash?.targets.find(
    ({ rule }) =>
      rule.websocket === context.websocket && (rule.methods === null || rule.methods.has(context.method)),
  )
  if (behind === undefined) return null
  return behind.rule.strictSlashes ? SLASH_REQUIRED : { target: behind, texts }
}

/** Whether a target answers this kind of request; if not, the reason is noted. */
function accepts(target: MatchTarget, context: WalkContext): boolean {
  const { methods, websocket } = target.rule
  if (methods !== null && !methods.has(context.method)) {
    for (const method of methods) context.allowed.add(method)
    return false
  }
  if (websocket === context.websocket) return true
  context.mismatch = true
  return false
}

function walkEdge(
  edge: Edge,
  segment: string,
  segments: readonly string[],
  index: number,
  texts: readonly string[],
  context: WalkContext,
): SegmentMatch | typeof SLASH_REQUIRED | null {
  if (edge.kind === INTEGER_EDGE) {
    const first = edge.signed && segment.startsWith('-') ? 1 : 0
    const end = segment.length
    if (first === end || digitsEnd(segment, first, end) !== end) return null
    if (edge.limited && !isSafeDigits(segment, 0, end)) return null
  }
  const captures: number[] = []
  if (edge.matcher.match(segment, 0, segment.length, captures, 0) === NO_MATCH) return null
  return walkSegments(edge.next, segments, index + 1, captured(texts, segment, captures, edge), context)
}

function walkFinal(
  edge: Edge,
  segments: readonly string[],
  index: number,
  texts: readonly string[],
  context: WalkContext,
): SegmentMatch | typeof SLASH_REQUIRED | null {
  const rest = segments.slice(index).join('/')
  if (edge.rejectDots && hasDotSegment(rest, 0)) return null
  const captures: number[] = []
  const result = edge.matcher.match(rest, 0, rest.length, captures, 0)
  if (result === NO_MATCH) return null
  const left = result === SLASH_MATCH ? [''] : []
  return walkSegments(edge.next, left, 0, captured(texts, rest, captures, edge), context)
}

function captured(texts: readonly string[], text: string, captures: readonly number[], edge: Edge): string[] {
  const all = [...texts]
  for (let index = 0; index < edge.matcher.parameters; index++) {
    all.push(text.slice(captures[2 * index], captures[2 * index + 1]))
  }
  return all
}
